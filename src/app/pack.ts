// A folder as one tar file (POSIX ustar), streamed: what it holds is compressed already.
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'

const BLOCK = 512

/** Names within the folder, under the folder's own name. A file that changes its length meanwhile breaks the stream: a copy never does. */
export async function* packed(folder: string, name: string): AsyncGenerator<Uint8Array> {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const { size, mtime } = statSync(join(folder, file))
    if (!statSync(join(folder, file)).isFile()) continue
    yield header(`${name}/${file.split(sep).join('/')}`, size, mtime)
    let sent = 0
    for await (const part of createReadStream(join(folder, file), { highWaterMark: 256 * 1024 })) {
      sent += (part as Buffer).length
      yield part as Buffer
    }
    if (sent !== size) throw new Error(`${file} changed while it was read`)
    if (size % BLOCK > 0) yield Buffer.alloc(BLOCK - (size % BLOCK))
  }
  yield Buffer.alloc(2 * BLOCK)
}

function header(path: string, size: number, mtime: Date): Buffer {
  const block = Buffer.alloc(BLOCK)
  // 100 bytes of name, 155 of what stands before it.
  const cut = Buffer.byteLength(path) <= 100 ? -1 : path.indexOf('/', path.length - 101)
  block.write(path.slice(cut + 1), 0, 100)
  block.write('0000600\0', 100)
  block.write('0000000\0', 108)
  block.write('0000000\0', 116)
  if (size < 8 ** 11) block.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  else { block[124] = 0x80; block.writeBigUInt64BE(BigInt(size), 128) }
  block.write(`${Math.floor(mtime.getTime() / 1000).toString(8).padStart(11, '0')}\0`, 136)
  block.write('        0', 148)
  block.write('ustar\u000000', 257)
  if (cut >= 0) block.write(path.slice(0, cut), 345, 155)
  block.write(`${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

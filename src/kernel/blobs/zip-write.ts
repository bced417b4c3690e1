// A zip as it is made, file after file: one file at a time is in memory. Nothing is packed unless it says so: most of what goes in (PDF, DOCX) is packed already.
import { crc32, deflateRawSync } from 'node:zlib'

/** `pack`: text, which deflates to a tenth. */
export type ZipFile = { name: string; bytes: Uint8Array; at: Date; pack?: boolean }

/** Without Zip64: below 4 GB and 65,535 files. */
export async function* zipped(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const list: Buffer[] = []
  let offset = 0
  for await (const { name, bytes, at, pack = false } of files) {
    const packed = pack ? deflateRawSync(bytes) : bytes
    const utf8 = Buffer.from(name, 'utf8')
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0) // version needed
    common.writeUInt16LE(0x0800, 2) // names are UTF-8
    common.writeUInt16LE(pack ? 8 : 0, 4)
    common.writeUInt16LE((at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1), 6)
    common.writeUInt16LE((Math.max(0, at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(), 8)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(utf8.length, 22)
    yield Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, utf8])
    yield packed
    const entry = Buffer.alloc(46)
    entry.write('PK\x01\x02', 0, 'latin1')
    entry.writeUInt16LE(20, 4)
    common.copy(entry, 6)
    entry.writeUInt32LE(offset, 42)
    list.push(Buffer.concat([entry, utf8]))
    offset += 30 + utf8.length + packed.length
  }
  const size = list.reduce((sum, one) => sum + one.length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(list.length, 8)
  end.writeUInt16LE(list.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  yield* list
  yield end
}

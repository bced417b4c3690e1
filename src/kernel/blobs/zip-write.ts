// A zip as it is made, file after file: one file at a time is in memory, of one that comes in parts a part. Nothing is packed unless it says so: most of what goes in (PDF, DOCX) is packed already.
import { Readable, pipeline } from 'node:stream'
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib'

/** `pack`: text, which deflates to a tenth. `parts`: text that is longer than should be held, packed as it comes. */
export type ZipFile = { name: string; at: Date } & ({ bytes: Uint8Array; pack?: boolean } | { parts: AsyncIterable<string> })

/** Without Zip64: below 4 GB and 65,535 files. */
export async function* zipped(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const list: Buffer[] = []
  let offset = 0
  for await (const file of files) {
    const { name, at } = file
    const whole = 'bytes' in file ? { bytes: file.bytes, packed: file.pack ? deflateRawSync(file.bytes) : file.bytes } : undefined
    const pack = 'parts' in file || file.pack === true
    const utf8 = Buffer.from(name, 'utf8')
    const from = offset
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0) // version needed
    common.writeUInt16LE(whole ? 0x0800 : 0x0808, 2) // names are UTF-8; what comes in parts tells its size after it
    common.writeUInt16LE(pack ? 8 : 0, 4)
    common.writeUInt16LE((at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1), 6)
    common.writeUInt16LE((Math.max(0, at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(), 8)
    const sizes = (crc: number, packed: number, unpacked: number) => { common.writeUInt32LE(crc, 10); common.writeUInt32LE(packed, 14); common.writeUInt32LE(unpacked, 18) }
    if (whole) sizes(crc32(whole.bytes), whole.packed.length, whole.bytes.length)
    common.writeUInt16LE(utf8.length, 22)
    yield Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, utf8])
    offset += 30 + utf8.length
    if (whole) { yield whole.packed; offset += whole.packed.length }
    if ('parts' in file) {
      let [crc, unpacked, packed] = [0, 0, 0]
      const deflate = createDeflateRaw()
      // What fails in the source ends the reading below with that error.
      pipeline(Readable.from((async function* () { for await (const part of file.parts) { const bytes = Buffer.from(part, 'utf8'); crc = crc32(bytes, crc); unpacked += bytes.length; yield bytes } })()), deflate, () => {})
      for await (const part of deflate as AsyncIterable<Buffer>) { packed += part.length; yield part }
      sizes(crc, packed, unpacked)
      yield Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), common.subarray(10, 22)])
      offset += packed + 16
    }
    const entry = Buffer.alloc(46)
    entry.write('PK\x01\x02', 0, 'latin1')
    entry.writeUInt16LE(20, 4)
    common.copy(entry, 6)
    entry.writeUInt32LE(from, 42)
    list.push(Buffer.concat([entry, utf8]))
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

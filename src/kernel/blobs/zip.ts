// The list of contents at the end of a zip file, and single files out of it.
import { inflateRawSync } from 'node:zlib'

/** `at`: where the file's own head begins. `method`: 0 as it is, 8 deflated. */
export type ZipEntry = { name: string; unpacked: number; packed: number; method: number; at: number }

/** Undefined where the list is not whole inside `tail`, or lies. Zip64 is not taken: no office file needs it. */
export function zipEntries(tail: Buffer, size: number): ZipEntry[] | undefined {
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > tail.length) return undefined
  const count = tail.readUInt16LE(end + 10)
  const from = tail.readUInt32LE(end + 16) - (size - tail.length)
  if (count === 0xffff || from < 0 || from > end) return undefined
  const entries: ZipEntry[] = []
  for (let at = from; entries.length < count;) {
    if (at + 46 > end || tail.readUInt32LE(at) !== 0x02014b50) return undefined
    const nameLength = tail.readUInt16LE(at + 28)
    entries.push({ name: tail.toString('utf8', at + 46, at + 46 + nameLength), unpacked: tail.readUInt32LE(at + 24), packed: tail.readUInt32LE(at + 20), method: tail.readUInt16LE(at + 10), at: tail.readUInt32LE(at + 42) })
    at += 46 + nameLength + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32)
  }
  return entries
}

/** One file of a zip that is whole in memory; never more than it said. Undefined where it lies. */
export function unzipped(whole: Buffer, { at, packed, unpacked, method, name }: ZipEntry): Buffer | undefined {
  if (at + 30 > whole.length || whole.readUInt32LE(at) !== 0x04034b50) return undefined
  const nameLength = whole.readUInt16LE(at + 26)
  const from = at + 30 + nameLength + whole.readUInt16LE(at + 28)
  if (from + packed > whole.length || whole.toString('utf8', at + 30, at + 30 + nameLength) !== name) return undefined
  const bytes = whole.subarray(from, from + packed)
  if (method === 0) return packed === unpacked ? bytes : undefined
  if (method !== 8) return undefined
  try {
    const out = inflateRawSync(bytes, { maxOutputLength: unpacked + 1 })
    return out.length === unpacked ? out : undefined
  } catch {
    return undefined
  }
}

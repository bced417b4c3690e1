// The list of contents at the end of a zip file, without unpacking anything.
export type ZipEntry = { name: string; unpacked: number }

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
    entries.push({ name: tail.toString('utf8', at + 46, at + 46 + nameLength), unpacked: tail.readUInt32LE(at + 24) })
    at += 46 + nameLength + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32)
  }
  return entries
}

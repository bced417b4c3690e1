import { hash, randomUUID } from 'node:crypto'

const text = (b: Buffer): string => {
  const h = b.toString('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`
}

const stamp = (b: Buffer, at: Date, version: number): string => {
  b.writeUIntBE(at.getTime(), 0, 6)
  b[6] = (b[6]! & 0x0f) | (version << 4)
  b[8] = (b[8]! & 0x3f) | 0x80
  return text(b)
}

/** As the program writes ids: in small letters. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** A new id in time order (RFC 9562, version 7). The random part is that of a version 4, which Node draws in bulk. */
export function uuidv7(at: Date = new Date()): string {
  const time = at.getTime().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

/** The id of a derived row: the same parts give the same id, so a rebuild gives the same rows (RFC 9562, version 8: 48 bits of time, the rest from SHA-256). */
export const derivedId = (at: Date, ...parts: (string | number)[]): string =>
  stamp(hash('sha256', JSON.stringify(parts), 'buffer').subarray(0, 16), at, 8)

// The list of leaked passwords, as hashes: tools/blocked-passwords.mjs says what it holds and how it is made.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { digest } from './secrets.ts'

let list: Buffer | undefined

/** `text` in small letters. */
export function isBlocked(text: string): boolean {
  list ??= readFileSync(join(import.meta.dirname, 'blocked-passwords.bin'))
  const wanted = digest(text.normalize('NFC')).readUInt32BE(0)
  for (let low = 0, high = list.length / 4 - 1; low <= high;) {
    const middle = (low + high) >> 1
    const here = list.readUInt32BE(middle * 4)
    if (here === wanted) return true
    if (here < wanted) low = middle + 1
    else high = middle - 1
  }
  return false
}

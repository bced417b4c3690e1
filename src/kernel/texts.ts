// What people write about people: kept beside the journal, erasable; the fact holds an id and a salted hash, which proves the words as long as they are kept.
import { createHash, randomBytes } from 'node:crypto'
import { uuidv7 } from './ids.ts'
import type { PrivateText } from './order.ts'

export type TextRef = { id: string; hash: string }

/** `ref` goes into the fact, `private` beside it. Without an id the text gets a new one. */
export function apart(text: string, keep: Pick<PrivateText, 'subject' | 'purpose' | 'retention' | 'until'> & { id?: string }, at: Date): { ref: TextRef; private: PrivateText } {
  const [id, salt] = [keep.id ?? uuidv7(at), randomBytes(16)]
  return { ref: { id, hash: createHash('sha256').update(salt).update(text).digest('hex') }, private: { ...keep, id, text, salt } }
}

export function yearsLater(at: Date, years: number): Date {
  const then = new Date(at)
  then.setUTCFullYear(then.getUTCFullYear() + years)
  return then
}

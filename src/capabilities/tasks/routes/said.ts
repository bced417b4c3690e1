// Words that people write about work: kept beside the journal, erasable; the fact holds an id and a salted hash.
import { createHash, randomBytes } from 'node:crypto'
import { uuidv7 } from '../../../kernel/ids.ts'
import type { PrivateText } from '../../../kernel/order.ts'
import type { TextRef } from '../contract/facts.ts'

/** As long as the record of a programme is of use: then erased. */
const KEPT_YEARS = 5

export function said(text: string, subject: string, purpose: string, at: Date): { ref: TextRef; private: PrivateText } {
  const id = uuidv7(at)
  const salt = randomBytes(16)
  const until = new Date(at)
  until.setUTCFullYear(until.getUTCFullYear() + KEPT_YEARS)
  return { ref: { id, hash: createHash('sha256').update(salt).update(text).digest('hex') }, private: { id, subject, purpose, retention: 'task', until, text, salt } }
}
export const maybeSaid = (text: string | undefined, subject: string, purpose: string, at: Date) => (text === undefined ? undefined : said(text, subject, purpose, at))

// Lines about graded records, for those named for them alone.
import { withheld } from '../../../kernel/access.ts'
import type { Actor, Right } from '../../../kernel/access.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Line } from '../../../kernel/journal.ts'
import { idOf, kindOf } from '../decide.ts'
import { isUuid } from '../../../kernel/ids.ts'

/** Custody's own lines say nothing of what a record says: they are its keeper's. */
const OPEN = 'custody'

/** Of these subjects those that may be known. */
export async function known(read: Reader, actor: Actor, right: Right, subjects: string[]): Promise<string[]> {
  const asked = subjects.filter((subject) => kindOf(subject) !== OPEN && isUuid(idOf(subject)))
  const kept = await withheld(read, actor, right, [...new Set(asked.map(idOf))])
  return kept.size === 0 ? subjects : subjects.filter((subject) => kindOf(subject) === OPEN || !kept.has(idOf(subject)))
}
export async function knownLines(read: Reader, actor: Actor, right: Right, lines: Line[]): Promise<Line[]> {
  const open = new Set(await known(read, actor, right, [...new Set(lines.flatMap(({ subject, stream }) => [subject, stream]))]))
  return lines.filter(({ subject, stream }) => open.has(subject) && open.has(stream))
}

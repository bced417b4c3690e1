// A cursor names the last row of a page by the text that it is sorted by and its id; where the next page begins is part of the query.
import { Refusal } from './order.ts'

export type After = { key: string; id: string }
/** An instant as the database writes it (`::text`, in UTC). */
export const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+\d\d$/

/** Undefined: there is none, or it is not one of ours, and the list begins at its beginning. `key`: what a cursor of this list can hold; never a `~`. */
export function readCursor(cursor: string | undefined, key: RegExp = TIME): After | undefined {
  const found = cursor === undefined ? null : /^([^~]{0,400})~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(Buffer.from(cursor, 'base64url').toString())
  return found && key.test(found[1]!) ? { key: found[1]!, id: found[2]! } : undefined
}
/** The same, where a cursor that is not one of ours is refused. */
export function ownCursor(cursor: string | undefined, key: RegExp = TIME): After | undefined {
  const after = readCursor(cursor, key)
  if (cursor !== undefined && !after) throw new Refusal('INVALID')
  return after
}

/** `found`: one row more than the page holds, where there are more. */
export function paged<R extends { id: string }>(found: R[], limit: number, key: (row: R) => string): { items: R[]; next: string | null } {
  const last = found.length > limit ? found[limit - 1] : undefined
  return { items: found.slice(0, limit), next: last ? Buffer.from(`${key(last)}~${last.id}`).toString('base64url') : null }
}

// Rules of bodies: one chair, nobody twice, no ring of bodies above one another, no name without an end.
import type { BodyChanged, BodyEnded, BodyFields, BodyFormed, BodyRefused } from './contract.ts'

export type BodyRow = { id: string; unitId: string; name: string; version: number; endedOn: string | null; fields: BodyFields }
/** What the tree and the list of people say of the members: those that are not there, by their place. `parents`: the chain above the parent that is asked for, itself first; undefined: there is none. `lastDay`: until when at the most a name without an account may be kept. */
export type Known = { lastDay: string; missing: ReadonlySet<number>; parents: readonly string[] | undefined }
type Refused = { refused: BodyRefused; data?: Record<string, unknown> }

function wrong(fields: BodyFields, known: Known, own: string | undefined): Refused | undefined {
  const named = fields.members.filter((m) => m.seat).length
  const chairs = fields.members.filter((m) => m.role === 'chair').length
  if (chairs !== 1) return { refused: 'ONE_CHAIR', data: { found: chairs } }
  for (const [i, m] of fields.members.entries()) {
    if (m.seat && m.personId) return { refused: 'MEMBER_NAMED', data: { n: i + 1 } }
    if (known.missing.has(i)) return { refused: 'MEMBER_UNKNOWN', data: { n: i + 1 } }
    if (fields.members.findIndex((o) => o.unitId === m.unitId && o.personId === m.personId && o.seat?.id === m.seat?.id) !== i) return { refused: 'MEMBER_TWICE', data: { n: i + 1 } }
  }
  if (fields.from && fields.until && fields.until < fields.from) return { refused: 'DAYS_ORDER' }
  if (named > 0 && (!fields.until || fields.until > known.lastDay)) return { refused: 'NAMES_END', data: { n: named, most: known.lastDay } }
  if (fields.parentId && (!known.parents || (own !== undefined && known.parents.includes(own)))) return { refused: 'BODY_PARENT' }
  return undefined
}

export function formBody(mayAt: boolean, bodyId: string, unitId: string, fields: BodyFields, known: Known): { facts: [BodyFormed]; answer: { bodyId: string; version: number } } | Refused {
  if (!mayAt) return { refused: 'NOT_FOUND' }
  return wrong(fields, known, undefined) ?? { facts: [{ type: 'body.formed.v1', bodyId, unitId, ...fields }], answer: { bodyId, version: 1 } }
}

export function changeBody(body: BodyRow | undefined, expectedVersion: number, fields: BodyFields, known: Known): { facts: [BodyChanged]; answer: { bodyId: string; version: number } } | Refused {
  if (!body) return { refused: 'NOT_FOUND' }
  if (body.endedOn) return { refused: 'BODY_ENDED', data: { name: body.name } }
  const changed = (Object.keys(fields) as (keyof BodyFields)[]).filter((key) => JSON.stringify(fields[key]) !== JSON.stringify(body.fields[key]))
  if (body.version !== expectedVersion) return { refused: 'CHANGED', data: { version: body.version, changed } }
  if (changed.length === 0) return { refused: 'NOTHING_CHANGED' }
  return wrong(fields, known, body.id) ?? { facts: [{ type: 'body.changed.v1', bodyId: body.id, unitId: body.unitId, ...fields }], answer: { bodyId: body.id, version: body.version + 1 } }
}

export function endBody(body: BodyRow | undefined, on: string): { facts: [BodyEnded]; answer: { bodyId: string; version: number } } | Refused {
  if (!body) return { refused: 'NOT_FOUND' }
  if (body.endedOn) return { refused: 'BODY_ENDED', data: { name: body.name } }
  return { facts: [{ type: 'body.ended.v1', bodyId: body.id, on }], answer: { bodyId: body.id, version: body.version + 1 } }
}

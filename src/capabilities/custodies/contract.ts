// Custody of what is graded: who may know it, who holds which copy, who read and printed it. The browser imports this file.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { Day, Instant, cursor, errors, order, page } from '../../kernel/contract.ts'
import type { Meta } from '../../kernel/contract.ts'
import { GRADES } from '../../pure/grades.ts'
import { RECORD_KINDS } from './contract/facts.ts'
import { custodyRefusals } from './contract/refusals.ts'

export { custodiesStories } from './contract/facts.ts'
export type { RecordKind } from './contract/facts.ts'
export { custodyRefusals } from './contract/refusals.ts'

/** keep: name readers, number copies, see who read, without seeing what it says · print: order a print, by who is named · grade: set, lower, lift. */
export const custodyRights = ['custody.keep', 'custody.print', 'custody.grade'] as const

const Named = z.object({ id: z.uuid(), name: z.string() })
const Person = z.object({ id: z.uuid(), name: z.string().nullable() })
const Grade = z.enum(GRADES)
const words = (most: number) => z.string().trim().min(1).max(most)
const about = { ...order, recordId: z.uuid() }
/** Exactly one of the two: an account, or the office of a unit. */
const holder = { personId: z.uuid().optional(), unitId: z.uuid().optional() }
const N = z.coerce.number().int().min(1).max(9999)

export const CustodyLine = z.object({
  recordId: z.uuid(), kind: z.enum(RECORD_KINDS), grade: Grade, unit: Named, /** Null: the asker is not named for it. A paper is called by its number. */ name: z.string().nullable(), /** False: its number alone. */ here: z.boolean(),
  readers: z.int(), copies: z.int(), out: z.int(), prints: z.int(), readAt: Instant.nullable(),
})
export type CustodyLine = z.infer<typeof CustodyLine>
const Holder = z.object({ person: Person.nullable(), unit: Named.nullable() })
export const Custody = CustodyLine.extend({
  version: z.int(), basis: z.string().nullable(), reason: z.string().nullable(), gradedAt: Instant, gradedBy: Person,
  named: z.array(Holder.extend({ id: z.uuid(), from: Instant, until: Instant, way: z.enum(['author', 'recipient', 'order']), why: z.string().nullable(), by: Person, ended: z.boolean() })),
  numbered: z.array(Holder.extend({ n: z.int(), givenAt: Instant, returnedAt: Instant.nullable(), destroyedAt: Instant.nullable(), destroyedBy: Person.nullable(), paper: z.string().nullable() })),
  printed: z.array(z.object({ n: z.int(), copies: z.int(), by: Person, why: z.string().nullable(), at: Instant })),
  mayGrade: z.boolean(), asOf: Instant,
})
export type Custody = z.infer<typeof Custody>
export const Reading = z.object({ at: Instant, by: Person, subject: z.string(), how: z.enum(['read', 'file', 'print']) })

export const SetGrade = z.object({ ...about, kind: z.enum(RECORD_KINDS), expectedVersion: z.int().min(0).describe('0: it was never graded'), grade: Grade, reason: words(2000), basis: words(120).optional().describe('number of the paper that it rests on; needed to lower or lift it') })
export const NameReader = z.object({ ...about, ...holder, from: Day.optional(), until: Day, why: words(500) })

const base = oc.errors(errors(custodyRefusals))
type Right = (typeof custodyRights)[number]
const read = (path: `/${string}`, summary: string, on?: string) => base.meta({ right: 'custody.keep', ...(on ? { on } : {}) } satisfies Meta).route({ method: 'GET', path, tags: ['custodies'], summary })
const write = (path: `/${string}`, summary: string, right: Right = 'custody.keep', on = 'custody') => base.meta({ right, on } satisfies Meta).route({ method: 'POST', path, tags: ['custodies'], summary })
const Done = z.object({ recordId: z.uuid() })

export const custodiesContract = {
  ceiling: base.meta({ right: 'self' } satisfies Meta).route({ method: 'GET', path: '/custodies/ceiling', tags: ['custodies'], summary: 'The highest grade whose content may lie on this server' }).input(z.object({}).optional()).output(z.object({ ceiling: Grade })),
  list: read('/custodies', 'Graded records of the units that I keep them for, the last graded first').input(z.object({ ...cursor, kind: z.enum(RECORD_KINDS).optional() })).output(page(CustodyLine)),
  get: read('/custodies/{recordId}', 'Who may know a graded record, who holds its copies, its prints', 'custody').input(z.object({ recordId: z.uuid() })).output(Custody),
  reads: read('/custodies/{recordId}/reads', 'Who read it, the latest first', 'custody').input(z.object({ ...cursor, recordId: z.uuid() })).output(page(Reading)),
  grade: write('/custodies/{recordId}/grade', 'Set, lower or lift a grade, with the reason', 'custody.grade').input(SetGrade).output(Done.extend({ version: z.int() })),
  name: write('/custodies/{recordId}/readers', 'Name an account or the office of a unit, until when and what for').input(NameReader).output(Done.extend({ readerId: z.uuid() })),
  unname: write('/custodies/{recordId}/readers/{readerId}/end', 'End it before its time').input(z.object({ ...about, readerId: z.uuid() })).output(Done),
  give: write('/custodies/{recordId}/copies', 'Give the next numbered copy').input(z.object({ ...about, ...holder })).output(Done.extend({ n: z.int() })),
  takeBack: write('/custodies/{recordId}/copies/{n}/return', 'A copy came back').input(z.object({ ...about, n: N })).output(Done),
  destroy: write('/custodies/{recordId}/copies/{n}/destroy', 'A copy was destroyed, by which record').input(z.object({ ...about, n: N, paper: words(120) })).output(Done),
  print: write('/custodies/{recordId}/prints', 'Order a print: counted, with what it is for', 'custody.print').input(z.object({ ...about, copies: z.int().min(1).max(100), why: words(500) })).output(Done.extend({ printId: z.uuid(), n: z.int() })),
}

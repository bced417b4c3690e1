// Orders and questions of custody; and what papers, plans and reports need of it, handed to them by wiring.
import { implement } from '@orpc/server'
import type { Reader } from '../../kernel/db.ts'
import { derivedId } from '../../kernel/ids.ts'
import { Refusal } from '../../kernel/order.ts'
import type { Decision } from '../../kernel/order.ts'
import { ownCursor, paged } from '../../kernel/paging.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { apart, yearsLater } from '../../kernel/texts.ts'
import { dayIn, endOfDay, instantOf } from '../../pure/calendar.ts'
import { above } from '../../pure/grades.ts'
import type { Grade } from '../../pure/grades.ts'
import { custodiesContract } from './contract.ts'
import type { RecordKind } from './contract.ts'
import type { CustodyFact } from './contract/facts.ts'
import type { CustodyNeeds } from './contract/needs.ts'
import { destroyCopy, endReader, giveCopy, gradeNew, markOf, nameReader, orderPrint, setGrade, takeBack, unfitFiles } from './decide.ts'
import type { CustodyRow, Refused } from './decide.ts'
import { accessCustody, accountName, ceilingNow, copyRow, forgetReadings, gradeOf, isHolder, isNamed, isOpen, listCustodies, listReads, logReading, printOf, recordOf, showCustody } from './store/read.ts'

export type CustodiesNeeds = {
  zone: string
  /** What records are called, of those that the asker may read; a paper's number is no secret to who keeps its register. */
  called: (c: Context, kind: RecordKind, ids: string[]) => Promise<Map<string, string>>
}

const streamOf = (recordId: string): string => `custody:${recordId}`
const KEPT_YEARS = 10
const READINGS_YEARS = 5
const kept = (text: string, recordId: string, purpose: string, at: Date) => apart(text, { subject: `custody:${recordId}`, purpose, retention: 'custody', until: yearsLater(at, KEPT_YEARS) }, at)
const one = (input: { personId?: string | undefined; unitId?: string | undefined }) => ({ personId: input.personId ?? null, unitId: input.unitId ?? null })

/** What a new record with a grade takes besides: its order carries these. */
const grading: CustodyNeeds['grading'] = (c, kind, recordId, grade, units = []) => {
  if (grade === 'none') return { streams: [], decide: async () => ({ facts: [] }) }
  const on = streamOf(recordId)
  return { streams: [on], decide: async (read) => {
    const made = gradeNew(recordId, kind, grade, await ceilingNow(read), { personId: c.actor.kind === 'person' ? c.actor.id : null, units }, (of) => derivedId(new Date(0), recordId, of), c.at)
    return 'refused' in made ? made : { facts: made.facts.map((fact) => ({ on, about: on, fact })) }
  } }
}
const unfit: CustodyNeeds['unfit'] = async (read, recordId, files, grade, own) => unfitFiles(own ?? await gradeOf(read, recordId), files, grade)

/** Written down before what is graded leaves; nothing where it is not graded. Answers what stands across its pages. */
async function reading({ read, side, actor, at, lang }: Pick<Context, 'read' | 'side' | 'actor' | 'at' | 'lang'>, zone: string, subject: string, how: 'read' | 'file' | 'print', besides?: string): Promise<string | undefined> {
  const [kind, id = ''] = subject.split(':')
  const grade = await gradeOf(read, id)
  if (grade === 'none') return undefined
  const recordId = kind === 'report' ? await recordOf(read, id) ?? id : id
  if (actor.kind === 'person') await logReading(side, recordId, besides ?? subject, actor.id, how, at, yearsLater(at, READINGS_YEARS))
  return marked({ read, actor, at, lang }, zone, grade)
}
async function marked({ read, actor, at, lang }: Pick<Context, 'read' | 'actor' | 'at' | 'lang'>, zone: string, grade: Grade): Promise<string> {
  const name = (actor.kind === 'person' ? await accountName(read, actor.id) : null) ?? actor.id
  return markOf(grade, name, new Intl.DateTimeFormat(lang === 'vi' ? 'vi-VN' : 'en-GB', { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at), lang)
}
async function drafting(c: Context, zone: string, grade: Grade): Promise<string | undefined> {
  if (above(grade, await ceilingNow(c.read))) throw new Refusal('GRADE_ABOVE')
  return grade === 'none' ? undefined : marked(c, zone, grade)
}

const PRINT_MS = 3_600_000
/** What is graded is downloaded for printing by an order of one's own. Answers what stands across its pages. */
async function printing(c: Pick<Context, 'read' | 'side' | 'actor' | 'at' | 'lang'>, zone: string, subject: string, printId: string | undefined): Promise<string | undefined> {
  const recordId = subject.split(':')[1]!
  if (await gradeOf(c.read, recordId) === 'none') return undefined
  if (c.actor.kind === 'person' && !(printId && await printOf(c.read, recordId, printId, c.actor.id, new Date(c.at.getTime() - PRINT_MS)))) throw new Refusal('PRINT_NEEDED')
  return reading(c, zone, subject, 'print')
}

/** For wiring, which hands it to papers, plans and reports. */
export const custody = (zone: string): CustodyNeeds => ({ grading, unfit, reading: (c, subject, how, besides) => reading(c, zone, subject, how, besides), drafting: (c, grade) => drafting(c, zone, grade), printing: (c, subject, printId) => printing(c, zone, subject, printId) })

export const custodiesWorks = (side: Context['side']) => ({ 'custodies.forget': async (_: unknown, { at }: { at: Date }) => { await forgetReadings(side, at) } })

type Right = 'custody.keep' | 'custody.print' | 'custody.grade'
export function custodiesRoutes({ zone, called }: CustodiesNeeds) {
  const api = implement(custodiesContract).$context<Context>().use(refusals)
  const missing = (): never => { throw new Refusal('NOT_FOUND') }
  type Told = { orderId: string; recordId: string; told?: never }
  /** One order about a graded record, on its own stream. */
  function order<A>(c: Context, kind: string, right: Right, input: { orderId: string; recordId: string; told?: unknown }, decide: (row: CustodyRow | undefined, read: Reader) => Promise<Decision<CustodyFact, string, A> | Refused>, of?: RecordKind): Promise<A> {
    const { orderId, told, ...body } = input as Told
    const stream = streamOf(input.recordId)
    return c.commit<A>({ id: orderId, kind, streams: [stream], subject: stream, body, told }, async (read) => decide(await accessCustody(read, c.actor, right, input.recordId, of), read))
  }
  const names = async (c: Context, lines: { kind: RecordKind; recordId: string }[]): Promise<Map<string, string>> =>
    new Map((await Promise.all([...Map.groupBy(lines, (line) => line.kind)].map(([kind, all]) => called(c, kind, all.map(({ recordId }) => recordId))))).flatMap((found) => [...found]))

  return api.router({
    ceiling: api.ceiling.handler(async ({ context: { read } }) => ({ ceiling: await ceilingNow(read) })),
    list: api.list.handler(async ({ input: { kind, cursor, limit }, context: c }) => {
      const { items, next } = paged(await listCustodies(c.read, c.actor, kind, c.lang, ownCursor(cursor), limit + 1), limit, (row) => row.key)
      const found = await names(c, items)
      return { items: items.map(({ key: _, id: __, readAt, ...line }) => ({ ...line, name: found.get(line.recordId) ?? null, readAt: readAt?.toISOString() ?? null })), next, asOf: c.at.toISOString() }
    }),
    get: api.get.handler(async ({ input, context: c }) => {
      const row = (await showCustody(c.read, c.actor, input.recordId, c.lang, c.at)) ?? missing()
      return { ...row, name: (await names(c, [row])).get(row.recordId) ?? null, asOf: c.at.toISOString() }
    }),
    reads: api.reads.handler(async ({ input: { recordId, cursor, limit }, context: c }) => {
      if (!await accessCustody(c.read, c.actor, 'custody.keep', recordId)) missing()
      const { items, next } = paged(await listReads(c.read, recordId, ownCursor(cursor), limit + 1), limit, (row) => row.key)
      return { items: items.map(({ key: _, id: __, at, ...row }) => ({ ...row, at: at.toISOString() })), next, asOf: c.at.toISOString() }
    }),
    grade: api.grade.handler(({ input, context: c }) => order<{ recordId: string; version: number }>(c, 'record.grade.v1', 'custody.grade', input, async (row, read) => {
      const reason = kept(input.reason, input.recordId, 'grade', c.at)
      const decided = setGrade(row, input.expectedVersion, await ceilingNow(read), { grade: input.grade, basis: input.basis ?? null, reason: reason.ref }, c.actor.kind === 'person' ? c.actor.id : null, (of) => derivedId(new Date(0), input.orderId, of), c.at)
      return 'refused' in decided ? decided : { ...decided, private: [reason.private] }
    }, input.kind)),
    name: api.name.handler(({ input, context: c }) => order<{ recordId: string; readerId: string }>(c, 'reader.name.v1', 'custody.keep', input, async (row, read) => {
      const why = kept(input.why, input.recordId, 'reader', c.at)
      const from = input.from && input.from > dayIn(c.at, zone) ? instantOf(input.from, '00:00', zone) : c.at
      const decided = nameReader(row, await isHolder(read, one(input)), await isNamed(read, input.recordId, one(input), c.at), { ...one(input), readerId: derivedId(new Date(0), input.orderId, 'reader'), from, until: endOfDay(input.until, zone), why: why.ref })
      return 'refused' in decided ? decided : { ...decided, private: [why.private] }
    })),
    unname: api.unname.handler(({ input, context: c }) => order<{ recordId: string }>(c, 'reader.end.v1', 'custody.keep', input, async (row, read) => endReader(row, input.readerId, await isOpen(read, input.recordId, input.readerId, c.at)))),
    give: api.give.handler(({ input, context: c }) => order<{ recordId: string; n: number }>(c, 'copy.give.v1', 'custody.keep', input, async (row, read) => giveCopy(row, await isHolder(read, one(input)), one(input)))),
    takeBack: api.takeBack.handler(({ input, context: c }) => order<{ recordId: string }>(c, 'copy.return.v1', 'custody.keep', input, async (row, read) => takeBack(row, await copyRow(read, input.recordId, input.n), input.n))),
    destroy: api.destroy.handler(({ input, context: c }) => order<{ recordId: string }>(c, 'copy.destroy.v1', 'custody.keep', input, async (row, read) => destroyCopy(row, await copyRow(read, input.recordId, input.n), input.n, input.paper))),
    print: api.print.handler(({ input, context: c }) => order<{ recordId: string; printId: string; n: number }>(c, 'print.order.v1', 'custody.print', input, async (row) => {
      const why = kept(input.why, input.recordId, 'print', c.at)
      const decided = orderPrint(row, derivedId(new Date(0), input.orderId, 'print'), input.copies, why.ref)
      return 'refused' in decided ? decided : { ...decided, private: [why.private] }
    })),
  })
}

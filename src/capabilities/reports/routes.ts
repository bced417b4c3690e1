// Contract → commit → decide, for forms, requests and reports.
import { implement } from '@orpc/server'
import type { Text } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/order.ts'
import { ownCursor, paged } from '../../kernel/paging.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { dayIn } from '../../pure/calendar.ts'
import type { CustodyNeeds } from '../custodies/contract/needs.ts'
import { reportsContract } from './contract.ts'
import { fieldsOf, numbersIn } from './decide/fields.ts'
import { readForm } from './decide/form.ts'
import { owedAround } from './decide/periods.ts'
import { contradictionsOf, whole } from './decide/rollup.ts'
import { blankForm, exportReports, readFilled } from './routes/files.ts'
import { fits, zipOf } from './routes/zip.ts'
import type { Leaving } from './routes/zip.ts'
import * as orders from './routes/orders.ts'
import { accessReport, accessUnit, formOf, wouldOwe } from './store/access.ts'
import { lateBelow, owedNow } from './store/home.ts'
import { columnOptions, columnSums, optionsChosen, tablesGiven } from './store/choices.ts'
import { eventDays, milestonesOf } from './store/around.ts'
import { listCollections, listForms, listMine, listOfEvent, listReports, showForm, withheldCollections } from './store/lists.ts'
import { accessHead, against, childrenOf, countFiles, highestSeen, levelAt, ownReport, periodsOf, totalsAt, wordsOf } from './store/rollup.ts'
import type { Report } from './contract/shapes.ts'
import type { Head } from './store/rollup.ts'
import { keepDraft, showReport } from './store/show.ts'

export type ReportsNeeds = { /** Forms that come with the program. */ shipped: () => { code: string; name: Text; text: string }[]; zone: string; custody: CustodyNeeds; /** How a file leaves the store and to whom; without it none does. */ leaving?: Leaving }

const api = implement(reportsContract).$context<Context>().use(refusals)
const SHOWN_PERIODS = 60
const MOST_PERIODS = 400
const WORDS = 200
const missing = (): never => { throw new Refusal('NOT_FOUND') }

const CODE = /^[A-Za-z0-9_-]+$/
const PATH = /^[0-9a-z.]+$/
const line = <R extends { dueAt: Date; submittedAt: Date | null; key: string }>({ key: _, dueAt, submittedAt, ...row }: R) => ({ ...row, dueAt: dueAt.toISOString(), submittedAt: submittedAt?.toISOString() ?? null })

export function reportsRoutes(needs: ReportsNeeds) {
  /** What is graded is written down as read before any figure of it leaves. */
  const seenFrom = async (c: Context, asked: { collectionId: string; unitId: string }): Promise<Head & { mark: string | null }> => {
    const head = (await accessHead(c.read, c.actor, asked.collectionId, asked.unitId)) ?? missing()
    return { ...head, mark: head.grade === 'none' ? null : await needs.custody.reading(c, `collection:${asked.collectionId}`, 'read') ?? null }
  }
  const report = async (c: Context, reportId: string, against?: string): Promise<Report> => {
    const found = (await showReport(c.read, c.actor, reportId, against)) ?? missing()
    return { ...found, mark: found.grade === 'none' ? null : await needs.custody.reading(c, `report:${reportId}`, 'read') ?? null }
  }

  return api.router({
    forms: {
      list: api.forms.list.handler(async ({ input: { cursor, limit }, context: { read, actor, at } }) => {
        const { items, next } = paged(await listForms(read, actor, ownCursor(cursor, CODE), limit + 1), limit, (row) => row.code)
        return { items: items.map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() })), next, asOf: at.toISOString() }
      }),
      get: api.forms.get.handler(async ({ input, context: { read, actor } }) => {
        const form = (await showForm(read, actor, input.formId, input.version)) ?? missing()
        return { ...form, publishedAt: form.publishedAt.toISOString() }
      }),
      shipped: api.forms.shipped.handler(() => ({ items: needs.shipped() })),
      check: api.forms.check.handler(({ input }) => { const { form, issues } = readForm(input.text); return { ok: form !== undefined, issues, fields: form ? fieldsOf(form).length : 0, form: form ?? null } }),
      publish: api.forms.publish.handler(({ input, context }) => orders.publish(context, input)),
    },
    collections: {
      list: api.collections.list.handler(async ({ input: { cursor, limit, ended }, context: { read, actor, at } }) => {
        const { items, next } = paged(await listCollections(read, actor, ended === true, at, ownCursor(cursor), limit + 1), limit, (row) => row.key)
        return { items: items.map(({ key: _, dueAt, ...row }) => ({ ...row, dueAt: dueAt?.toISOString() ?? null })), next, withheld: cursor ? 0 : await withheldCollections(read, actor, ended === true), asOf: at.toISOString() }
      }),
      ask: api.collections.ask.handler(({ input, context }) => orders.ask(context, input, needs.custody)),
      days: api.collections.days.handler(async ({ input, context: { read, actor, at } }) => {
        const today = dayIn(at, needs.zone)
        const [before, after] = [input.before, input.after].map((list) => list?.split(',').map(Number) ?? []) as [number[], number[]]
        const [events, milestones] = await Promise.all([eventDays(read, actor, { code: input.programme }, { after, milestone: input.milestone }, today), milestonesOf(read, { code: input.programme })])
        const found = owedAround({ before, after, hour: '23:59' }, events, today, null, needs.zone, at)
        return { days: found.map((one) => one.on), units: new Set(found.flatMap((one) => one.hosts)).size, milestones }
      }),
      owing: api.collections.owing.handler(async ({ input: { unitId, kinds }, context: { read, actor } }) => {
        if (!(await accessUnit(read, actor, 'report.ask', unitId))) missing()
        const { levels, units } = await wouldOwe(read, unitId, kinds === undefined ? undefined : { kinds: kinds.split(',') })
        return { kinds: levels.map((kind, i) => ({ kind, units: units[i]! })) }
      }),
      end: api.collections.end.handler(({ input, context }) => orders.end(context, input)),
      seenFrom: api.collections.seenFrom.handler(async ({ input: { collectionId }, context: { read, actor } }) => ({ unitId: (await highestSeen(read, actor, collectionId)) ?? missing() })),
      overview: api.collections.overview.handler(async ({ input, context }) => {
        const { read, at } = context
        const { formVersionId, trail, ...head } = await seenFrom(context, input)
        const form = await formOf(read, formVersionId)
        const fields = numbersIn(form)
        const level = await levelAt(read, input.collectionId, input.unitId)
        const of = async (span: { until?: string; limit: number }) => (level === undefined ? [] : periodsOf(read, input.collectionId, input.unitId, head.schedule.every === 'milestone' ? undefined : level, fields.length, span))
        const shown = await of({ limit: SHOWN_PERIODS })
        // What is asked for by its day may be older than those; it comes with the one before it.
        const older = await Promise.all([input.on, input.with].filter((on) => on !== undefined && !shown.some((one) => one.on === on)).map((on) => of({ until: on!, limit: 2 })))
        const periods = [...new Map([...shown, ...older.flat()].map((one) => [one.on, one])).values()].toSorted((a, b) => (a.on < b.on ? 1 : -1))
        const now = (input.on === undefined ? undefined : periods.find((one) => one.on === input.on)) ?? periods[0]
        const on = now?.on ?? null
        const [totals, own, held] = on === null ? [new Map(), null, []] : await Promise.all([totalsAt(read, input.collectionId, input.unitId, on, fields.length), ownReport(read, input.collectionId, input.unitId, on), against(read, input.collectionId, input.unitId, on, fields.length)])
        const before = periods.find((one) => one.on === input.with && one.on !== on) ?? periods[periods.findIndex((one) => one.on === on) + 1]
        const { schedule } = head
        const milestone = schedule.every === 'milestone' && schedule.milestone !== undefined ? (await milestonesOf(read, { id: schedule.programmeId })).find((one) => one.code === schedule.milestone)?.name ?? null : null
        return {
          ...head, milestone, trail: trail ?? [head.unit], form, on, dueAt: now?.dueAt.toISOString() ?? null, asOf: at.toISOString(),
          periods: periods.map(({ sums: _, counts: __, dueAt, ...one }) => ({ ...one, dueAt: dueAt.toISOString() })),
          totals: head.levels.flatMap((one) => { const total = totals.get(one); return total ? [{ level: one, ...total }] : [] }), before: before ? { ...before } : null, own, contradictions: contradictionsOf(fields, held),
        }
      }),
      children: api.collections.children.handler(async ({ input, context }) => {
        const { formVersionId } = await seenFrom(context, input)
        const level = await levelAt(context.read, input.collectionId, input.unitId, input.on)
        const fields = numbersIn(await formOf(context.read, formVersionId)).length
        return { items: level === undefined ? [] : await childrenOf(context.read, input.collectionId, input.unitId, input.on, level, fields), asOf: context.at.toISOString() }
      }),
      reports: api.collections.reports.handler(async ({ input: { cursor, limit, state, ...asked }, context }) => {
        await seenFrom(context, asked)
        const { items, next } = paged(await listReports(context.read, context.actor, { ...asked, state }, context.at, ownCursor(cursor, PATH), limit + 1), limit, (row) => row.key)
        return { items: items.map(line), next, asOf: context.at.toISOString() }
      }),
      across: api.collections.across.handler(async ({ input, context }) => {
        const [{ formVersionId, schedule }, level] = await Promise.all([seenFrom(context, input), levelAt(context.read, input.collectionId, input.unitId)])
        const fields = numbersIn(await formOf(context.read, formVersionId))
        const periods = level === undefined ? [] : (await periodsOf(context.read, input.collectionId, input.unitId, schedule.every === 'milestone' ? undefined : level, fields.length, { from: input.from, until: input.until, limit: MOST_PERIODS })).toReversed()
        return { periods: periods.map((one) => ({ ...one, dueAt: one.dueAt.toISOString() })), whole: whole(fields, periods.map((one) => ({ ...one, open: one.dueAt > context.at && one.reported < one.owes }))) }
      }),
      words: api.collections.words.handler(async ({ input, context }) => {
        const { formVersionId } = await seenFrom(context, input)
        const form = await formOf(context.read, formVersionId)
        const level = await levelAt(context.read, input.collectionId, input.unitId, input.on)
        const found = level === undefined ? [] : await wordsOf(context.read, input.collectionId, input.unitId, input.on, level, WORDS + 1)
        const said = found.slice(0, WORDS).map((row) => ({ ...row, words: JSON.parse(row.text) as Record<string, unknown> }))
        return { items: fieldsOf(form).filter((field) => field.kind === 'text').flatMap((field) => said.flatMap(({ reportId, unit, words }) => (typeof words[field.code] === 'string' ? [{ reportId, unit, field: field.code, text: words[field.code] as string }] : []))), more: found.length > WORDS }
      }),
      choices: api.collections.choices.handler(async ({ input, context: { read }, context }) => {
        const { formVersionId } = await seenFrom(context, input)
        const fields = fieldsOf(await formOf(read, formVersionId))
        const level = await levelAt(read, input.collectionId, input.unitId, input.on)
        if (level === undefined) return { choices: [], tables: [] }
        const asked = { ...input, level }
        const tables = fields.filter((field) => field.kind === 'table')
        const columns = (kind: 'number' | 'choice') => tables.flatMap((field) => field.columns.filter((column) => column.kind === kind).map((column) => ({ field: field.code, column: column.code })))
        const [choices, given, sums, options] = await Promise.all([optionsChosen(read, asked, fields.filter((field) => field.kind === 'choice').map((field) => field.code)), tablesGiven(read, asked, tables.map((field) => field.code)), columnSums(read, asked, columns('number')), columnOptions(read, asked, columns('choice'))])
        const of = <R extends { field: string }>(found: R[], field: string) => found.filter((one) => one.field === field).map(({ field: _, ...one }) => one)
        return { choices, tables: given.map((one) => ({ ...one, sums: of(sums, one.field), options: of(options, one.field) })) }
      }),
      chase: api.collections.chase.handler(({ input, context }) => orders.chase(context, input)),
      export: api.collections.export.handler(async ({ input: { format, ...asked }, context }) => {
        const { formVersionId, zone } = await seenFrom(context, asked)
        return exportReports(context, await formOf(context.read, formVersionId), asked, zone, format)
      }),
      files: api.collections.files.handler(async ({ input, context }) => {
        await seenFrom(context, input)
        const found = await countFiles(context.read, input)
        return { ...found, fits: fits(found) }
      }),
      zip: api.collections.zip.handler(async ({ input, context }) => {
        const { formVersionId } = await seenFrom(context, input)
        return zipOf(context, await formOf(context.read, formVersionId), input, await countFiles(context.read, input), needs.leaving)
      }),
    },
    mine: api.mine.handler(async ({ input: { cursor, limit, all }, context: { read, actor, at } }) => {
      const { items, next } = paged(await listMine(read, actor, all === true, ownCursor(cursor), limit + 1), limit, (row) => row.key)
      return { items: items.map(line), next, asOf: at.toISOString() }
    }),
    ofEvent: api.ofEvent.handler(async ({ input: { eventId, cursor, limit }, context: { read, actor, at } }) => {
      const found = await listOfEvent(read, actor, eventId, ownCursor(cursor), limit + 1)
      if (!found) throw new Refusal('NOT_FOUND')
      const { items, next } = paged(found, limit, (row) => row.key)
      return { items: items.map(line), next, asOf: at.toISOString() }
    }),
    home: api.home.handler(async ({ context: { read, actor, at } }) => {
      const [owed, late] = await Promise.all([owedNow(read, actor, at), lateBelow(read, actor, at)])
      return {
        asOf: at.toISOString(), owed: { count: owed[0]?.count ?? 0, late: owed[0]?.late ?? 0, items: owed.map((row) => ({ ...row, dueAt: row.dueAt.toISOString() })) },
        late: { count: late[0]?.count ?? 0, items: late.map((row) => ({ ...row, dueAt: row.dueAt.toISOString() })) },
      }
    }),
    get: api.get.handler(({ input, context }) => report(context, input.reportId, input.with)),
    keep: api.keep.handler(async ({ input: { reportId, values }, context: { read, side, actor, at } }) => {
      const row = (await accessReport(read, actor, 'report.fill', reportId)) ?? missing()
      await keepDraft(side, reportId, row.version, values, actor.id, at)
      return { savedAt: at.toISOString() }
    }),
    submit: api.submit.handler(({ input, context }) => orders.submit(context, input) as never),
    giveBack: api.giveBack.handler(({ input, context }) => orders.giveBack(context, input)),
    sign: api.sign.handler(({ input, context }) => orders.sign(context, input)),
    excuse: api.excuse.handler(({ input, context }) => orders.excuse(context, input)),
    blank: api.blank.handler(async ({ input, context }) => blankForm(await report(context, input.reportId), context.lang)),
    readFile: api.readFile.handler(async ({ input, context }) => {
      const row = await report(context, input.reportId)
      if (!row.mayFill) missing()
      return readFilled(row, input.base64, context.lang)
    }),
  })
}

/** The clock's work: opens periods. */
export const reportsWorks = (context: (at: Date) => Context) => ({ 'reports.open': async (_: unknown, { at }: { at: Date }) => { await orders.openDue(context(at)) } })

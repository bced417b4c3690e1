// Orders about reports: contract → commit → decide. What is written is kept apart; a fact holds its id and hash.
import { apart, yearsLater } from '../../../kernel/texts.ts'
import { fileFacts, holdFiles } from '../../../kernel/blobs.ts'
import { derivedId } from '../../../kernel/ids.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Decision } from '../../../kernel/order.ts'
import { SYSTEM } from '../../../kernel/access.ts'
import type { Right } from '../../../kernel/access.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { addDays, dayIn, instantOf, startOfDay } from '../../../pure/calendar.ts'
import type { Told } from '../../../kernel/contract.ts'
import type { Form, Values } from '../contract/form.ts'
import type { CustodyNeeds } from '../../custodies/contract/needs.ts'
import type { AskReports, SubmitReport } from '../contract/shapes.ts'
import type * as z from 'zod'
import { fieldsOf } from '../decide/fields.ts'
import { readForm } from '../decide/form.ts'
import { askReports, chaseReports, checkReport, endCollection, excuseReport, openAround, openPeriod, publishForm, returnReport, signReport, submitReport } from '../decide/orders.ts'
import { AHEAD_DAYS, owedAround } from '../decide/periods.ts'
import { wholeOf } from '../decide/values.ts'
import { aroundNow, eventDays } from '../store/around.ts'
import type { AroundNow } from '../store/around.ts'
import { accessCollection, accessFormUnit, accessReport, accessUnit, formOf, latestForm, missingBelow, newestVersion, treeNow, unitOfReport, waitingToOpen, wouldOwe } from '../store/access.ts'
import type { AccessedReport } from '../store/access.ts'
import { ZONE } from '../../../kernel/zone.ts'

const KEPT_YEARS = 5
const MANY = { vi: 'còn thiếu', en: 'is missing' }
const said = (text: string, reportId: string, purpose: string, at: Date) => apart(text, { subject: `report:${reportId}`, purpose, retention: 'report', until: yearsLater(at, KEPT_YEARS) }, at)

export async function publish(c: Context, { orderId, told, unitId, text, expectedVersion }: { orderId: string; told?: Told | undefined; unitId: string; text: string; expectedVersion?: number | undefined }) {
  // Who may not publish here learns nothing about the text either.
  if (!(await accessFormUnit(c.read, c.actor, unitId))) throw new Refusal('NOT_FOUND')
  const { form, issues } = readForm(text)
  const faults = issues.filter((issue) => issue.severity === 'error')
  if (!form) throw new Refusal('FORM_FAULTY', { count: faults.length, line: faults[0]?.line ?? 1, first: faults[0]?.message ?? MANY })
  const formId = derivedId(new Date(0), 'report form', unitId, form.code)
  return c.commit({ id: orderId, kind: 'report_form.publish.v1', streams: [`report_form:${formId}`], body: { unitId, text, expectedVersion }, told }, async (read) => {
    const [unit, latest] = [await accessFormUnit(read, c.actor, unitId), await latestForm(read, unitId, form.code)]
    return publishForm(unit, latest, { formId, versionId: derivedId(new Date(0), formId, (latest?.version ?? 0) + 1) }, expectedVersion, form, text)
  })
}

export function ask(c: Context, { orderId, told, unitId, formId, grade, ...asked }: z.infer<typeof AskReports>, custody: CustodyNeeds) {
  const id = derivedId(new Date(0), orderId, 'collection')
  const graded = custody.grading(c, 'collection', id, grade)
  return c.commit<{ collectionId: string; on: string }>({ id: orderId, kind: 'report.ask.v1', streams: [`collection:${id}`, ...graded.streams], body: { unitId, formId, grade, ...asked }, told, tree: 'shared', alone: true }, async (read) => {
    const unit = await accessUnit(read, c.actor, 'report.ask', unitId)
    if (!unit) return { refused: 'NOT_FOUND' as const }
    const zone = asked.zone ?? ZONE
    const today = dayIn(c.at, zone)
    // Nothing is asked for days that are over.
    const decided = askReports(unit, await newestVersion(read, formId), { ...await wouldOwe(read, unitId, asked.owing), ...(asked.schedule.every === 'milestone' ? { events: await eventDays(read, c.actor, { id: asked.schedule.programmeId }, asked.schedule, today, { unitId, owing: asked.owing }) } : {}) }, id, { ...asked, zone, from: asked.from && asked.from > today ? asked.from : today }, c.at)
    if ('refused' in decided) return decided
    const made = await graded.decide(read)
    return 'refused' in made ? made : { ...decided, facts: [...decided.facts, ...made.facts] as never }
  })
}

/** The clock opens what is due to open, one order a period; twice is once. */
export async function openDue(c: Context): Promise<number> {
  const waiting = await waitingToOpen(c.read, c.at)
  for (const { id, on } of waiting) {
    await c.commit({ id: derivedId(new Date(0), 'open period', id, on), kind: 'report.open.v1', streams: [`collection:${id}`], body: { collectionId: id, on }, tree: 'shared', alone: true },
      async (read) => ({ answer: {}, ...openPeriod(await accessCollection(read, SYSTEM, 'report.ask', id), on, await treeNow(read)) }))
  }
  return waiting.length + await openAroundDue(c)
}

const owedNow = ({ schedule, events, today, from, until, zone }: AroundNow, at: Date) => {
  const last = addDays(today, AHEAD_DAYS)
  return owedAround(schedule, events, from > today ? from : today, until !== null && until < last ? until : last, zone, at)
}
/** Around milestones: whoever owes on a day that is near and does not have it yet; the events are asked again inside the order. */
async function openAroundDue(c: Context): Promise<number> {
  let opened = 0
  for (const one of await aroundNow(c.read, c.at, AHEAD_DAYS)) for (const { on, hosts } of owedNow(one, c.at)) {
    const period = { on, opensAt: startOfDay(addDays(on, -AHEAD_DAYS), one.zone), dueAt: instantOf(on, one.schedule.hour, one.zone) }
    await c.commit({ id: derivedId(new Date(0), 'open around', one.id, on, c.at.toISOString(), ...hosts), kind: 'report.open.v1', streams: [`collection:${one.id}`], body: { collectionId: one.id, on }, tree: 'shared', alone: true }, async (read) => {
      const again = (await aroundNow(read, c.at, AHEAD_DAYS, one.id)).flatMap((now) => owedNow(now, c.at)).find((now) => now.on === on)
      return { answer: {}, ...openAround(await accessCollection(read, SYSTEM, 'report.ask', one.id), period, again?.hosts ?? [], await treeNow(read)) }
    })
    opened++
  }
  return opened
}

export const end = (c: Context, { orderId, told, collectionId }: { orderId: string; told?: Told | undefined; collectionId: string }) =>
  c.commit({ id: orderId, kind: 'report.end.v1', streams: [`collection:${collectionId}`], body: { collectionId }, told }, async (read) => endCollection(await accessCollection(read, c.actor, 'report.ask', collectionId)))

export const chase = (c: Context, { orderId, told, collectionId, unitId, on }: { orderId: string; told?: Told | undefined; collectionId: string; unitId: string; on: string }) =>
  c.commit({ id: orderId, kind: 'report.chase.v1', streams: [`collection:${collectionId}`], body: { collectionId, unitId, on }, told }, async (read) => {
    const { seen, ids } = await missingBelow(read, c.actor, 'report.ask', collectionId, unitId, on)
    return chaseReports(seen, collectionId, on, ids)
  })

async function about<A>(c: Context, orderId: string, told: Told | undefined, kind: string, right: Right, reportId: string, body: unknown, decide: (report: AccessedReport | undefined, read: Reader) => Promise<Decision<never, string, A>> | Decision<never, string, A>): Promise<A> {
  const unitId = await unitOfReport(c.read, reportId)
  if (!unitId) throw new Refusal('NOT_FOUND')
  return c.commit<A>({ id: orderId, kind, streams: [`reports:${unitId}`], subject: `report:${reportId}`, body, told }, async (read) => decide(await accessReport(read, c.actor, right, reportId), read))
}

const filesIn = (form: Form, values: Values): string[] => fieldsOf(form).flatMap((field) => (field.kind === 'file' && Array.isArray(values[field.code]) ? values[field.code] as string[] : []))

export function submit(c: Context, { orderId, told, reportId, expectedVersion, values, reason }: z.infer<typeof SubmitReport>) {
  return about(c, orderId, told, 'report.submit.v1', 'report.fill', reportId, { expectedVersion, values, reason }, async (report, read) => {
    if (!report) return { refused: 'NOT_FOUND' }
    const form = await formOf(read, report.formVersionId)
    const checked = checkReport(form, values, report.before && wholeOf(form, report.before.numbers, report.before.rest, null))
    const parts = 'parts' in checked ? checked.parts : undefined
    const words = parts && Object.keys(parts.words).length > 0 ? said(JSON.stringify(parts.words), reportId, 'words', c.at) : undefined
    const why = reason === undefined ? undefined : said(reason, reportId, 'corrected', c.at)
    const ids = parts ? filesIn(form, parts.rest as Values) : []
    const decided = submitReport(report, expectedVersion, checked, words?.ref ?? null, why?.ref ?? null, ids.length > 0 ? await fileFacts(read, c.actor, ids, `report:${reportId}`) : [], c.at, told?.how)
    if ('refused' in decided) return decided
    const kept = [words, decided.facts[0]?.type === 'report.corrected.v1' ? why : undefined].flatMap((text) => (text ? [text.private] : []))
    return {
      facts: decided.facts as never[], answer: { ...decided.answer, warnings: 'warnings' in checked ? checked.warnings.map((w) => w.say[c.lang]) : [] }, private: kept,
      ...(ids.length > 0 ? { aside: (side: Context['side']) => holdFiles(side, ids, `report:${reportId}`, c.at) } : {}),
    }
  })
}

type Act = { orderId: string; told?: Told | undefined; reportId: string; expectedVersion: number }
const reasoned = (kind: string, purpose: string, decide: typeof returnReport | typeof excuseReport) => (c: Context, { orderId, told, reportId, expectedVersion, reason }: Act & { reason: string }) =>
  about(c, orderId, told, kind, 'report.ask', reportId, { expectedVersion, reason }, (report) => {
    const why = said(reason, reportId, purpose, c.at)
    const decided = decide(report, expectedVersion, why.ref)
    return 'refused' in decided ? decided : { facts: decided.facts as never[], answer: decided.answer, private: [why.private] }
  })
export const giveBack = reasoned('report.return.v1', 'returned', returnReport)
export const excuse = reasoned('report.excuse.v1', 'excused', excuseReport)
export const sign = (c: Context, { orderId, told, reportId, expectedVersion, files }: Act & { files?: string[] | undefined }) =>
  about(c, orderId, told, 'report.sign.v1', 'report.sign', reportId, { expectedVersion, files }, async (report, read) => {
    const decided = signReport(report, expectedVersion, report && files ? await fileFacts(read, c.actor, files, `report:${reportId}`) : [], told?.how)
    if ('refused' in decided) return decided
    return { facts: decided.facts as never[], answer: decided.answer, ...(files && files.length > 0 ? { aside: (side: Context['side']) => holdFiles(side, files, `report:${reportId}`, c.at) } : {}) }
  })

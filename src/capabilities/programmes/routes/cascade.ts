// A cascade and an upgrade: read, plan, then many short orders, each of which looks again at what is there.
import { dayIn } from '../../../pure/calendar.ts'
import { Refusal } from '../../../kernel/commit.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { Change, ProgrammesFact } from '../contract.ts'
import { cascadeFact, planInSteps } from '../decide/cascade.ts'
import type { CascadePlan, ListLine, NewEvent } from '../decide/cascade.ts'
import { isOver, redate } from '../decide/events.ts'
import { readLines } from '../decide/lists.ts'
import { upgradeEvent } from '../decide/upgrade.ts'
import { diffVersions } from '../decide/version.ts'
import { eventsByIds } from '../store/events.ts'
import { accessProgramme, eventsThere, existingEvents, unitsUnder, versionBody, versionOf } from '../store/read.ts'
import type { ProgrammeRow } from '../store/read.ts'
import { aroundOf } from './events.ts'
import { calendarUsed, countryOf } from './programmes.ts'
import type { Needs } from './programmes.ts'

export type CascadeOrder = { orderId: string; code: string; units?: string | Uint8Array | undefined; dates?: string | Uint8Array | undefined }
export type Progress = (done: number, total: number) => void
type Lists = { only?: ListLine[] | undefined; dates?: ListLine[] | undefined }

/**
 * Open transactions hold every follower back: chunks aim at so many milliseconds, and grow or shrink by what the last one took. Never below FEWEST_TASKS:
 * on a loaded machine the fixed cost of a commit alone is above the aim, and smaller chunks would only make more of them (measured: 307 chunks against 17, 23 s against 7).
 */
export const SHORT_MS = 50
/** While nobody else sends orders. */
const LONG_MS = 400
const FEWEST_TASKS = 800
const MOST_TASKS = 20_000

async function accessed({ read, actor }: Context, code: string): Promise<ProgrammeRow> {
  const programme = await accessProgramme(read, actor, 'programme.cascade', code)
  if (!programme) throw new Refusal('NOT_FOUND')
  return programme
}

export function listsOf(order: Pick<CascadeOrder, 'units' | 'dates'>, lang: 'vi' | 'en'): Lists {
  const take = (bytes: string | Uint8Array | undefined, what: 'units' | 'dates') => {
    if (bytes === undefined) return undefined
    const { lines, problems } = readLines(bytes, what)
    const first = problems[0]
    if (first) throw new Refusal('LIST_FAULTY', { count: problems.length, line: first.line, first: first.message[lang], list: what, problems: problems.slice(0, 100).map((p) => ({ line: p.line, message: p.message[lang] })) })
    return lines
  }
  return { only: take(order.units, 'units'), dates: take(order.dates, 'dates') }
}

const SLICE_MS = 10
/** Lets what waits in the loop pass between slices. */
async function unhurried<T>(steps: Generator<void, T>): Promise<T> {
  for (let from = performance.now(); ;) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - from < SLICE_MS) continue
    await new Promise((go) => setImmediate(go))
    from = performance.now()
  }
}

async function plan(needs: Needs, { read, lang }: Context, programme: ProgrammeRow, lists: Lists): Promise<CascadePlan> {
  const madeAt = programme.madeAt
  const answer = await unhurried(planInSteps({
    programme: { ...programme, madeAt: madeAt.toISOString() }, body: await versionBody(read, programme.templateVersionId), country: await countryOf(needs, read, programme.country),
    units: await unitsUnder(read, programme.unitId), existing: await existingEvents(read, programme.id), ...lists, eventId: (unitId) => derivedId(madeAt, programme.id, unitId),
  }))
  if ('plan' in answer) return answer.plan
  const { firstEn, ...data } = answer.data
  throw new Refusal(answer.refused, lang === 'en' && firstEn !== undefined ? { ...data, first: firstEn } : data)
}

const tally = (values: string[]): Record<string, number> => Object.fromEntries([...Map.groupBy(values, (v) => v)].map(([k, all]) => [k, all.length]))

export async function previewCascade(needs: Needs, context: Context, order: Omit<CascadeOrder, 'orderId'>) {
  const programme = await accessed(context, order.code)
  const { events, existing, waiting, tasks, requirements, parents, warnings } = await plan(needs, context, programme, listsOf(order, context.lang))
  const days = events.map((e) => e.schedule.day).toSorted()
  return {
    events: { new: events.length, existing, waiting }, tasks, requirements, kinds: tally(events.map((e) => e.unit.kind)), classes: tally(events.map((e) => e.schedule.class)),
    days: { first: days[0] ?? null, last: days.at(-1) ?? null }, redated: parents.length, warnings, past: pastOf(events, context.at, programme.zone),
  }
}

/** Schedules are shared, so each is looked at once. */
function pastOf(events: readonly NewEvent[], at: Date, zone: string) {
  const now = at.getTime()
  let [tasks, milestones, first] = [0, 0, Infinity]
  for (const [schedule, all] of Map.groupBy(events, (e) => e.schedule)) {
    const over = (moments: Record<string, string>) => Object.entries(moments).filter(([, moment]) => Date.parse(moment) < now)
    const [late, gone] = [over(schedule.due), over(schedule.milestones)]
    const codes = new Set(late.map(([code]) => code))
    tasks += late.length * all.length + all.reduce((sum, e) => sum + e.handed.filter((h) => codes.has(h.item)).length, 0)
    milestones += gone.length * all.length
    for (const [, moment] of [...late, ...gone]) first = Math.min(first, Date.parse(moment))
  }
  return { tasks, milestones, first: first === Infinity ? null : dayIn(new Date(first), zone) }
}

/** Runs to the end. Killed in between, it is run again and adds only what is missing. */
export async function cascade(needs: Needs, context: Context, order: CascadeOrder, options: { progress?: Progress; chunkMs?: number } = {}): Promise<{ events: number; tasks: number; existing: number; waiting: number }> {
  const programme = await accessed(context, order.code)
  const planned = await plan(needs, context, programme, listsOf(order, context.lang))
  const { events } = planned
  const frame = { programme: { ...programme, madeAt: programme.madeAt.toISOString() } }
  const used = calendarUsed(programme.id, await countryOf(needs, context.read, programme.country))
  const { progress, chunkMs } = options
  let size = FEWEST_TASKS
  let before = needs.orders?.()
  for (let done = 0; done < events.length;) {
    const chunk: NewEvent[] = []
    for (let tasks = 0; done + chunk.length < events.length && (tasks === 0 || tasks < size);) {
      const event = events[done + chunk.length]!
      tasks += Object.keys(event.schedule.due).length + event.handed.length
      chunk.push(event)
    }
    const began = performance.now()
    await addEvents(context, programme, frame, used, chunk, { run: order.orderId, done: done + chunk.length, total: events.length })
    const took = performance.now() - began
    const now = needs.orders?.()
    const aim = chunkMs ?? (before !== undefined && now! - before <= 1 ? LONG_MS : SHORT_MS)
    before = now
    size = Math.round(Math.min(MOST_TASKS, Math.max(FEWEST_TASKS, size * Math.min(2, Math.max(aim === SHORT_MS ? 0.1 : 0.5, aim / took)))))
    done += chunk.length
    progress?.(done, events.length)
  }
  for (const eventId of planned.parents) await followChildren(needs, context, order.orderId, eventId)
  return { events: events.length, tasks: planned.tasks, existing: planned.existing, waiting: planned.waiting }
}

async function addEvents({ actor, commit }: Context, programme: ProgrammeRow, frame: Parameters<typeof cascadeFact>[0], used: ProgrammesFact[], chunk: NewEvent[], part: { run: string; done: number; total: number }): Promise<void> {
  const stream = `programme:${programme.id}`
  const id = derivedId(programme.madeAt, part.run, chunk[0]!.eventId, chunk.length)
  await commit({ id, kind: 'programme.cascade.v1', streams: [stream], subject: `${stream}`, body: { run: part.run, from: chunk[0]!.eventId, events: chunk.length }, tree: 'shared', alone: true }, async (read) => {
    const now = await accessProgramme(read, actor, 'programme.cascade', programme.code)
    if (!now) return { refused: 'NOT_FOUND' }
    // The template changed while this ran: what was planned is not what is wanted any more.
    if (now.version !== programme.version) return { refused: 'CHANGED', data: { version: now.version, changed: ['template'] } }
    const there = await eventsThere(read, programme.id, chunk.map((e) => e.unit.id))
    const missing = chunk.filter((e) => !there.has(e.unit.id))
    return { facts: missing.length > 0 ? [cascadeFact(frame, missing, part), ...used] : [], answer: {} }
  })
}

/** An event whose dates rest on those below it, after they came or moved. */
export async function followChildren(needs: Needs, { at, commit }: Context, cause: string, eventId: string): Promise<void> {
  await commit({ id: derivedId(at, cause, 'follow', eventId), kind: 'event.follow.v1', streams: [`event:${eventId}`], body: { cause } }, async (read) => {
    const [event] = await eventsByIds(read, [eventId])
    if (!event?.day || !event.opensAt || isOver(event.phase)) return { facts: [] }
    const around = await aroundOf(needs, read, event, at)
    const moved = redate(event, { day: event.day, opens: timeOf(event) }, 'child', around)
    return { facts: moved ? [moved.fact, ...calendarUsed(event.programmeId, around.country)] : [] }
  })
}
const timeOf = (event: { opensAt: Date | null; zone: string }): string => new Intl.DateTimeFormat('en-GB', { timeZone: event.zone, hour: '2-digit', minute: '2-digit' }).format(event.opensAt!)

export async function previewUpgrade(needs: Needs, context: Context, code: string, templateVersion: number | undefined) {
  const programme = await accessed(context, code)
  const { to, body } = await target(context, programme, templateVersion)
  const events = (await existingEvents(context.read, programme.id)).filter((e) => e.versionId !== to.id && ['planned', 'preparing', 'ready'].includes(e.phase) && e.day !== null)
  const versions = tally(events.map((e) => e.versionId))
  const changes: Change[] = diffVersions(await versionBody(context.read, programme.templateVersionId), body)
  const from: { version: number; events: number }[] = []
  for (const [versionId, count] of Object.entries(versions)) from.push({ version: (await eventsByIds(context.read, [events.find((e) => e.versionId === versionId)!.eventId]))[0]!.templateVersion, events: count })
  // Counted on a sample: what one event of each level and class gains stands for all of them.
  const tasks = { added: 0, withdrawn: 0, redated: 0 }
  const units = await unitsUnder(context.read, programme.unitId)
  const kindOf = new Map(units.map((u) => [u.id, u.kind]))
  const groups = Map.groupBy(events, (e) => `${e.versionId} ${kindOf.get(e.unitId)} ${e.class}`)
  for (const group of groups.values()) {
    const fact = await upgraded(needs, context, programme, to.id, group[0]!.eventId, units)
    if (!fact) continue
    tasks.added += group.length * (Object.keys(fact.add).length + fact.handed.items.length)
    tasks.withdrawn += group.length * fact.withdraw.length
    tasks.redated += group.length * Object.keys(fact.due).length
  }
  return { programme: code, from, to: to.version, changes, events: events.length, tasks, sample: events.length > groups.size }
}

async function target({ read }: Context, programme: ProgrammeRow, version: number | undefined) {
  const to = await versionOf(read, programme.templateId, version ?? programme.newest)
  if (!to) throw new Refusal('TEMPLATE_UNKNOWN', { template: `${programme.templateCode} ${version}` })
  return { to, body: to.body }
}

type Units = Awaited<ReturnType<typeof unitsUnder>>
async function upgraded(needs: Needs, { read, at }: Pick<Context, 'read' | 'at'>, programme: ProgrammeRow, versionId: string, eventId: string, units: Units) {
  const [event] = await eventsByIds(read, [eventId])
  const unit = event && units.find((u) => u.id === event.unit.id)
  if (!unit) return undefined
  const around = await aroundOf(needs, read, event, at)
  return upgradeEvent(event, await versionBody(read, versionId), { programmeCode: programme.code, madeAt: programme.madeAt.toISOString(), fromVersionId: event.templateVersionId, toVersionId: versionId, unit, units }, around)
}

export type UpgradeOrder = { orderId: string; code: string; expectedVersion: number; templateVersion: number; events: 'all' | 'none' }
/** First the programme, so that new events follow the version; then each event that exists, as an order of its own. */
export async function adoptVersion(context: Context, order: UpgradeOrder): Promise<{ programme: ProgrammeRow; versionId: string; events: string[] }> {
  const { actor, commit } = context
  const programme = await accessed(context, order.code)
  const { to } = await target(context, programme, order.templateVersion)
  await commit({ id: order.orderId, kind: 'programme.upgrade.v1', streams: [`programme:${programme.id}`], body: { code: order.code, version: order.templateVersion, events: order.events, expectedVersion: order.expectedVersion } }, async (read) => {
    const now = await accessProgramme(read, actor, 'programme.cascade', order.code)
    if (!now) return { refused: 'NOT_FOUND' }
    if (now.version !== order.expectedVersion) return { refused: 'CHANGED', data: { version: now.version, changed: ['programme'] } }
    return { facts: now.templateVersionId === to.id ? [] : [{ type: 'programme.retemplated.v1', programmeId: now.id, templateVersionId: to.id }], answer: {} }
  })
  const events = order.events === 'none' ? [] : (await existingEvents(context.read, programme.id)).filter((e) => e.versionId !== to.id && ['planned', 'preparing', 'ready'].includes(e.phase) && e.day !== null)
  return { programme, versionId: to.id, events: events.map((e) => e.eventId) }
}
export async function upgradeEvents(needs: Needs, context: Context, orderId: string, programme: ProgrammeRow, versionId: string, events: string[], progress?: Progress): Promise<void> {
  const units = await unitsUnder(context.read, programme.unitId)
  const AT_ONCE = 32
  for (let from = 0; from < events.length; from += AT_ONCE) {
    await Promise.all(events.slice(from, from + AT_ONCE).map((eventId) => context.commit({ id: derivedId(programme.madeAt, orderId, eventId), kind: 'event.upgrade.v1', streams: [`event:${eventId}`], body: { versionId }, tree: 'shared' }, async (read) => {
      const fact = await upgraded(needs, { read, at: context.at }, programme, versionId, eventId, units)
      return { facts: fact ? [fact, ...calendarUsed(programme.id, await countryOf(needs, read, programme.country))] : [] }
    })))
    progress?.(Math.min(from + AT_ONCE, events.length), events.length)
  }
}

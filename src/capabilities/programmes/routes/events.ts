// The orders on events: preview what a move breaks, then move; postpone, cancel, phases, the run sheet.
import { createHash } from 'node:crypto'
import type { Decision } from '../../../kernel/commit.ts'
import { Refusal } from '../../../kernel/commit.ts'
import type { Told } from '../../../kernel/contract.ts'
import { derivedId } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { dayIn, instantOf } from '../../../pure/calendar.ts'
import type { ActivityFields, EventTask, Phase, TemplateBody } from '../contract.ts'
import { changedSince, endEvent, isOver, moveEvent, phaseNames, redate, setPhase } from '../decide/events.ts'
import type { Activity, Around, Moved } from '../decide/events.ts'
import { accessEvent, activitiesOf, childEvents, eventsByIds, hostAbove, parentsOf, unitRefs } from '../store/events.ts'
import type { EventRow } from '../store/events.ts'
import { textsOf, versionBody } from '../store/read.ts'
import { calendarUsed, countryOf, privately } from './programmes.ts'
import type { Needs } from './programmes.ts'

type Read = Context['read']

/** All that the rules of an event look at. */
export async function aroundOf(needs: Needs, read: Read, event: EventRow, at: Date): Promise<Around> {
  return {
    body: await versionBody(read, event.templateVersionId), country: await countryOf(needs, read, event.country), tasks: await needs.tasksOfEvents(read, [event.id]),
    children: await childEvents(read, event.programmeId, event.unit.path), activities: await activitiesOf(read, event.id), at,
  }
}

const namesOf = async (read: Read, event: EventRow) => new Map((await versionBody(read, event.templateVersionId)).milestones.map((m) => [m.code, m.name]))
const dated = (milestones: Record<string, string>, names: Map<string, { vi: string; en: string }>, zone: string, at: Date) =>
  Object.entries(milestones).map(([code, when]) => ({ code, name: names.get(code) ?? { vi: code, en: code }, date: dayIn(new Date(when), zone), at: when, passed: Date.parse(when) <= at.getTime() }))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
const unitOf = ({ id, code, name, kind }: EventRow['unit']) => ({ id, code, name, kind })

export async function getEvent({ read, actor, at }: Context, id: string) {
  const event = await accessEvent(read, actor, 'event.read', id)
  if (!event) throw new Refusal('NOT_FOUND')
  const body = await versionBody(read, event.templateVersionId)
  return {
    id, programme: { id: event.programmeId, code: event.programmeCode, name: event.programmeName }, templateVersionId: event.templateVersionId, templateVersion: event.templateVersion, newest: event.newest,
    unit: unitOf(event.unit), parents: await parentsOf(read, event.unit.path), class: event.class, className: body.classes.find((c) => c.code === event.class)?.name ?? { vi: event.class, en: event.class },
    phase: event.phase, pilot: event.pilot, day: event.day, opensAt: event.opensAt?.toISOString() ?? null, zone: event.zone, version: event.version,
    milestones: dated(event.milestones, await namesOf(read, event), event.zone, at), reason: (await textsOf(read, [event.reasonId])).get(event.reasonId ?? '') ?? null,
  }
}

export async function datesOf(needs: Needs, { read, actor, at }: Context, id: string) {
  const event = await accessEvent(read, actor, 'event.read', id)
  if (!event) throw new Refusal('NOT_FOUND')
  const body = await versionBody(read, event.templateVersionId)
  const items = new Map(body.tasks.map((t, n) => [t.code, { t, n }]))
  const tasks = await needs.tasksOfEvents(read, [id])
  const order = (task: { item: string | null }) => items.get(task.item ?? '')?.n ?? items.size
  const units = await unitRefs(read, [...new Set(tasks.map((t) => t.unitId))])
  return {
    programme: event.programmeCode, event: { id, unit: unitOf(event.unit), class: event.class, phase: event.phase, day: event.day, opensAt: event.opensAt?.toISOString() ?? null, zone: event.zone },
    milestones: dated(event.milestones, await namesOf(read, event), event.zone, at),
    // In the template's order, own ones last.
    tasks: tasks.toSorted((a, b) => order(a) - order(b) || Number(a.parentId !== null) - Number(b.parentId !== null) || (a.id < b.id ? -1 : 1)).map((task) => {
      const item = task.item === null ? undefined : items.get(task.item)
      const name = task.title === null ? item?.t.name ?? { vi: task.item ?? '', en: task.item ?? '' } : { vi: task.title, en: task.title }
      return { ...onPath(task, item?.t, event.zone), name, unit: units.get(task.unitId) ?? null, at: task.dueAt?.toISOString() ?? null }
    }),
  }
}

/** A task as the critical path looks at it; `item`: the template's, if it is one. */
export const onPath = (task: EventTask, item: TemplateBody['tasks'][number] | undefined, zone: string) => ({
  id: task.id, code: task.item, date: task.dueAt && dayIn(task.dueAt, zone), state: task.state, milestone: item && 'milestone' in item.due ? item.due.milestone : null, after: item?.after ?? [],
})

type MoveTo = { day: string; time?: string | undefined }
type MovePlan = { event: EventRow; moved: Moved; parents: { event: EventRow; moved: Moved }[]; token: string }
/** The move, and what it does to the events above whose dates rest on this one. */
async function planMove(needs: Needs, read: Read, at: Date, event: EventRow, to: MoveTo): Promise<MovePlan | { refused: string; data: Record<string, unknown> }> {
  const around = await aroundOf(needs, read, event, at)
  const moved = moveEvent(event, to, around)
  if ('refused' in moved) return moved
  const parents: MovePlan['parents'] = []
  let below: EventRow = event
  let now = moved.fact
  for (;;) {
    const hostId = await hostAbove(read, event.programmeId, below.unit.path)
    const [host] = hostId === undefined ? [] : await eventsByIds(read, [hostId])
    if (!host) break
    if (host.day !== null && now.day > host.day && below === event) {
      moved.breaks.push({ kind: 'after_parent', text: { vi: `Ngày mới sau sự kiện của cấp trên: ${host.unit.name}, ngày ${host.day}.`, en: `The new day is after the event above: ${host.unit.name}, on ${host.day}.` }, tasks: [] })
    }
    if (host.day === null || !host.opensAt || isOver(host.phase)) break
    const context = await aroundOf(needs, read, host, at)
    const children = context.children.map((c) => ((c as { id?: string }).id === below.id ? { ...c, day: now.day, milestones: now.milestones } : c))
    const follows = redate(host, { day: host.day, opens: openingOf(host) }, 'child', { ...context, children })
    if (!follows) break
    parents.push({ event: host, moved: follows })
    below = host
    now = follows.fact
  }
  const token = createHash('sha256').update(JSON.stringify([event.version, moved.fact, parents.map((p) => [p.event.version, p.moved.fact])])).digest('base64url')
  return { event, moved, parents, token }
}
const openingOf = (event: EventRow): string => new Intl.DateTimeFormat('en-GB', { timeZone: event.zone, hour: '2-digit', minute: '2-digit' }).format(event.opensAt!)

export async function previewMove(needs: Needs, { read, actor, at }: Context, id: string, to: MoveTo) {
  const event = await accessEvent(read, actor, 'event.edit', id)
  if (!event) throw new Refusal('NOT_FOUND')
  const plan = await planMove(needs, read, at, event, to)
  if ('refused' in plan) throw new Refusal(plan.refused, plan.data)
  const { fact, kept, breaks, movedTasks, keptTasks } = plan.moved
  const names = await namesOf(read, event)
  return {
    token: plan.token, day: fact.day, opensAt: fact.opensAt, version: event.version,
    milestones: Object.entries(fact.milestones).map(([code, when]) => ({ code, name: names.get(code)!, from: event.milestones[code] ?? null, to: when, kept: kept.includes(code) })).toSorted((a, b) => (a.to < b.to ? -1 : 1)),
    tasks: { moved: movedTasks, kept: keptTasks }, breaks, parents: plan.parents.map((p) => ({ eventId: p.event.id, unit: unitOf(p.event.unit), tasks: p.moved.movedTasks })),
  }
}

/** One order on the streams of the event and of those above that follow it. */
export async function move(needs: Needs, context: Context, order: Edit & { token: string } & MoveTo) {
  const { actor, at, read, commit } = context
  const { orderId, told, ...body } = order
  const seen = await accessEvent(read, actor, 'event.edit', order.eventId)
  if (!seen) throw new Refusal('NOT_FOUND')
  const first = await planMove(needs, read, at, seen, order)
  const streams = [`event:${order.eventId}`, ...('refused' in first ? [] : first.parents.map((p) => `event:${p.event.id}`))]
  await commit({ id: orderId, kind: 'event.move.v1', streams, body, told }, async (now) => {
    const event = await accessEvent(now, actor, 'event.edit', order.eventId)
    if (!event) return { refused: 'NOT_FOUND' }
    const changed = changedSince(event, order.expectedVersion)
    if (changed) return changed
    const plan = await planMove(needs, now, at, event, order)
    if ('refused' in plan) return plan
    if (plan.token !== order.token || plan.parents.some((p) => !streams.includes(`event:${p.event.id}`))) return { refused: 'PREVIEW_OLD' }
    const used = calendarUsed(event.programmeId, await countryOf(needs, now, event.country))
    return { facts: [plan.moved.fact, ...used, ...plan.parents.map((p) => ({ on: `event:${p.event.id}`, about: `event:${p.event.id}`, fact: p.moved.fact }))], answer: {} }
  })
  return getEvent(context, order.eventId)
}

type Edit = { orderId: string; told?: Told | undefined; eventId: string; expectedVersion: number }
const edit = async (context: Context, kind: string, order: Edit, body: object, decide: (read: Read, event: EventRow) => Promise<Decision>) => {
  const { actor, commit } = context
  await commit({ id: order.orderId, kind, streams: [`event:${order.eventId}`], body: { eventId: order.eventId, expectedVersion: order.expectedVersion, ...body }, told: order.told }, async (read) => {
    const event = await accessEvent(read, actor, 'event.edit', order.eventId)
    if (!event) return { refused: 'NOT_FOUND' }
    return changedSince(event, order.expectedVersion) ?? await decide(read, event)
  })
  return getEvent(context, order.eventId)
}

export const changePhase = (context: Context, order: Edit & { phase: Phase }) =>
  edit(context, 'event.phase.v1', order, { phase: order.phase }, async (_, event) => setPhase(event, order.phase))
export const end = (needs: Needs, context: Context, how: 'postponed' | 'cancelled', order: Edit & { reason: string }) =>
  edit(context, how === 'postponed' ? 'event.postpone.v1' : 'event.cancel.v1', order, { reason: order.reason }, async (read, event) => {
    const { kept, ref } = privately(order.reason, `event:${event.id}`, 'reason', context.at, derivedId(context.at, 'text', order.orderId))
    const decision = endEvent(event, how, await needs.tasksOfEvents(read, [event.id]), ref)
    return 'refused' in decision ? decision : { ...decision, private: [kept] }
  })

/** The run sheet: the template's agenda on the event's day, with what was changed, added or taken out. */
async function runSheet(read: Read, event: EventRow): Promise<Activity[]> {
  const stored = await activitiesOf(read, event.id)
  const body = await versionBody(read, event.templateVersionId)
  const shaped = event.day === null ? [] : body.agenda.filter((a) => a.levels === null || a.levels.includes(event.level)).map((a): Activity => {
    const day = new Date(Date.parse(`${event.day}T00:00:00Z`) + a.day * 86_400_000).toISOString().slice(0, 10)
    return { id: derivedId(event.programmeMadeAt, event.id, 'agenda', a.code), name: a.name, site: null, startsAt: instantOf(day, a.from, event.zone), endsAt: instantOf(day, a.until, event.zone), gone: false, version: 1 }
  })
  const known = new Set(stored.map((a) => a.id))
  return [...stored, ...shaped.filter((a) => !known.has(a.id))].filter((a) => !a.gone).toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1))
}
const shown = ({ id, name, site, startsAt, endsAt, version }: Activity) => ({ id, name, site, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), version })

export async function activities({ read, actor }: Context, eventId: string) {
  const event = await accessEvent(read, actor, 'event.read', eventId)
  if (!event) throw new Refusal('NOT_FOUND')
  return (await runSheet(read, event)).map(shown)
}
type ActivityOrder = { orderId: string; told?: Told | undefined; eventId: string } & ActivityFields
const fields = ({ name, site, startsAt, endsAt }: ActivityFields): ActivityFields => ({ name, site, startsAt: new Date(startsAt).toISOString(), endsAt: new Date(endsAt).toISOString() })
function refusedFor(event: EventRow, a: ActivityFields): { refused: string; data?: Record<string, unknown> } | undefined {
  if (event.phase === 'closed' || event.phase === 'cancelled') return { refused: 'EVENT_OVER', data: { phase: phaseNames[event.phase] } }
  return Date.parse(a.endsAt) > Date.parse(a.startsAt) ? undefined : { refused: 'ENDS_BEFORE_START' }
}
export async function addActivity({ actor, at, commit }: Context, order: ActivityOrder) {
  const id = derivedId(at, 'activity', order.orderId)
  const { orderId, told, ...body } = order
  return commit<ReturnType<typeof shown>>({ id: orderId, kind: 'activity.add.v1', streams: [`event:${order.eventId}`], body, told }, async (read) => {
    const event = await accessEvent(read, actor, 'event.edit', order.eventId)
    if (!event) return { refused: 'NOT_FOUND' }
    return refusedFor(event, order) ?? { facts: [{ type: 'activity.added.v1', eventId: event.id, activityId: id, ...fields(order) }], answer: { id, version: 1, ...fields(order) } }
  })
}
type ActivityEdit = Edit & { activityId: string }
async function withActivity(context: Context, kind: string, order: ActivityEdit, body: object, decide: (event: EventRow, found: Activity) => Decision): Promise<void> {
  await context.commit({ id: order.orderId, kind, streams: [`event:${order.eventId}`], body: { eventId: order.eventId, activityId: order.activityId, expectedVersion: order.expectedVersion, ...body }, told: order.told }, async (read) => {
    const event = await accessEvent(read, context.actor, 'event.edit', order.eventId)
    const found = event && (await runSheet(read, event)).find((a) => a.id === order.activityId)
    if (!found) return { refused: 'NOT_FOUND' }
    return found.version === order.expectedVersion ? decide(event, found) : { refused: 'CHANGED', data: { version: found.version, changed: ['activity'] } }
  })
}
export async function changeActivity(context: Context, order: ActivityEdit & ActivityFields) {
  const changed = fields(order)
  await withActivity(context, 'activity.change.v1', order, changed, (event) =>
    refusedFor(event, order) ?? { facts: [{ type: 'activity.changed.v1', eventId: event.id, activityId: order.activityId, ...changed }], answer: {} })
  return { id: order.activityId, version: order.expectedVersion + 1, ...changed }
}
export async function removeActivity(context: Context, order: ActivityEdit) {
  await withActivity(context, 'activity.remove.v1', order, {}, (event) => ({ facts: [{ type: 'activity.removed.v1', eventId: event.id, activityId: order.activityId }], answer: {} }))
  return { id: order.activityId }
}

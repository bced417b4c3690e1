// A programme over time: names of milestones come from the template versions that its events follow.
import { Refusal } from '../../../kernel/commit.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { dayIn } from '../../../pure/calendar.ts'
import type { TemplateBody } from '../contract.ts'
import { criticalPath } from '../decide/timeline.ts'
import type { Gate } from '../decide/timeline.ts'
import { onPath } from './events.ts'
import type { Needs } from './programmes.ts'
import { versionBody } from '../store/read.ts'
import { timelineEvents, timelineOf, unitSeen } from '../store/timeline.ts'

type Ask = { code: string; unit?: string | undefined }
export async function timeline({ read, actor, at }: Context, ask: Ask) {
  const unit = ask.unit ? await unitSeen(read, actor, ask.unit) : null
  if (unit === undefined) throw new Refusal('NOT_FOUND')
  const { levels, spans } = await timelineOf(read, actor, ask, at)
  const bodies = await Promise.all([...new Set(levels.flatMap((one) => one.versions))].map((id) => versionBody(read, id)))
  const names = new Map(bodies.flatMap((body) => body.milestones.map((one) => [one.code, one.name] as const)))
  return {
    asOf: at.toISOString(), today: dayIn(at, levels[0]?.zone ?? 'UTC'), unit,
    levels: levels.map(({ level, events, noDay, first, last }) => ({ level, events, noDay, first, last, milestones: spans.filter((one) => one.level === level).map(({ level: _, ...one }) => ({ ...one, name: names.get(one.code) ?? { vi: one.code, en: one.code } })) })),
  }
}

export type Page = { unpack: (cursor: string | undefined) => { day: string | null; id: string } | undefined; pack: (value: unknown) => string }
export async function eventsOverTime({ tasksOfEvents }: Pick<Needs, 'tasksOfEvents'>, { read, actor, at }: Context, ask: Ask & { level: string; ids?: string[] | undefined; cursor?: string | undefined; limit: number }, { unpack, pack }: Page) {
  const found = await timelineEvents(read, actor, ask, unpack(ask.cursor), ask.limit + 1)
  const items = found.slice(0, ask.limit)
  const last = items.at(-1)
  const bodies = new Map(await Promise.all([...new Set(items.map((one) => one.templateVersionId))].map(async (id) => [id, itemsOf(await versionBody(read, id))] as const)))
  const tasks = Map.groupBy(items.length > 0 ? await tasksOfEvents(read, items.map((one) => one.id)) : [], (task) => task.eventId)
  return {
    asOf: at.toISOString(), next: found.length > ask.limit && last ? pack({ day: last.day, id: last.id }) : null,
    items: items.map(({ zone, milestones, templateVersionId, ...one }) => {
      const { names, items } = bodies.get(templateVersionId)!
      const named = Object.entries(milestones).map(([code, when]) => ({ code, name: names.get(code) ?? { vi: code, en: code }, date: dayIn(new Date(when), zone) }))
      const { gates, now } = criticalPath(named, (tasks.get(one.id) ?? []).map((task) => onPath(task, items.get(task.item ?? ''), zone)), one.day, dayIn(at, zone))
      const gate = ({ code, date, reached, late }: Gate) => ({ code, day: date, reached, late })
      return { ...one, zone, milestones: gates.map(gate), now: now && { ...gate(now), name: now.name, open: now.open } }
    }),
  }
}
const itemsOf = (body: TemplateBody) => ({ names: new Map(body.milestones.map((one) => [one.code, one.name])), items: new Map(body.tasks.map((one) => [one.code, one])) })

// A newer template version applied to one event: what is new is added, what is gone is withdrawn where nobody has done it yet, dates follow.
import type { EventTask, EventUpgraded, TemplateBody } from '../contract.ts'
import { timeIn } from '../../../pure/calendar.ts'
import { classOf, scheduleOf } from './schedule.ts'
import { handedOn } from './cascade.ts'
import type { CascadeUnit } from './cascade.ts'
import { childDays } from './events.ts'
import type { Around, Event } from './events.ts'

export type Upgrade = { programmeCode: string; madeAt: string; fromVersionId: string; toVersionId: string; unit: CascadeUnit; units: readonly CascadeUnit[] }

/** Undefined where the event is over or postponed (it follows when it gets a day), or already follows the version. */
export function upgradeEvent(event: Event, to: TemplateBody, upgrade: Upgrade, around: Omit<Around, 'body'>): EventUpgraded | undefined {
  if (event.day === null || !event.opensAt || !['planned', 'preparing', 'ready'].includes(event.phase) || upgrade.fromVersionId === upgrade.toVersionId) return undefined
  const eventClass = classOf(to, event.class) ? event.class : to.classes[0]!.code
  const schedule = scheduleOf(to, {
    kind: event.level, class: eventClass, day: event.day, opens: timeIn(event.opensAt, event.zone), zone: event.zone, country: around.country, children: childDays(around.children), childCount: around.children.length,
  })
  const own = new Map<string, EventTask>()
  for (const task of around.tasks) if (task.item !== null && task.parentId === null && !own.has(task.item)) own.set(task.item, task)
  const add = Object.fromEntries(Object.entries(schedule.due).filter(([item]) => !own.has(item)))
  const handed = handedOn(to, upgrade.unit, { due: add }, upgrade.units)
  const withdraw = around.tasks.filter((t) => t.open && t.item !== null && schedule.due[t.item] === undefined).map((t) => t.id)
  const due: Record<string, string> = {}
  for (const task of around.tasks) {
    const when = task.item === null || !task.open ? undefined : schedule.due[task.item]
    if (when !== undefined && when !== task.dueAt?.toISOString()) due[task.id] = when
  }
  return {
    type: 'event.upgraded.v1', eventId: event.id, programmeId: event.programmeId, programmeCode: upgrade.programmeCode, madeAt: upgrade.madeAt, unitId: upgrade.unit.id,
    issuerUnitId: upgrade.unit.parentId ?? upgrade.unit.id, zone: event.zone, fromVersionId: upgrade.fromVersionId, templateVersionId: upgrade.toVersionId, class: eventClass,
    milestones: keepPast(event.milestones, schedule.milestones, around.at), add,
    targets: Object.fromEntries(Object.entries(schedule.targets).filter(([item]) => item in add)),
    handed: { items: handed.map((h) => h.item), units: handed.map((h) => h.unitId) }, withdraw, due, requirements: schedule.requirements,
  }
}

/** A milestone whose day is past stays where it was. */
const keepPast = (old: Record<string, string>, now: Record<string, string>, at: Date): Record<string, string> =>
  Object.fromEntries(Object.entries(now).map(([code, when]) => [code, old[code] !== undefined && Date.parse(old[code]) <= at.getTime() ? old[code] : when]))

// The country's calendar with the administrator's own days: which version dates were worked out by, and what another one would change.
import { Refusal } from '../../../kernel/commit.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { dayIn } from '../../../pure/calendar.ts'
import { withDays } from '../../../pure/calendar-country.ts'
import type { Country, OwnDays } from '../../../pure/calendar-country.ts'
import { classOf, scheduleOf } from '../decide/schedule.ts'
import { alikeEvents, openEvents } from '../store/calendar.ts'
import { accessProgramme, versionBody } from '../store/read.ts'
import { followChildren } from './cascade.ts'
import type { Needs } from './programmes.ts'

export type Shift = { code: string; name: { vi: string; en: string }; events: number; moved: number; tasks: number; first: { name: { vi: string; en: string }; from: string; to: string } | null }
/** Events of one level, class and day have the same dates, so each such kind is worked out once. */
export async function datesUnder(needs: Pick<Needs, 'countries' | 'ownDays'>, read: Reader, code: string, own: OwnDays, at: Date): Promise<Shift[]> {
  const file = needs.countries.get(code)!
  const [was, is] = [withDays(file, await needs.ownDays?.(read, code)), withDays(file, own)]
  const found = new Map<string, Shift>()
  for (const one of await alikeEvents(read, code, at)) {
    const shift = found.get(one.programme) ?? { code: one.programme, name: one.name, events: 0, moved: 0, tasks: 0, first: null }
    found.set(one.programme, shift)
    shift.events += one.n
    const body = await versionBody(read, one.versionId)
    if (!classOf(body, one.class)) continue
    const dates = (country: Country) => scheduleOf(body, { kind: one.level, class: one.class, day: one.day, opens: one.opens, zone: one.zone, country, children: new Map(), childCount: 0 })
    const [before, after] = [dates(was), dates(is)]
    const others = Object.keys(after.due).filter((item) => after.due[item] !== before.due[item])
    const gates = Object.keys(after.milestones).filter((gate) => after.milestones[gate] !== before.milestones[gate])
    if (others.length + gates.length === 0) continue
    shift.moved += one.n
    shift.tasks += one.n * others.length
    const [part, item] = others.length > 0 ? ['due', others[0]!] as const : ['milestones', gates[0]!] as const
    shift.first ??= { name: (part === 'due' ? body.tasks : body.milestones).find((each) => each.code === item)!.name, from: dayIn(new Date(before[part][item]!), one.zone), to: dayIn(new Date(after[part][item]!), one.zone) }
  }
  return [...found.values()]
}

/** The events of a programme whose dates may still follow the calendar, those below before those above. */
export async function redatable({ read, actor }: Context, code: string): Promise<string[]> {
  const programme = await accessProgramme(read, actor, 'programme.cascade', code)
  if (!programme) throw new Refusal('NOT_FOUND')
  return openEvents(read, programme.id)
}
export async function redateEvents(needs: Needs, context: Context, orderId: string, events: readonly string[], progress?: (done: number, total: number) => void): Promise<void> {
  for (const [n, eventId] of events.entries()) {
    await followChildren(needs, context, orderId, eventId)
    if (n % 20 === 19 || n === events.length - 1) progress?.(n + 1, events.length)
  }
}

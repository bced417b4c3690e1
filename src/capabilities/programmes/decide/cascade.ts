// A cascade: units × days × what exists → only what is missing, as chunks that one fact each can carry.
import type { ProgrammeCascaded, ProgrammesRefused, Rules, Schedule, TemplateBody } from '../contract.ts'
import { addDays, dayIn } from '../../../pure/calendar.ts'
import { isWorkday } from '../../../pure/calendar-country.ts'
import type { Country } from '../../../pure/calendar-country.ts'
import { fold } from '../../../pure/text.ts'
import { dueTooEarly, saidTooEarly } from './after.ts'
import type { Early } from './after.ts'
import { childCodes, classOf, scheduleOf } from './schedule.ts'

/** A unit of the owner's subtree, in the order of its path; `path` orders and nests. */
export type CascadeUnit = { id: string; code: string; kind: string; parentId: string | null; path: string; scheme: string }
export type ListLine = { line: number; code: string; class?: string | undefined; day?: string | undefined; time?: string | undefined }
export type Existing = { eventId: string; unitId: string; class: string; day: string | null; opens: string; milestones: Record<string, string> }
export type CascadeAsk = {
  programme: { id: string; code: string; madeAt: string; templateVersionId: string; unitId: string; zone: string; gate: 'open' | 'pilot' | 'released'; rules: Rules }
  body: TemplateBody; country: Country
  units: readonly CascadeUnit[]; existing: readonly Existing[]
  /** Lists that were handed in: only these units, these days. */
  only?: readonly ListLine[] | undefined; dates?: readonly ListLine[] | undefined
  eventId: (unitId: string) => string
}
export type NewEvent = { eventId: string; unit: CascadeUnit; issuer: string; schedule: Schedule; pilot: boolean; handed: { item: string; unitId: string }[] }
export type Problem = { line: number; vi: string; en: string }
export type CascadePlan = {
  events: NewEvent[]; existing: number; waiting: number; tasks: number; requirements: number
  /** Events that exist and have new events below: their dates may follow. */
  parents: string[]
  warnings: { vi: string; en: string }[]
}
export type CascadeAnswer = { plan: CascadePlan } | { refused: ProgrammesRefused; data: Record<string, unknown> }

/** Units between two pauses. */
const STEP = 250

/** Without a day of its own, a unit's place in its level's span follows from its place among the units beside it: every parent's units spread over the whole span. */
function staggered(units: readonly CascadeUnit[], span: { from: string; until: string }, country: Country): Map<string, string> {
  const days: string[] = []
  for (let day = span.from; day <= span.until; day = addDays(day, 1)) if (isWorkday(day, country)) days.push(day)
  if (days.length === 0) days.push(span.from)
  return new Map([...Map.groupBy(units, (u) => u.parentId)].flatMap(([parent, beside]) => {
    const offset = share(parent ?? '') / beside.length
    return beside.map((unit, i) => [unit.id, days[Math.min(days.length - 1, Math.floor((i / beside.length + offset) * days.length))]!] as const)
  }))
}

/** 0 ≤ x < 1, always the same for the same text (FNV-1a): who is in which share. */
export function share(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}
function classFor(unit: CascadeUnit, named: string | undefined, rules: Rules, body: TemplateBody): string {
  const set = named ?? rules.classes.units[unit.code] ?? rules.classes.kinds[unit.kind]
  if (set !== undefined) return set
  let left = share(unit.code)
  for (const [code, part] of Object.entries(rules.classes.shares[unit.kind] ?? {})) { if (left < part) return code; left -= part }
  return (body.classes.find((c) => c.kinds.includes(unit.kind)) ?? body.classes[0]!).code
}

const below = (unit: CascadeUnit, root: CascadeUnit): boolean => unit.path.startsWith(root.path) && unit.id !== root.id

export function planCascade(ask: CascadeAsk): CascadeAnswer {
  const steps = planInSteps(ask)
  for (;;) { const step = steps.next(); if (step.done) return step.value }
}

/** The same with a pause after every few hundred units: the plan of a country takes the better part of a second, in which a server must answer others. */
export function* planInSteps(ask: CascadeAsk): Generator<void, CascadeAnswer> {
  const { programme, body, country, units } = ask
  const { rules } = programme
  const problems: Problem[] = []
  const warnings: CascadePlan['warnings'] = []
  const byCode = Map.groupBy(units, (u) => u.code)
  const find = ({ line, code }: ListLine): CascadeUnit | undefined => {
    const found = byCode.get(code) ?? []
    const unit = found.find((u) => u.scheme === rules.scheme) ?? found[0]
    if (!unit) problems.push({ line, vi: `không có đơn vị “${code}” trong phạm vi của đợt`, en: `there is no unit “${code}” below the programme's own` })
    return unit
  }
  const lists = new Map<string, { class?: string; day?: string; opens?: string; line: number }>()
  const take = (lines: readonly ListLine[], what: 'units' | 'dates') => {
    const seen = new Set<string>()
    for (const entry of lines) {
      const unit = find(entry)
      if (!unit) continue
      if (seen.has(unit.id)) problems.push({ line: entry.line, vi: `đơn vị “${entry.code}” có hai lần`, en: `the unit “${entry.code}” stands twice` })
      seen.add(unit.id)
      const size = entry.class === undefined ? undefined : classOf(body, entry.class) ?? body.classes.find(({ name }) => [name.vi, name.en].some((one) => [fold(entry.class!), `quy mo ${fold(entry.class!)}`].includes(fold(one))))
      if (entry.class && !size) problems.push({ line: entry.line, vi: `mẫu không có quy mô “${entry.class}” (có: ${body.classes.map(({ name }) => name.vi).join(', ')})`, en: `the template has no size “${entry.class}” (there are: ${body.classes.map(({ name }) => name.en).join(', ')})` })
      const known = lists.get(unit.id)
      lists.set(unit.id, { line: entry.line, ...known, ...(size ? { class: size.code } : {}), ...(entry.day ? { day: entry.day } : {}), ...(entry.time ? { opens: entry.time } : {}) })
    }
    return what === 'units' ? seen : undefined
  }
  const named = ask.only ? take(ask.only, 'units') : undefined
  if (ask.dates) take(ask.dates, 'dates')
  if (problems.length > 0) return { refused: 'LIST_FAULTY', data: { count: problems.length, line: problems[0]!.line, first: problems[0]!.vi, firstEn: problems[0]!.en, problems: problems.slice(0, 100) } }

  const spanned = Object.keys(rules.spans)
  const kinds = rules.kinds.length > 0 ? rules.kinds : body.levels.length > 0 ? body.levels : spanned
  const only = rules.only && new Set(rules.only)
  const listed = !named && !only && Object.keys(rules.spans).length === 0 && ask.dates ? new Set(lists.keys()) : undefined
  const under = rules.under ?? null
  const top = under === null ? undefined : (byCode.get(under) ?? []).find((u) => u.scheme === rules.scheme) ?? byCode.get(under)?.[0]
  if (under !== null && !top) return { refused: 'LIST_FAULTY', data: { count: 1, line: 0, first: `không có đơn vị “${under}” trong phạm vi của đợt`, firstEn: `there is no unit “${under}” below the programme's own`, problems: [] } }
  const inside = (u: CascadeUnit) => !top || u.path.startsWith(top.path)
  const wanted = units.filter((u) => inside(u) && (named ? named.has(u.id) : listed ? listed.has(u.id) : only ? only.has(u.code) : (kinds.length === 0 || kinds.includes(u.kind)) && u.scheme === rules.scheme))

  const here = new Map(ask.existing.map((e) => [e.unitId, e]))
  const spanDays = new Map<string, string>()
  for (const [kind, span] of Object.entries(rules.spans)) for (const [id, day] of staggered(wanted.filter((u) => u.kind === kind), span, country)) spanDays.set(id, day)
  const pilots = new Set(rules.pilots)
  const missing = wanted.filter((u) => !here.has(u.id))
  const going = programme.gate === 'pilot' ? missing.filter((u) => pilots.has(u.code)) : missing
  const waiting = missing.length - going.length
  if (going.length === 0 && waiting > 0) return { refused: 'PILOT_FIRST', data: { waiting } }

  yield
  const dayless = going.filter((u) => !(lists.get(u.id)?.day ?? spanDays.get(u.id)))
  if (dayless.length > 0) return { refused: 'DAYS_MISSING', data: { count: dayless.length, first: dayless[0]!.code } }

  const going_ = new Set(going.map((u) => u.id))
  const byId = new Map(units.map((u) => [u.id, u]))
  const hostAbove = (unit: CascadeUnit): string | undefined => {
    for (let up = unit.parentId === null ? undefined : byId.get(unit.parentId); up; up = up.parentId === null ? undefined : byId.get(up.parentId)) if (going_.has(up.id) || here.has(up.id)) return up.id
    return undefined
  }
  const codes = childCodes(body)
  // Days of the children's milestones by host: children first, so that a host finds them done.
  const childDays = new Map<string, { count: number; days: Map<string, string[]> }>()
  const tell = (host: string | undefined, milestones: Record<string, string>, zone: string) => {
    if (host === undefined) return
    const known = childDays.get(host) ?? { count: 0, days: new Map<string, string[]>() }
    known.count++
    for (const code of codes) if (milestones[code] !== undefined) known.days.set(code, [...(known.days.get(code) ?? []), dayIn(new Date(milestones[code]), zone)])
    childDays.set(host, known)
  }
  const parents = new Set<string>()
  const depths: CascadeUnit[][] = []
  for (const unit of units) if (going_.has(unit.id) || here.has(unit.id)) (depths[unit.path.split('.').length] ??= []).push(unit)
  const deepFirst = depths.reverse().flat()
  const cache = new Map<string, Schedule>()
  const events: NewEvent[] = []
  yield
  for (const [n, unit] of deepFirst.entries()) {
    if (n % STEP === 0) yield
    const host = hostAbove(unit)
    const old = here.get(unit.id)
    if (old) { tell(host, old.milestones, programme.zone); continue }
    const list = lists.get(unit.id)
    const plan = {
      kind: unit.kind, class: classFor(unit, list?.class, rules, body), day: list?.day ?? spanDays.get(unit.id)!, opens: list?.opens ?? body.opens, zone: programme.zone, country,
      children: extremes(childDays.get(unit.id)?.days), childCount: childDays.get(unit.id)?.count ?? 0,
    }
    if (!classOf(body, plan.class)) return { refused: 'LIST_FAULTY', data: { count: 1, line: list?.line ?? 0, first: `mẫu không có cấp độ sự kiện “${plan.class}”`, firstEn: `the template has no event class “${plan.class}”`, problems: [] } }
    const key = [plan.kind, plan.class, plan.day, plan.opens, plan.childCount, ...[...plan.children].flat(2)].join('|')
    let schedule = cache.get(key)
    if (!schedule) cache.set(key, schedule = scheduleOf(body, plan))
    tell(host, schedule.milestones, programme.zone)
    if (host !== undefined && here.has(host)) parents.add(here.get(host)!.eventId)
    events.push({ eventId: ask.eventId(unit.id), unit, issuer: unit.parentId ?? unit.id, schedule, pilot: pilots.has(unit.code), handed: handedOn(body, unit, schedule, units) })
  }
  const outside = [...new Set(events.map((e) => Number(e.schedule.day.slice(0, 4))))].filter((year) => !country.years.has(year))
  if (outside.length > 0) warnings.push({ vi: `Chưa có lịch nghỉ lễ năm ${outside.join(', ')}: chỉ trừ ngày nghỉ hằng tuần.`, en: `No public holidays are known for ${outside.join(', ')}: only weekly days off count.` })
  // Events with one schedule have the same order of dates, so each schedule is looked at once.
  const early = new Map<string, Early & { n: number }>()
  for (const [schedule, all] of Map.groupBy(events, (e) => e.schedule)) for (const one of dueTooEarly(body, schedule, (at) => dayIn(new Date(at), programme.zone))) early.set(`${one.task} ${one.waits}`, { ...one, n: (early.get(`${one.task} ${one.waits}`)?.n ?? 0) + all.length })
  warnings.push(...saidTooEarly(body, [...early.values()]))
  const tasks = events.reduce((sum, e) => sum + Object.keys(e.schedule.due).length + e.handed.length, 0)
  const requirements = events.reduce((sum, e) => sum + Object.keys(e.schedule.requirements).length, 0)
  yield
  // Neighbours in time and class share schedules, so a chunk carries few of them; by id within, so that its rows lie together in the indexes.
  const alike = Map.groupBy(events, ({ schedule: { kind, class: of, day } }) => `${kind} ${of} ${day}`)
  const sorted: NewEvent[] = []
  for (const key of [...alike.keys()].toSorted()) {
    sorted.push(...alike.get(key)!.sort((a, b) => (a.eventId < b.eventId ? -1 : 1)))
    yield
  }
  return { plan: { events: sorted, existing: wanted.length - missing.length, waiting, tasks, requirements, parents: codes.length > 0 ? [...parents] : [], warnings } }
}

/** Only the first and the last day of each code matter: fewer differing schedules. */
const extremes = (days: Map<string, string[]> | undefined): Map<string, string[]> =>
  new Map([...(days ?? [])].map(([code, all]) => [code, [...new Set([all.reduce((a, b) => (a < b ? a : b)), all.reduce((a, b) => (a > b ? a : b))])]]))

/** An item with `to` goes on to every unit of the first of its kinds that exists below the host. */
export function handedOn(body: TemplateBody, host: CascadeUnit, schedule: { due: Record<string, string> }, units: readonly CascadeUnit[]): { item: string; unitId: string }[] {
  const items = body.tasks.filter((t) => t.to && schedule.due[t.code] !== undefined)
  if (items.length === 0) return []
  const under = units.filter((u) => below(u, host))
  return items.flatMap((t) => {
    const kind = t.to!.find((k) => under.some((u) => u.kind === k))
    return kind === undefined ? [] : under.filter((u) => u.kind === kind && u.scheme === host.scheme).map((u) => ({ item: t.code, unitId: u.id }))
  })
}

/** One fact for so many events. Schedules that its events share stand in it once. */
export function cascadeFact(ask: Pick<CascadeAsk, 'programme'>, events: readonly NewEvent[], part: { run: string; done: number; total: number }): ProgrammeCascaded {
  const schedules = [...new Set(events.map((e) => e.schedule))]
  const index = new Map(schedules.map((s, i) => [s, i]))
  const { id, code, madeAt, templateVersionId, zone } = ask.programme
  return {
    type: 'programme.cascaded.v1', programmeId: id, programmeCode: code, madeAt, templateVersionId, zone, ...part, schedules,
    events: { ids: events.map((e) => e.eventId), units: events.map((e) => e.unit.id), issuers: events.map((e) => e.issuer), schedule: events.map((e) => index.get(e.schedule)!), pilot: events.map((e) => e.pilot) },
    handed: { events: events.flatMap((e) => e.handed.map(() => e.eventId)), items: events.flatMap((e) => e.handed.map((h) => h.item)), units: events.flatMap((e) => e.handed.map((h) => h.unitId)) },
  }
}

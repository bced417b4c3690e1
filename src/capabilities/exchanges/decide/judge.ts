// What taking a package in would do with each record: new, changed, here already, or not taken and why. No database: what is here was asked for before.
import { dayIn } from '../../../pure/calendar.ts'
import type { AnyRecord, RecordKind, Shapes, UnitRef } from '../contract/package.ts'
import type { Reason } from '../contract/refusals.ts'

/** What was said of a task; it comes with the task. */
const SAID = ['act', 'answer', 'asking', 'extended'] as const
export type Said = (typeof SAID)[number]
type SaidItem = { [K in Said]: { kind: K; record: Shapes['task']; hash: string } }[Said]
export const isSaid = (item: Item): item is SaidItem => SAID.includes(item.kind as Said)
export type Item = { [K in keyof Shapes]: { kind: K; record: Shapes[K]; hash: string } }[keyof Shapes] | SaidItem
export type UnitHere = { id: string; path: string; name: string }
export type Known = { localId: string; hash: string; changedAt: string }
export type TaskHere = { unitId: string; unitPath: string; issuerPath: string | null; version: number; state: string; /** When it was last returned. */ returnedAt: Date | null; dueAt: Date | null; /** Asked for here and waiting. */ extension: { until: Date; askedAt: Date } | null }
export type ReportHere = { reportId: string; state: string; version: number }
export type Here = {
  /** Of this installation. */
  origin: string
  units: ReadonlyMap<string, UnitHere>
  /** For what the sender's key speaks; at or below what the package is taken in. */
  keyPath: string
  ourPath: string
  known: ReadonlyMap<string, Known>
  /** By their id here. */
  tasks: ReadonlyMap<string, TaskHere>
  reports: ReadonlyMap<string, ReportHere>
}
export type Verdict = { verdict: 'new' | 'changed' | 'here'; localId: string | null; unit: UnitHere | null } | { verdict: 'refused'; why: Reason; data: Record<string, string>; localId: null; unit: null }

export const nameOf = (kind: RecordKind, { home, id }: { home: string; id: string }): string => `${kind} ${home} ${id}`
export const unitKey = ({ scheme, code }: UnitRef): string => `${scheme} ${code}`
export const reportKey = ({ request, form, unit, on }: Pick<Shapes['report'], 'request' | 'form' | 'unit' | 'on'>): string => `${request.home} ${request.id} ${form} ${unitKey(unit)} ${on}`

const no = (why: Reason, data: Record<string, string> = {}): Verdict => ({ verdict: 'refused', why, data, localId: null, unit: null })
const where = (unit: UnitHere | undefined, ref: UnitRef): Verdict | undefined => (unit ? undefined : no('UNIT_NOT_HERE', { code: ref.code, name: ref.name }))
const within = (path: string | null | undefined, top: string): boolean => path !== null && path !== undefined && path.startsWith(top)

/** `fresh`: names of records that this very package brings, so what is about them will find them. */
export function judge(item: Item, here: Here, fresh: ReadonlySet<string>): Verdict {
  const { kind, record, hash } = item
  const known = here.known.get(nameOf(kind, record))
  const mine = record.home === here.origin
  const unitOf = (ref: UnitRef) => here.units.get(unitKey(ref))
  const same = known && (known.hash === hash || Date.parse(known.changedAt) >= Date.parse(isSaid(item) ? item.record[item.kind]!.at : record.at))
  if (same) return { verdict: 'here', localId: known.localId, unit: null }
  if (kind === 'directive') {
    const issuer = unitOf(record.issuer)
    if (mine) return { verdict: 'here', localId: record.id, unit: null }
    return where(issuer, record.issuer) ?? theirs(issuer!, here) ?? { verdict: known ? 'here' : 'new', localId: known?.localId ?? null, unit: issuer! }
  }
  if (kind === 'answer' || kind === 'asking') {
    const local = mine ? record.id : here.known.get(nameOf('task', record))?.localId
    const task = local === undefined ? undefined : here.tasks.get(local)
    const unit = task ? { id: task.unitId, path: task.unitPath, name: record.unit.name } : unitOf(record.unit)
    const wrong = where(unit, record.unit) ?? theirs(unit!, here) ?? ours(unit!, here)
    if (wrong) return wrong
    if (!task) return !mine && fresh.has(nameOf('task', record)) ? { verdict: 'new', localId: null, unit: unit! } : no('TASK_NOT_HERE')
    const step = kind === 'answer' ? answerNow(record.answer!, task) : askingNow(record.asking!, task)
    return step === 'past' ? no('PAST_THAT') : step === 'here' ? { verdict: 'here', localId: local!, unit: null } : { verdict: known ? 'changed' : 'new', localId: local!, unit: unit! }
  }
  if (kind === 'extended') {
    const local = mine ? undefined : here.known.get(nameOf('task', record))?.localId
    const task = local === undefined ? undefined : here.tasks.get(local)
    // The new date itself comes with the task; this ends what waits here.
    if (!task?.extension || Date.parse(record.extended!.at) <= task.extension.askedAt.getTime()) return { verdict: 'here', localId: local ?? null, unit: null }
    return within(task.issuerPath, here.keyPath) ? { verdict: known ? 'changed' : 'new', localId: local!, unit: { id: task.unitId, path: task.unitPath, name: record.unit.name } } : no('NOT_THEIRS', { name: record.issuer.name })
  }
  if (kind === 'task' || kind === 'act') {
    if (mine) return { verdict: 'here', localId: record.id, unit: null }
    const [issuer, unit] = [unitOf(record.issuer), unitOf(record.unit)]
    const wrong = where(issuer, record.issuer) ?? where(unit, record.unit) ?? theirs(issuer!, here) ?? ours(unit!, here)
    if (wrong) return wrong
    const local = kind === 'task' ? known?.localId : here.known.get(nameOf('task', record))?.localId
    const task = local === undefined ? undefined : here.tasks.get(local)
    // Whoever gave it may change it, and no other sender that names it.
    if (task && !within(task.issuerPath, here.keyPath)) return no('NOT_THEIRS', { name: record.issuer.name })
    if (kind === 'act') return task || fresh.has(nameOf('task', record)) ? { verdict: known ? 'changed' : 'new', localId: local ?? null, unit: unit! } : no('TASK_NOT_HERE')
    if (!known && record.act?.what === 'withdrawn') return no('WITHDRAWN')
    return { verdict: known ? 'changed' : 'new', localId: local ?? null, unit: unit! }
  }
  if (kind === 'work') {
    const local = record.task.home === here.origin ? record.task.id : here.known.get(nameOf('task', record.task))?.localId
    const task = local === undefined ? undefined : here.tasks.get(local)
    if (mine) return { verdict: 'here', localId: record.id, unit: null }
    if (!task) {
      const unit = unitOf(record.unit)
      return fresh.has(nameOf('task', record.task)) && unit ? theirs(unit, here) ?? { verdict: 'new', localId: null, unit } : no('TASK_NOT_HERE')
    }
    // Of the unit that leads it here, whatever the record says.
    const unit = { id: task.unitId, path: task.unitPath, name: record.unit.name }
    return theirs(unit, here) ?? ours(unit, here) ?? { verdict: 'new', localId: local!, unit }
  }
  const unit = unitOf(record.unit)
  if (mine) return { verdict: 'here', localId: record.id, unit: null }
  const wrong = where(unit, record.unit) ?? theirs(unit!, here)
  if (wrong) return wrong
  if (kind === 'request') {
    const asked = record.units.map(unitOf)
    const missing = record.units.find((_, i) => !asked[i])
    const foreign = asked.find((one) => one && !within(one.path, here.ourPath))
    return missing ? no('UNIT_NOT_HERE', { code: missing.code, name: missing.name }) : foreign ? no('UNIT_NOT_OURS', { name: foreign.name }) : { verdict: known ? 'here' : 'new', localId: known?.localId ?? null, unit: unit! }
  }
  if (kind === 'plan') return { verdict: known ? 'changed' : 'new', localId: known?.localId ?? null, unit: unit! }
  const found = here.reports.get(reportKey(record))
  return ours(unit!, here) ?? (found ? { verdict: known || found.state === 'submitted' || found.state === 'signed' ? 'changed' : 'new', localId: found.reportId, unit: unit! } : no('NOT_ASKED'))
}
const OPEN = ['assigned', 'accepted', 'under_way', 'returned']
/** What was said before a task was returned is no answer to that. */
function answerNow({ what, at }: NonNullable<Shapes['task']['answer']>, task: TaskHere): 'apply' | 'here' | 'past' {
  if (task.state === 'assigned') return 'apply'
  if (what === 'refused') return task.state === 'refused' || task.state === 'returned' ? 'here' : 'past'
  return task.state === 'returned' && task.returnedAt !== null && Date.parse(at) > task.returnedAt.getTime() ? 'apply' : 'here'
}
function askingNow({ until }: NonNullable<Shapes['task']['asking']>, task: TaskHere): 'apply' | 'here' | 'past' {
  if (!OPEN.includes(task.state)) return 'past'
  const wanted = Date.parse(until)
  return task.extension?.until.getTime() === wanted || (task.dueAt !== null && task.dueAt.getTime() >= wanted) ? 'here' : 'apply'
}
const theirs = (unit: UnitHere, here: Here): Verdict | undefined => (within(unit.path, here.keyPath) ? undefined : no('NOT_THEIRS', { name: unit.name }))
const ours = (unit: UnitHere, here: Here): Verdict | undefined => (within(unit.path, here.ourPath) ? undefined : no('UNIT_NOT_OURS', { name: unit.name }))

export const titleOf = ({ kind, record }: Item): string => (kind === 'plan' && record.number ? `${record.number} ${record.title}` : kind === 'report' ? `${record.title} (${record.on.split('-').reverse().join('/')})` : record.title)
const dayOf = (iso: string, zone: string): string => dayIn(new Date(iso), zone).split('-').reverse().join('/')
/** What was said, for the preview: the title says only of which task. */
export function noteOf(item: Item, lang: 'vi' | 'en', zone: string): string | null {
  if (!isSaid(item)) return null
  const { kind, record } = item
  const { text } = record[kind]!
  const what = kind === 'asking' ? NOTES.asking[lang].replace('{until}', dayOf(record.asking!.until, record.due?.zone ?? zone)) : NOTES[record[kind]!.what][lang]
  return text ? `${what}: ${text}` : what
}
const NOTES = {
  verified: { vi: 'Xác nhận hoàn thành', en: 'Verified' }, returned: { vi: 'Trả lại', en: 'Returned' }, withdrawn: { vi: 'Thu hồi', en: 'Withdrawn' }, accepted: { vi: 'Nhận nhiệm vụ', en: 'Accepted' }, refused: { vi: 'Từ chối', en: 'Refused' },
  asking: { vi: 'Xin gia hạn đến {until}', en: 'Asks for more time, until {until}' }, granted: { vi: 'Đồng ý gia hạn', en: 'Extension granted' }, declined: { vi: 'Không đồng ý gia hạn', en: 'Extension declined' },
} as const
export const unitNamed = ({ kind, record }: Item): string => (kind === 'directive' ? record.issuer.name : record.unit.name)
export type { AnyRecord }

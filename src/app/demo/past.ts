// What has happened so far: most is done in time, some late, some overdue, returned or waiting, in some provinces more than in others.
import { sql } from 'kysely'
import type { TasksRecalled, TaskState } from '../../capabilities/tasks/contract/facts.ts'
import type { EventsRecalled } from '../../capabilities/programmes/contract/facts.ts'
import { said } from '../../capabilities/tasks/routes/said.ts'
import type { PrivateText } from '../../kernel/commit.ts'
import { rows } from '../../kernel/db.ts'
import type { Reader } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/ids.ts'
import type { Context } from '../../kernel/rpc.ts'
import { headOf, personOf } from './accounts.ts'
import { chance } from './chance.ts'

export type Place = { id: string; code: string; scheme: string; name: string; kind: string; path: string }
type Row = {
  id: string; programmeId: string; item: string; dueAt: Date; kind: string | null; days: number | null; targetKind: string | null; targetCount: number | null
  unitId: string; code: string; scheme: string; path: string; eventAt: Date
}
type Evidence = { label: string | null; on: string | null; expiresAt: string | null }
type Entry = { row: Row; state: TaskState; at: Date; reached: number | null; base: number | null; evidence: Evidence | null; reason: string | null }
export type Lot = { programmeId: string; entries: Entry[] }

const DAY = 86_400_000
const before = (at: Date, days: number): Date => new Date(at.getTime() - days * DAY)
const PER_FACT = 2000

const LABELS: Record<string, string> = {
  paper: 'Quyết định số {n}/QĐ-BCĐ', plan: 'Phương án số {n}/PA-BCĐ', survey: 'Biên bản khảo sát số {n}/BB', number: 'Bảng tính số {n}', report: 'Báo cáo số {n}/BC-BCĐ', inspection: 'Biên bản kiểm tra số {n}/BB-KT',
  check: 'Biên bản thử nghiệm số {n}/BB', stock: 'Phiếu xuất kho số {n}', roster: 'Lịch trực số {n}/LT', muster: 'Danh sách quân số số {n}', scenario: 'Phương án xử lý tình huống số {n}', drill: 'Báo cáo kết quả diễn tập số {n}/BC', notice: 'Thông báo số {n}/TB-UBND',
}
const RETURNED = ['Thiếu chữ ký của người phụ trách.', 'Số liệu chưa khớp với báo cáo trước.', 'Chưa có biên bản kiểm tra kèm theo.', 'Phương án chưa nêu lối thoát dự phòng.']
const pick = <T>(list: readonly T[], share: number): T => list[Math.floor(share * list.length)]!

/** Decides once for all tasks; the answer gives those that came to their state after `from` (null: ever) and not after `until`. */
export async function runsOf(read: Reader, at: Date, shown: string): Promise<(from: Date | null, until: Date) => Lot[]> {
  const found = await rows(read, sql<Row>`
    select t.id, t.programme_id as "programmeId", t.item, t.due_at as "dueAt", t.evidence_kind as kind, i.evidence_days as days, t.target_kind as "targetKind", t.target_count::float8 as "targetCount",
      t.unit_id as "unitId", u.code, u.scheme, u.path, e.opens_at as "eventAt"
    from tasks t join public_units_tree u on u.unit_id = t.unit_id join public_programmes_events e on e.event_id = t.event_id
      join public_programmes_items i on i.template_version_id = t.template_version_id and i.item = t.item
    where t.parts is null and t.due_at < ${new Date(at.getTime() + 45 * DAY)} order by t.event_id, t.id`)
  // By event, as they were made: in the order of time each lot would touch two thousand places of the table.
  const entries = found.flatMap((row) => { const entry = decided(row, at, row.unitId === shown); return entry ? [entry] : [] })
  return (from, until) => {
    const now = entries.filter((e) => (from === null || e.at > from) && e.at <= until)
    return [...Map.groupBy(now, (e) => e.row.programmeId)].flatMap(([programmeId, all]) => Array.from({ length: Math.ceil(all.length / PER_FACT) }, (_, i) => ({ programmeId, entries: all.slice(i * PER_FACT, (i + 1) * PER_FACT) })))
  }
}

function decided(row: Row, at: Date, shown: boolean): Entry | undefined {
  const [roll, when] = [chance(`${row.code} ${row.item} state`), chance(`${row.code} ${row.item} when`)]
  const due = row.dueAt
  // Some provinces have more that is late: between half and almost twice the usual share.
  const burden = 0.5 + 1.4 * chance(`${row.path.split('.').slice(0, 2).join('.')} burden`)
  const late = 0.03 * burden
  const entry = (state: TaskState, then: Date, reason: string | null = null): Entry => {
    const made = new Date(Math.min(then.getTime(), at.getTime() - 3_600_000 * (1 + 20 * when)))
    const given = state === 'verified' || state === 'reported' || state === 'returned'
    const whole = row.targetCount === null ? null : row.targetKind === 'all' ? 3 + Math.floor(when * 20) : row.targetKind === 'percent' ? 40 + Math.floor(when * 200) : row.targetCount
    const reached = whole === null ? null : given ? whole : state === 'under_way' ? Math.floor(whole * (0.2 + 0.6 * when)) : 0
    const label = (LABELS[row.kind ?? ''] ?? 'Báo cáo số {n}').replace('{n}', String(1 + Math.floor(chance(`${row.code} ${row.item} n`) * 240)))
    return { row, state, at: made, reached, base: row.targetKind === 'number' ? null : whole, reason, evidence: given ? { label, on: made.toISOString().slice(0, 10), expiresAt: null } : null }
  }
  // What must be fresh is not done weeks ahead.
  const early = (days: number) => before(due, row.days !== null && row.days < 10 ? 0.8 * when : days)
  const returned = (then: Date) => entry('returned', then, pick(RETURNED, when))
  // Where the exit is locked all else is in order, so that the one red line is seen.
  if (shown && due <= at) {
    const fine = entry('verified', early(1 + 5 * when))
    return row.item === 'T09' ? { ...fine, evidence: { label: 'Lối thoát số 2 bị khóa', on: before(at, 20).toISOString().slice(0, 10), expiresAt: before(at, 3).toISOString() } } : fine
  }
  if (row.eventAt < before(at, 10)) return entry(roll < 0.97 ? 'verified' : 'reported', when < 0.06 * burden ? new Date(due.getTime() + DAY * (1 + 40 * when)) : early(9 * when))
  if (due <= at) {
    if (roll < late) return entry(roll < late / 3 ? 'accepted' : 'under_way', before(due, 12 + 20 * when))
    if (roll < late * 1.25) return returned(before(due, 2 * when))
    if (roll < late * 1.25 + 0.05) return entry('reported', before(due, 3 * when))
    if (roll < late * 1.25 + 0.05 + 0.06 * burden) return entry('verified', new Date(due.getTime() + DAY * (1 + 5 * when)))
    return entry('verified', early(1 + 12 * when))
  }
  // Still ahead: the nearer, the more is done already.
  const ahead = (due.getTime() - at.getTime()) / DAY
  if (ahead > 30) return roll < 0.35 ? entry('accepted', before(at, 20 * when)) : undefined
  if (roll < 0.25 - ahead / 150) return entry('verified', before(at, 8 * when))
  if (roll < 0.32 - ahead / 150) return entry('reported', before(at, 4 * when))
  if (roll < 0.333) return returned(before(at, 3 * when))
  if (roll < 0.62) return entry('under_way', before(at, 15 * when))
  return roll < 0.9 ? entry('accepted', before(at, 20 * when)) : undefined
}

export async function recall({ commit }: Context, lots: Lot[]): Promise<void> {
  for (const { programmeId, entries } of lots) {
    const texts: PrivateText[] = []
    const fact: TasksRecalled = { type: 'tasks.recalled.v1', programmeId, ids: [], states: [], at: [], by: [], reached: [], base: [], evidence: [], reasons: [] }
    for (const { row, state, at, reached, base, evidence, reason } of entries) {
      const words = reason === null ? undefined : said(reason, `task:${row.id}`, state, at)
      if (words) texts.push(words.private)
      fact.ids.push(row.id); fact.states.push(state); fact.at.push(at.toISOString()); fact.by.push(personOf(headOf(row)))
      fact.reached.push(reached); fact.base.push(base); fact.evidence.push(evidence); fact.reasons.push(words?.ref ?? null)
    }
    await commit({ id: uuidv7(), kind: 'tasks.recall.v1', streams: [`programme:${programmeId}`], body: { from: entries[0]!.row.id, tasks: entries.length }, alone: true }, async () => ({ facts: [fact], private: texts, answer: {} }))
  }
}

/** Where each event stands: those that are over are closed, those of these days live, those near ready or in preparation. */
export async function phases({ read, commit }: Context, day: Date): Promise<void> {
  const events = await rows(read, sql<{ id: string; programmeId: string; phase: string; opensAt: Date }>`
    select event_id as id, programme_id as "programmeId", phase, opens_at as "opensAt" from public_programmes_events where opens_at < ${new Date(day.getTime() + 60 * DAY)} order by opens_at, event_id`)
  const phaseOf = (opensAt: Date): EventsRecalled['phases'][number] => {
    const left = (opensAt.getTime() - day.getTime()) / DAY
    return left < -2 ? 'closed' : left < 0.5 ? 'live' : left < 4 ? 'ready' : 'preparing'
  }
  for (const [programmeId, all] of Map.groupBy(events.filter((e) => e.phase !== phaseOf(e.opensAt)), (e) => e.programmeId)) {
    for (let i = 0; i < all.length; i += PER_FACT) {
      const part = all.slice(i, i + PER_FACT)
      const fact: EventsRecalled = { type: 'events.recalled.v1', programmeId, ids: part.map((e) => e.id), phases: part.map((e) => phaseOf(e.opensAt)) }
      await commit({ id: uuidv7(), kind: 'events.recall.v1', streams: [`programme:${programmeId}`], body: { from: part[0]!.id, events: part.length }, alone: true }, async () => ({ facts: [fact], answer: {} }))
    }
  }
}

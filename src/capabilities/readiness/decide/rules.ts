// The four checks of the first release, over what the tasks publish. Pure; the sentences stand beside the findings that name them.
import type { Rule } from '../contract.ts'

export type TaskRow = {
  taskId: string; item: string; workstream: string | null; milestone: string | null; state: string; open: boolean; own: boolean; dueAt: Date | null
  evidenceKind: string | null; evidenceAt: Date | null; evidenceLabel: string | null; expiresAt: Date | null
  reached: number; target: number | null; targetUnit: string | null
}
/** Tasks that nobody has touched and that are due later than the horizon of the reading are not listed: two figures stand for them. */
export type TaskEvidence = { rows: TaskRow[]; /** earliest due among the rest */ restDueAt: Date | null; /** milestones that have a task among the rest */ restMilestones: string[] }

const DAY = 86_400_000
const NOTHING: TaskEvidence = { rows: [], restDueAt: null, restMilestones: [] }
const link = (row: TaskRow) => ({ kind: 'task', id: row.taskId, item: row.item })
const earliest = (moments: (Date | null)[]): Date | null => moments.reduce<Date | null>((first, m) => (m && (!first || m < first) ? m : first), null)
const minus = (at: Date | null, ms: number): Date | null => at && new Date(at.getTime() - ms)
/** The first of the moments that is still to come. */
const next = (at: Date, ...moments: (Date | null)[]): Date | null => earliest(moments.filter((m) => m && m > at))
const DONE = new Set(['verified', 'withdrawn', 'refused'])

const noOverdue: Rule<TaskEvidence> = {
  kind: 'no_overdue', source: 'tasks',
  check: ({ at, check, warnDays }, evidence = NOTHING) => {
    const workstreams = Array.isArray(check.workstreams) ? (check.workstreams as string[]) : null
    const risk = warnDays * DAY
    const open = evidence.rows.filter((r) => r.open && r.dueAt && (!workstreams || workstreams.includes(r.workstream ?? '')))
    const overdue = open.filter((r) => r.dueAt! <= at)
    const soon = open.filter((r) => r.dueAt! > at && r.dueAt!.getTime() - risk <= at.getTime())
    const nextAt = next(at, ...open.flatMap((r) => [r.dueAt, minus(r.dueAt, risk)]), evidence.restDueAt, minus(evidence.restDueAt, risk))
    if (overdue.length > 0) return { holds: 'no', why: { code: 'overdue', params: { count: overdue.length, since: earliest(overdue.map((r) => r.dueAt))! } }, links: overdue.slice(0, 5).map(link), nextAt, vacuous: true }
    if (soon.length > 0) return { holds: 'ending', why: { code: 'due_soon', params: { count: soon.length, until: earliest(soon.map((r) => r.dueAt))! } }, links: soon.slice(0, 5).map(link), nextAt, vacuous: true }
    return { holds: 'yes', why: { code: 'none_overdue', params: {} }, links: [], nextAt, vacuous: true }
  },
  sentences: {
    overdue: { vi: '{count} nhiệm vụ quá hạn, sớm nhất từ {since}.', en: '{count} [count:task is|tasks are] overdue, the first since {since}.' },
    due_soon: { vi: '{count} nhiệm vụ sắp đến hạn, sớm nhất {until}.', en: '{count} [count:task falls|tasks fall] due soon, the first on {until}.' },
    none_overdue: { vi: 'Không có nhiệm vụ nào quá hạn.', en: 'No task is overdue.' },
  },
}

const milestone: Rule<TaskEvidence> = {
  kind: 'milestone', source: 'tasks',
  check: ({ at, event, check }, evidence = NOTHING) => {
    const code = String(check.milestone)
    const tied = evidence.rows.filter((r) => r.milestone === code && r.state !== 'withdrawn' && r.state !== 'refused')
    const open = tied.filter((r) => r.open)
    const waiting = tied.filter((r) => !r.open && !DONE.has(r.state))
    const untouched = evidence.restMilestones.includes(code)
    const named = { milestone: code }
    if (tied.length === 0 && !untouched) {
      const passesAt = event.milestones[code] ? new Date(event.milestones[code]) : null
      const passed = passesAt !== null && passesAt <= at
      return { holds: passed ? 'yes' : 'no', why: { code: passed ? 'milestone_passed' : 'milestone_ahead', params: named }, links: [], nextAt: passed ? null : passesAt, vacuous: true }
    }
    if (open.length > 0 || untouched) return { holds: 'no', why: { code: 'milestone_open', params: { ...named, count: open.length } }, links: open.slice(0, 5).map(link) }
    if (waiting.length > 0) return { holds: 'nearly', why: { code: 'milestone_waits', params: { ...named, count: waiting.length } }, links: waiting.slice(0, 5).map(link) }
    return { holds: 'yes', why: { code: 'milestone_reached', params: { ...named, count: tied.length } }, links: tied.slice(0, 5).map(link) }
  },
  sentences: {
    milestone_passed: { vi: 'Đã qua mốc “{milestone}”.', en: 'The milestone “{milestone}” has passed.' },
    milestone_ahead: { vi: 'Chưa đến mốc “{milestone}”.', en: 'The milestone “{milestone}” is still ahead.' },
    milestone_open: { vi: 'Mốc “{milestone}” còn {count} nhiệm vụ chưa xong.', en: 'The milestone “{milestone}” still has {count} [count:task|tasks] to do.' },
    milestone_waits: { vi: 'Mốc “{milestone}” còn {count} nhiệm vụ chờ xác nhận.', en: 'The milestone “{milestone}” has {count} [count:task|tasks] waiting to be verified.' },
    milestone_reached: { vi: 'Đã đạt mốc “{milestone}”: {count} nhiệm vụ được xác nhận.', en: 'The milestone “{milestone}” is reached: {count} [count:task|tasks] verified.' },
  },
}

const evidence: Rule<TaskEvidence> = {
  kind: 'evidence', source: 'tasks',
  check: ({ at, check, warnDays }, found = NOTHING) => {
    const item = String(check.item)
    const row = found.rows.find((r) => r.item === item && r.own)
    const task = { task: item }
    if (!row?.evidenceAt) return { holds: 'no', why: { code: 'evidence_missing', params: task }, links: row ? [link(row)] : [] }
    const what = { ...task, what: row.evidenceLabel ?? '', on: row.evidenceAt }
    const expiresAt = earliest([row.expiresAt, typeof check.maxAgeDays === 'number' ? new Date(row.evidenceAt.getTime() + check.maxAgeDays * DAY) : null])
    const links = [link(row)]
    if (!expiresAt) return { holds: 'yes', why: { code: 'evidence_there', params: what }, links, expiresAt }
    if (expiresAt <= at) return { holds: 'no', why: { code: 'evidence_expired', params: { ...what, days: expiresAt } }, links, expiresAt }
    const warnAt = minus(expiresAt, warnDays * DAY)!
    const nextAt = next(at, warnAt, expiresAt)
    if (warnAt <= at) return { holds: 'ending', why: { code: 'evidence_ending', params: { ...what, until: expiresAt } }, links, expiresAt, nextAt }
    return { holds: 'yes', why: { code: 'evidence_until', params: { ...what, until: expiresAt } }, links, expiresAt, nextAt }
  },
  sentences: {
    evidence_missing: { vi: 'Chưa có minh chứng của nhiệm vụ “{task}”.', en: 'The evidence of “{task}” is missing.' },
    evidence_there: { vi: '{what}: có từ {on}.', en: '{what}: there since {on}.' },
    evidence_until: { vi: '{what}: có từ {on}, hiệu lực đến {until}.', en: '{what}: there since {on}, valid until {until}.' },
    evidence_ending: { vi: '{what}: sắp hết hiệu lực, {until}.', en: '{what}: expires soon, on {until}.' },
    evidence_expired: { vi: '{what}, quá hạn {days} ngày.', en: '{what}, {days} [days:day|days] overdue.' },
  },
}

const target: Rule<TaskEvidence> = {
  kind: 'target', source: 'tasks',
  check: ({ check }, found = NOTHING) => {
    const item = String(check.item)
    const row = found.rows.find((r) => r.item === item && r.own)
    const wanted = row?.target == null ? null : (row.target * (typeof check.percent === 'number' ? check.percent : 100)) / 100
    // "All of them" has no number: the verification says that it is all.
    const met = row !== undefined && (wanted === null ? row.state === 'verified' : row.reached >= wanted)
    const params = { task: item, reached: row?.reached ?? 0, target: row?.target ?? '…' }
    return { holds: met ? 'yes' : 'no', why: { code: met ? 'target_met' : 'target_short', params }, links: row ? [link(row)] : [] }
  },
  sentences: {
    target_met: { vi: '“{task}” đạt chỉ tiêu: {reached}/{target}.', en: '“{task}” has met its target: {reached} of {target}.' },
    target_short: { vi: '“{task}” mới đạt {reached}/{target}.', en: '“{task}” has reached {reached} of {target}.' },
  },
}

export const taskRules = [noOverdue, milestone, evidence, target] as readonly Rule[]

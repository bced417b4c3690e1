// A template file read and checked: its short forms spelled out, every reference followed, everything wrong said with its line.
import type { AgendaPart, Check, Due, EventClass, EvidenceKind, Issue, Milestone, Requirement, TaskItem, TemplateBody, When } from '../contract.ts'
import { EvidenceKind as EvidenceKinds, checkKinds } from '../contract.ts'
import { checkAfter, readAfter } from './after.ts'
import { isDay } from '../../../pure/calendar.ts'
import { FileReader } from '../../../pure/written.ts'
import type { Node } from '../../../pure/written.ts'

const word = (vi: string, en: string) => ({ vi, en })
const MILESTONE = word('mốc', 'milestone'), TASK = word('nhiệm vụ', 'task'), STREAM = word('mảng công tác', 'workstream'), LEVEL = word('cấp', 'level'), REQUIREMENT = word('điều kiện', 'requirement')
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/
const TOP = ['format', 'code', 'name', 'country', 'zone', 'opens', 'levels', 'workstreams', 'milestones', 'classes', 'tasks', 'requirements', 'agenda']

export function readTemplate(text: string): { body: TemplateBody | undefined; issues: Issue[]; code: string | null } {
  const f = new FileReader(text)
  if (!f.ok || !f.map(f.top, TOP)) return { body: undefined, issues: sorted(f.issues), code: null }
  const of = (key: string): Node => f.get(f.top, key)
  const code = f.code(of('code'))
  if (f.has(f.top, 'format') && of('format').value !== 1) f.complain(['format'], 'phải là 1', 'should be 1')

  const workstreams = f.list(of('workstreams')).filter((n) => f.map(n, ['code', 'name'])).map((n) => ({ code: f.code(f.get(n, 'code')), name: f.text(f.get(n, 'name')), node: n }))
  const milestones = f.list(of('milestones')).filter((n) => f.map(n, ['code', 'name', ...WHEN])).map((n) => ({ code: f.code(f.get(n, 'code')), name: f.text(f.get(n, 'name')), when: readWhen(f, n), node: n }))
  const tasks = f.list(of('tasks')).filter((n) => f.map(n, TASK_KEYS)).map((n) => ({ ...readTask(f, n), node: n }))
  const requirements = f.list(of('requirements'), true).filter((n) => f.map(n, ['code', 'name', 'by', 'level', 'levels', 'holds', 'warn_days', 'check'])).map((n) => ({ ...readRequirement(f, n), node: n }))
  const agenda = f.list(of('agenda'), true).filter((n) => f.map(n, ['code', 'name', 'day', 'from', 'until', 'level', 'levels'])).map((n) => ({ ...readPart(f, n), node: n }))
  for (const part of [workstreams, milestones, tasks, requirements, agenda]) once(f, part)

  // Without `levels` any kind of unit may hold an event, so a level that a task names cannot be checked.
  const levels = f.has(f.top, 'levels') ? f.codes(of('levels')).map((l) => l.code) : []
  const set = (list: readonly { code: string }[]) => new Set(list.map((x) => x.code))
  const known = { milestones: set(milestones), tasks: set(tasks), streams: set(workstreams), levels: new Set(levels), requirements: set(requirements) }
  const levelKnown = (n: Node, list: readonly string[] | null) => { if (levels.length > 0) for (const l of list ?? []) f.known(l, n, known.levels, LEVEL) }
  for (const m of milestones) if ('child' in m.when) f.known(m.when.child, f.get(m.node, 'child'), known.milestones, MILESTONE)
  for (const t of tasks) {
    f.known(t.workstream, f.get(t.node, f.has(t.node, 'stream') ? 'stream' : 'workstream'), known.streams, STREAM)
    const named = 'milestone' in t.due ? t.due.milestone : 'child' in t.due ? t.due.child : undefined
    if (named !== undefined) f.known(named, f.get(t.node, 'due'), known.milestones, MILESTONE)
    levelKnown(t.node, t.levels)
  }
  checkAfter(f, tasks, known)
  for (const a of agenda) levelKnown(a.node, a.levels)
  const byTask = new Map(tasks.map((t) => [t.code, t]))
  for (const r of requirements) {
    f.known(r.by, f.get(r.node, 'by'), known.milestones, MILESTONE)
    levelKnown(r.node, r.levels)
    const at = f.get(r.node, 'check')
    const { check } = r
    if (check.kind === 'milestone' && 'milestone' in check) f.known(check.milestone as string, f.get(at, 'milestone'), known.milestones, MILESTONE)
    if (check.kind === 'no_overdue') for (const s of (check as { workstreams?: string[] }).workstreams ?? []) f.known(s, f.get(at, 'workstreams'), known.streams, STREAM)
    const item = (check.kind === 'evidence' || check.kind === 'target') && 'item' in check ? check.item as string : undefined
    if (item === undefined) continue
    f.known(item, f.get(at, 'item'), known.tasks, TASK)
    const task = byTask.get(item)
    if (task && check.kind === 'evidence' && !task.evidence) f.complain(f.get(at, 'item').path, `là nhiệm vụ ${item}, không yêu cầu minh chứng nào`, `is task ${item}, which asks for no evidence`)
    if (task && check.kind === 'target' && !task.target) f.complain(f.get(at, 'item').path, `là nhiệm vụ ${item}, không có chỉ tiêu`, `is task ${item}, which has no target`)
  }
  const classes = f.list(of('classes')).filter((n) => f.map(n, CLASS_KEYS, (_, v) => typeof v.value === 'number')).map((n) => ({ ...readClass(f, n, { tasks, requirements, milestones }), node: n }))
  once(f, classes)
  const used = new Set(classes.flatMap((c) => c.tasks))
  for (const t of tasks) if (classes.length > 0 && !used.has(t.code)) f.complain(t.node.path, `(${t.code}) không áp dụng cho cấp độ sự kiện nào`, `(${t.code}) applies to no event class`, { severity: 'warning' })
  for (const s of workstreams) if (!tasks.some((t) => t.workstream === s.code)) f.complain(s.node.path, `(${s.code}) chưa có nhiệm vụ`, `(${s.code}) has no task`, { severity: 'warning' })
  for (const [key, list] of [['workstreams', workstreams], ['milestones', milestones], ['tasks', tasks], ['classes', classes]] as const)
    if (list.length === 0 && Array.isArray(of(key).value)) f.complain([key], 'trống', 'is empty')

  const name = f.text(of('name'))
  const opens = f.has(f.top, 'opens') ? readTime(f, of('opens')) : '08:00'
  const strip = <T extends { node: Node }>(part: T): Omit<T, 'node'> => {
    const { node: _, ...rest } = part
    return rest
  }
  const body: TemplateBody = {
    format: 1, code, name, country: f.has(f.top, 'country') ? f.code(of('country')) : null, zone: f.has(f.top, 'zone') ? f.string(of('zone'), 60) : null, opens, levels,
    workstreams: workstreams.map(strip), milestones: milestones.map(strip), classes: classes.map(strip), tasks: tasks.map(strip), requirements: requirements.map(strip), agenda: agenda.map(strip),
  }
  return { body: f.ok ? body : undefined, issues: sorted(f.issues), code: code || null }
}

const sorted = (issues: Issue[]): Issue[] => issues.toSorted((a, b) => a.line - b.line || a.column - b.column)

function once(f: FileReader, list: readonly { code: string; node: Node }[]): void {
  const seen = new Set<string>()
  for (const { code, node } of list) {
    if (code && seen.has(code)) f.complain([...node.path, 'code'], `“${code}” đã có ở trên`, `“${code}” is already used above`)
    seen.add(code)
  }
}

const WHEN = ['day', 'working', 'on', 'child', 'pick', 'time', 'roll']
function readTime(f: FileReader, node: Node): string {
  const time = f.string(node, 5)
  if (time && !TIME.test(time)) f.complain(node.path, 'phải là giờ dạng “17:00”', 'should be a time like “17:00”')
  return time
}
const days = (f: FileReader, node: Node): number => f.integer(node, -1000, 1000)

/** The keys of a rule may stand beside others (a milestone's name) or alone (a task's due). */
function readWhen(f: FileReader, n: Node): When {
  const time = f.has(n, 'time') ? { time: readTime(f, f.get(n, 'time')) } : {}
  const rules = ['day', 'working', 'on', 'child'].filter((key) => f.has(n, key))
  if (rules.includes('child')) {
    return {
      child: f.code(f.get(n, 'child')), pick: f.has(n, 'pick') ? f.oneOf(f.get(n, 'pick'), ['last', 'first']) : 'last',
      ...(f.has(n, 'day') ? { day: days(f, f.get(n, 'day')) } : {}), ...(f.has(n, 'working') ? { working: days(f, f.get(n, 'working')) } : {}), ...time,
    }
  }
  if (rules.length !== 1) f.complain(n.path, 'cần đúng một cách tính ngày: day, working, on hoặc child', 'needs exactly one way to find its date: day, working, on or child')
  if (rules[0] === 'on') {
    const on = f.string(f.get(n, 'on'), 10)
    if (on && (!isDay(on) || on < '2000' || on > '2101')) f.complain(f.get(n, 'on').path, 'không phải ngày dạng 2026-05-22', 'is no date like 2026-05-22')
    return { on, ...time }
  }
  if (rules[0] === 'working') return { working: days(f, f.get(n, 'working')), ...time }
  return { day: rules.length ? days(f, f.get(n, 'day')) : 0, ...time, ...(f.has(n, 'roll') ? { roll: f.oneOf(f.get(n, 'roll'), ['before', 'after'] as const) } : {}) }
}
function readDue(f: FileReader, n: Node): Due {
  if (typeof n.value === 'string' || n.value === undefined) return { milestone: f.code(n) }
  if (!f.map(n, [...WHEN, 'milestone'])) return { day: 0 }
  if (!f.has(n, 'milestone')) return readWhen(f, n)
  for (const key of ['on', 'child', 'pick', 'roll']) if (f.has(n, key)) f.complain([...n.path, key], 'không đi cùng “milestone”', 'does not go with “milestone”', { key: true })
  return {
    milestone: f.code(f.get(n, 'milestone')), ...(f.has(n, 'day') ? { day: days(f, f.get(n, 'day')) } : {}), ...(f.has(n, 'working') ? { working: days(f, f.get(n, 'working')) } : {}),
    ...(f.has(n, 'time') ? { time: readTime(f, f.get(n, 'time')) } : {}),
  }
}

/** `level` or `levels`: one kind of unit, several, or `all`. */
function readLevels(f: FileReader, n: Node): string[] | null {
  const key = f.has(n, 'level') ? 'level' : 'levels'
  return !f.has(n, key) || f.get(n, key).value === 'all' ? null : f.codes(f.get(n, key)).map((l) => l.code)
}

const TASK_KEYS = ['code', 'name', 'stream', 'workstream', 'level', 'levels', 'to', 'due', 'after', 'evidence', 'target', 'product', 'priority']
function readTask(f: FileReader, n: Node): TaskItem {
  const evidence = f.get(n, 'evidence'), target = f.get(n, 'target')
  const kinds = EvidenceKinds.options as readonly EvidenceKind[]
  return {
    code: f.code(f.get(n, 'code')), name: f.text(f.get(n, 'name')), workstream: f.code(f.get(n, f.has(n, 'stream') ? 'stream' : 'workstream')), levels: readLevels(f, n),
    to: f.has(n, 'to') ? f.codes(f.get(n, 'to')).map((l) => l.code) : null, due: readDue(f, f.get(n, 'due')),
    evidence: !f.has(n, 'evidence') ? null : typeof evidence.value === 'string' ? { kind: f.oneOf(evidence, kinds) } : !f.map(evidence, ['kind', 'days']) ? null
      : { kind: f.oneOf(f.get(evidence, 'kind'), kinds), ...(f.has(evidence, 'days') ? { days: f.integer(f.get(evidence, 'days'), 1, 3650) } : {}) },
    target: !f.has(n, 'target') || !f.map(target, ['unit', 'count', 'as']) ? null : {
      unit: f.code(f.get(target, 'unit')), count: f.get(target, 'count').value === 'all' ? 'all' : f.number(f.get(target, 'count'), 0.001, 1e9),
      as: f.has(target, 'as') ? f.oneOf(f.get(target, 'as'), ['number', 'percent']) : 'number',
    },
    product: f.has(n, 'product') ? f.text(f.get(n, 'product')) : null, priority: f.has(n, 'priority') ? f.oneOf(f.get(n, 'priority'), ['low', 'normal', 'high']) : 'normal',
    ...(f.has(n, 'after') ? { after: readAfter(f, f.get(n, 'after')) } : {}),
  }
}

/** A sentence in both languages, or one for both. */
function readSaid(f: FileReader, n: Node, key: string): { vi: string; en: string } | null {
  const said = f.get(n, key)
  return !f.has(n, key) ? null : typeof said.value === 'string' ? { vi: f.string(said), en: f.string(said) } : f.text(said)
}

function readRequirement(f: FileReader, n: Node): Requirement {
  return {
    code: f.code(f.get(n, 'code')), name: f.text(f.get(n, 'name')), by: f.code(f.get(n, 'by')), levels: readLevels(f, n), holds: readSaid(f, n, 'holds'),
    warnDays: f.has(n, 'warn_days') ? f.integer(f.get(n, 'warn_days'), 0, 60) : 7, check: readCheck(f, n),
  }
}
function readCheck(f: FileReader, n: Node): Check {
  if (!f.has(n, 'check')) {
    f.complain(n.path, '(điều kiện) chưa có cách kiểm tra tự động: sẽ hiện là chưa đánh giá', '(requirement) has no machine-readable check: it will show as not assessed', { severity: 'warning' })
    return { kind: 'none', needs: '' }
  }
  const c = f.get(n, 'check')
  if (typeof c.value === 'string') return f.oneOf(c, ['no_overdue', 'none']) === 'none' ? { kind: 'none', needs: '' } : { kind: 'no_overdue' }
  if (!f.map(c, [], () => true)) return { kind: 'none', needs: '' }
  const kind = f.code(f.get(c, 'kind'))
  if (kind === 'no_overdue') return f.map(c, ['kind', 'workstreams']) && f.has(c, 'workstreams') ? { kind, workstreams: f.codes(f.get(c, 'workstreams')).map((s) => s.code) } : { kind }
  if (kind === 'milestone' && f.map(c, ['kind', 'milestone'])) return { kind, milestone: f.code(f.get(c, 'milestone')) }
  if (kind === 'evidence' && f.map(c, ['kind', 'item', 'max_age_days'])) return { kind, item: f.code(f.get(c, 'item')), ...(f.has(c, 'max_age_days') ? { maxAgeDays: f.integer(f.get(c, 'max_age_days'), 1, 3650) } : {}) }
  if (kind === 'target' && f.map(c, ['kind', 'item', 'percent'])) return { kind, item: f.code(f.get(c, 'item')), ...(f.has(c, 'percent') ? { percent: f.number(f.get(c, 'percent'), 1, 100) } : {}) }
  if (kind === 'none' && f.map(c, ['kind', 'needs'])) return { kind, needs: f.has(c, 'needs') ? f.string(f.get(c, 'needs'), 40) : '' }
  if (kind && !(checkKinds as readonly string[]).includes(kind)) {
    f.complain(f.get(c, 'kind').path, `“${kind}” chưa có phân hệ nào kiểm tra được: sẽ hiện là chưa đánh giá`, `“${kind}” is a check that this program does not know: it will show as not assessed`, { severity: 'warning' })
    return { ...(c.value as object), kind }
  }
  return { kind: 'none', needs: '' }
}

const CLASS_KEYS = ['code', 'name', 'when', 'kinds', 'tasks', 'not_tasks', 'requirements', 'not_requirements', 'milestones', 'not_milestones', 'numbers']
type Parts = { tasks: readonly TaskItem[]; requirements: readonly Requirement[]; milestones: readonly Milestone[] }
function readClass(f: FileReader, n: Node, parts: Parts): EventClass {
  const choose = (key: 'tasks' | 'requirements' | 'milestones', fallback: readonly { code: string }[]): string[] => {
    const all = parts[key].map((p) => p.code)
    const named = (k: string) => f.codes(f.get(n, k)).map(({ code, node }) => { f.known(code, node, new Set(all), key === 'tasks' ? TASK : key === 'milestones' ? MILESTONE : REQUIREMENT); return code })
    if (f.has(n, key) && f.has(n, `not_${key}`)) f.complain([...n.path, `not_${key}`], `không đi cùng “${key}”`, `does not go with “${key}”`, { key: true })
    const only = f.has(n, key) ? new Set(named(key)) : new Set(fallback.map((p) => p.code))
    const without = new Set(f.has(n, `not_${key}`) ? named(`not_${key}`) : [])
    return all.filter((c) => only.has(c) && !without.has(c))
  }
  const tasks = choose('tasks', parts.tasks)
  // A requirement whose evidence nobody is asked for could never be met.
  const answerable = parts.requirements.filter((r) => !('item' in r.check) || typeof r.check.item !== 'string' || tasks.includes(r.check.item))
  const requirements = choose('requirements', answerable)
  for (const r of parts.requirements) if (requirements.includes(r.code) && !answerable.includes(r)) {
    f.complain(n.path, `áp dụng điều kiện ${r.code} nhưng không có nhiệm vụ mà điều kiện này dựa vào`, `applies requirement ${r.code} without the task that it rests on`)
  }
  const numbers: Record<string, number> = {}
  const take = (from: Node, skip: readonly string[]) => {
    if (from.value && typeof from.value === 'object') for (const [k, v] of Object.entries(from.value)) if (!skip.includes(k)) { if (typeof v === 'number') numbers[k] = v; else f.number(f.get(from, k), 0, 1e9) }
  }
  if (f.has(n, 'numbers')) take(f.get(n, 'numbers'), [])
  take(n, CLASS_KEYS)
  return {
    code: f.code(f.get(n, 'code')), name: f.text(f.get(n, 'name')), when: readSaid(f, n, 'when'), kinds: f.has(n, 'kinds') ? f.codes(f.get(n, 'kinds')).map((k) => k.code) : [],
    tasks, requirements, milestones: choose('milestones', parts.milestones), numbers,
  }
}

function readPart(f: FileReader, n: Node): AgendaPart {
  const part = { code: f.code(f.get(n, 'code')), name: f.text(f.get(n, 'name')), day: f.has(n, 'day') ? days(f, f.get(n, 'day')) : 0, from: readTime(f, f.get(n, 'from')), until: readTime(f, f.get(n, 'until')), levels: readLevels(f, n) }
  if (part.from && part.until && part.until <= part.from) f.complain(f.get(n, 'until').path, 'phải sau giờ bắt đầu', 'should be after the start')
  return part
}

// A template's file as tables of text, one a part, so that it can be edited like a spreadsheet; and back into a file that the import takes. Nothing is lost on the way: what no column shows stays beside the row.
import type { Issue } from '../contract.ts'
import { afterText, checkText, evidenceText, readAfter, readCheck, readEvidence, readRule, readTarget, ruleText, targetText } from './rule-text.ts'

type Entry = Record<string, unknown>
export const PARTS = ['levels', 'workstreams', 'milestones', 'tasks', 'requirements', 'classes', 'agenda'] as const
export type Part = (typeof PARTS)[number]
/** `cells` by column; a tick is 'x' or '', and one that was never set is ticked. `rest`: what no column shows. */
export type Row = { id: string; cells: Readonly<Record<string, string>>; rest?: Entry; /** The order in which the file names its levels: the same ones ticked are written so again. */ levels?: readonly string[] }
export type Sheet = { head: Readonly<Record<string, string>>; parts: Readonly<Record<Part, readonly Row[]>> }
export const HEAD = ['code', 'name.vi', 'name.en', 'country', 'zone', 'opens'] as const

const plain: Record<Part, readonly string[]> = {
  levels: ['code'], workstreams: ['code', 'name.vi', 'name.en'], milestones: ['code', 'name.vi', 'name.en', 'when'],
  tasks: ['code', 'name.vi', 'name.en', 'stream', 'due', 'after', 'to', 'evidence', 'target', 'product.vi', 'product.en', 'priority'],
  requirements: ['code', 'name.vi', 'name.en', 'by', 'check', 'warn_days', 'holds.vi', 'holds.en'],
  classes: ['code', 'name.vi', 'name.en', 'when.vi', 'when.en', 'kinds', 'numbers'], agenda: ['code', 'name.vi', 'name.en', 'day', 'from', 'until'],
}
const LEVELLED: ReadonlySet<Part> = new Set(['tasks', 'requirements', 'agenda'])
const CLASSED: ReadonlySet<Part> = new Set(['milestones', 'tasks', 'requirements'])
export const ticked = (row: Row, column: string): boolean => row.cells[column] !== ''
const codes = (sheet: Sheet, part: Part): string[] => sheet.parts[part].map((row) => row.cells.code ?? '').filter(Boolean)

/** The columns of a part: its own, then a tick for each level and each class. */
export function columnsOf(sheet: Sheet, part: Part): string[] {
  return [...plain[part], ...(LEVELLED.has(part) ? codes(sheet, 'levels').map((code) => `l:${code}`) : []), ...(CLASSED.has(part) ? codes(sheet, 'classes').map((code) => `c:${code}`) : [])]
}

let made = 0
export const rowId = (): string => `r${++made}`
const text = (value: unknown): string => (value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value as string))
const list = (value: unknown): Entry[] => (Array.isArray(value) ? value.filter((one): one is Entry => Boolean(one) && typeof one === 'object') : [])
const words = (of: unknown, key: string): Record<string, string> => {
  const said = of as { vi?: unknown; en?: unknown } | string | null | undefined
  return typeof said === 'string' ? { [`${key}.vi`]: said, [`${key}.en`]: said } : { [`${key}.vi`]: text(said?.vi), [`${key}.en`]: text(said?.en) }
}
const RULE = ['day', 'working', 'on', 'child', 'pick', 'time', 'roll'] as const
const WRITTEN: Record<Part, readonly string[]> = {
  levels: [], workstreams: ['code', 'name'], milestones: ['code', 'name', ...RULE],
  tasks: ['code', 'name', 'stream', 'workstream', 'level', 'levels', 'to', 'due', 'after', 'evidence', 'target', 'product', 'priority'],
  requirements: ['code', 'name', 'by', 'level', 'levels', 'holds', 'warn_days', 'check'],
  classes: ['code', 'name', 'when', 'kinds', 'tasks', 'not_tasks', 'requirements', 'not_requirements', 'milestones', 'not_milestones', 'numbers'], agenda: ['code', 'name', 'day', 'from', 'until', 'level', 'levels'],
}

/** From a file as it was parsed. Of classes it takes the lists that they name, as `writeTemplate` writes them. */
export function sheetOf(file: Entry): Sheet {
  const classes = list(file.classes)
  const levels = Array.isArray(file.levels) ? file.levels.map(text) : []
  const own = (part: Part, e: Entry): Record<string, string> => {
    const named = { code: text(e.code), ...words(e.name, 'name') }
    switch (part) {
      case 'milestones': return { ...named, when: ruleText(e) }
      case 'tasks': return { ...named, stream: text(e.stream ?? e.workstream), due: ruleText(e.due), after: afterText(e.after), to: Array.isArray(e.to) ? e.to.map(text).join(', ') : text(e.to), evidence: evidenceText(e.evidence), target: targetText(e.target), ...words(e.product, 'product'), priority: text(e.priority) }
      case 'requirements': return { ...named, by: text(e.by), check: checkText(e.check), warn_days: text(e.warn_days), ...words(e.holds, 'holds') }
      case 'classes': return { ...named, ...words(e.when, 'when'), kinds: Array.isArray(e.kinds) ? e.kinds.map(text).join(', ') : text(e.kinds), numbers: Object.entries((e.numbers ?? {}) as Entry).map(([k, v]) => `${k}=${text(v)}`).join(', ') }
      case 'agenda': return { ...named, day: text(e.day), from: text(e.from), until: text(e.until) }
      default: return named
    }
  }
  const rowOf = (part: Part) => (e: Entry): Row => {
    const cells = own(part, e)
    const of = e.level ?? e.levels
    if (LEVELLED.has(part) && of !== undefined && of !== 'all') { const named = new Set([of].flat().map(text)); for (const level of levels) cells[`l:${level}`] = named.has(level) ? 'x' : '' }
    if (CLASSED.has(part)) for (const c of classes) {
      const [only, without] = [c[part], c[`not_${part}`]]
      if (Array.isArray(only) ? !only.map(text).includes(cells.code!) : Array.isArray(without) && without.map(text).includes(cells.code!)) cells[`c:${text(c.code)}`] = ''
    }
    const rest = Object.entries(e).filter(([key]) => !WRITTEN[part].includes(key))
    return { id: rowId(), cells, ...(rest.length > 0 ? { rest: Object.fromEntries(rest) } : {}), ...(Array.isArray(of) ? { levels: of.map(text) } : {}) }
  }
  const part = (name: Exclude<Part, 'levels'>) => list(file[name]).map(rowOf(name))
  return {
    head: { code: text(file.code), ...words(file.name, 'name'), country: text(file.country), zone: text(file.zone), opens: text(file.opens) },
    parts: { levels: levels.map((code) => ({ id: rowId(), cells: { code } })), workstreams: part('workstreams'), milestones: part('milestones'), tasks: part('tasks'), requirements: part('requirements'), classes: part('classes'), agenda: part('agenda') },
  }
}

const filled = (entry: Entry): Entry => Object.fromEntries(Object.entries(entry).filter(([, v]) => v !== undefined && v !== ''))
const number = (value: string | undefined): unknown => (value === undefined || value === '' ? undefined : /^[+-]?\d+$/.test(value) ? Number(value) : value)
const many = (value: string | undefined): string[] | undefined => (value?.trim() ? value.split(/[,;\s]+/).filter(Boolean) : undefined)

/** A row that says nothing: left out of the file, so that an empty line at the end is no fault. */
export const isBlank = (row: Row): boolean => Object.entries(row.cells).every(([column, value]) => value === '' || /^[lc]:/.test(column)) && !row.rest

/** As the import takes it. What a cell says wrongly is written as it is, so that the check names it. */
export function fileOf(sheet: Sheet): Entry {
  const levels = codes(sheet, 'levels')
  const named = (row: Row, key: string): Entry | undefined => { const [vi, en] = [row.cells[`${key}.vi`] ?? '', row.cells[`${key}.en`] ?? '']; return vi || en ? { vi, en } : undefined }
  const level = (row: Row): unknown => { const on = levels.filter((code) => ticked(row, `l:${code}`)); const was = row.levels?.filter((code) => on.includes(code)); return on.length === levels.length ? 'all' : on.length === 1 ? on[0] : was?.length === on.length ? was : on }
  const rule = (value: string, due: boolean): unknown => readRule(value, due) ?? value
  const base = (row: Row): Entry => ({ code: row.cells.code, name: { vi: row.cells['name.vi'] ?? '', en: row.cells['name.en'] ?? '' } })
  const rows = (part: Part, of: (row: Row, cells: Readonly<Record<string, string>>) => Entry) => sheet.parts[part].filter((row) => !isBlank(row)).map((row) => filled({ ...of(row, row.cells), ...row.rest }))
  const applied = (part: 'tasks' | 'requirements' | 'milestones', code: string): string[] => sheet.parts[part].filter((row) => row.cells.code && ticked(row, `c:${code}`)).map((row) => row.cells.code!)
  return {
    format: 1, code: sheet.head.code, name: { vi: sheet.head['name.vi'] ?? '', en: sheet.head['name.en'] ?? '' },
    ...filled({ country: sheet.head.country, zone: sheet.head.zone, opens: sheet.head.opens }), levels,
    workstreams: rows('workstreams', base),
    milestones: rows('milestones', (row, c) => { const when = rule(c.when ?? '', false); return { ...base(row), ...(typeof when === 'object' ? when as Entry : { day: when }) } }),
    classes: rows('classes', (row, c) => {
      const milestones = applied('milestones', c.code ?? '')
      return {
        ...base(row), when: named(row, 'when'), kinds: many(c.kinds), tasks: applied('tasks', c.code ?? ''), requirements: applied('requirements', c.code ?? ''),
        milestones: milestones.length === codes(sheet, 'milestones').length ? undefined : milestones,
        numbers: many(c.numbers) ? Object.fromEntries(many(c.numbers)!.map((pair) => { const [key = '', value = ''] = pair.split('='); return [key, /^\d+([.]\d+)?$/.test(value) ? Number(value) : value] })) : undefined,
      }
    }),
    tasks: rows('tasks', (row, c) => ({
      ...base(row), stream: c.stream, level: level(row), to: many(c.to), due: c.due ? rule(c.due, true) : undefined, after: c.after?.trim() ? readAfter(c.after) : undefined, evidence: c.evidence ? readEvidence(c.evidence) : undefined, target: c.target ? readTarget(c.target) : undefined, product: named(row, 'product'), priority: c.priority,
    })),
    requirements: rows('requirements', (row, c) => ({ ...base(row), by: c.by, level: level(row), holds: named(row, 'holds'), warn_days: number(c.warn_days), check: c.check ? readCheck(c.check) : undefined })),
    ...(sheet.parts.agenda.some((row) => !isBlank(row)) ? { agenda: rows('agenda', (row, c) => ({ ...base(row), day: number(c.day), from: c.from, until: c.until, level: level(row) })) } : {}),
  }
}

export type Problem = { part: Part | 'head'; row: string | null; column: string; severity: 'error' | 'warning'; message: { vi: string; en: string } }
const RULES = { vi: 'Không hiểu. Viết như N-30, N+5lv (ngày làm việc), 22/05/2026, mã một mốc, hoặc dưới:mã mốc.', en: 'Not understood. Write it like D-30, D+5wd (working days), 22/05/2026, the code of a milestone, or below:milestone.' }

/** What the check says of the file, at the cell that it is about. A rule that nobody understands is said here, in the words of who types it. */
export function problemsAt(sheet: Sheet, issues: readonly Issue[]): Problem[] {
  const written = new Map(PARTS.map((part) => [part as string, sheet.parts[part].filter((row) => part === 'levels' ? row.cells.code : !isBlank(row))]))
  const own: Problem[] = []
  for (const [part, column] of [['milestones', 'when'], ['tasks', 'due']] as const) for (const row of sheet.parts[part]) {
    if (row.cells[column] && readRule(row.cells[column], part === 'tasks') === undefined) own.push({ part, row: row.id, column, severity: 'error', message: RULES })
  }
  const said = new Set(own.map((one) => `${one.part} ${one.row} ${one.column}`))
  const found = issues.map(({ path, severity, message }): Problem => {
    const strip = (sentence: string) => { const tail = path && sentence.startsWith(path) ? sentence.slice(path.length).replace(/^\s*\(\w[\w-]*\)/, '').trim() : sentence; return tail.charAt(0).toUpperCase() + tail.slice(1) }
    const told = { vi: strip(message.vi), en: strip(message.en) }
    const at = /^(\w+)\[(\d+)\](?:\.(.+))?$/.exec(path)
    const row = at && written.get(at[1]!)?.[Number(at[2]) - 1]
    if (!row) { const head = HEAD.find((key) => key === path) ?? (PARTS.some((part) => part === path.replace(/\[.*/, '')) ? undefined : 'name.vi'); return head ? { part: 'head', row: null, column: head, severity, message: told } : { part: path.replace(/\[.*/, '') as Part, row: null, column: 'code', severity, message: told } }
    const part = at[1] as Part
    const key = at[3] ?? ''
    const exact = plain[part].find((column) => key === column || key.startsWith(`${column}.`) || key.startsWith(`${column}[`))
    const column = exact ?? (part === 'milestones' && /^(day|working|on|child|pick|time|roll)/.test(key) ? 'when' : key.startsWith('workstream') ? 'stream' : /^(name|product|holds|when)$/.test(key) ? `${key}.vi` : 'code')
    return { part, row: row.id, column, severity, message: told }
  })
  return [...own, ...found.filter((one) => !said.has(`${one.part} ${one.row} ${one.column}`))]
}

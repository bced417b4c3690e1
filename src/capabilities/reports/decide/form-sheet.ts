// A form as one table of text, edited like a spreadsheet: a section, its fields, a table's columns and a choice's options stand as rows below one another; and back into a file that the check takes.
import type { Text } from '../../../kernel/contract.ts'
import { fold } from '../../../pure/text.ts'
import type { Issue } from '../../programmes/contract/template.ts'
import type { Field, Form, NumberField } from '../contract/form.ts'

type Entry = Record<string, unknown>
export const ROW_KINDS = ['section', 'number', 'choice', 'text', 'table', 'file', 'column.number', 'column.choice', 'column.text', 'option'] as const
export type RowKind = (typeof ROW_KINDS)[number]
export const FORM_PARTS = ['fields', 'checks'] as const
export type FormPart = (typeof FORM_PARTS)[number]
export type FormRow = { id: string; cells: Readonly<Record<string, string>> }
export type FormSheet = { head: Readonly<Record<string, string>>; fields: readonly FormRow[]; checks: readonly FormRow[] }
export const FORM_COLUMNS = { fields: ['kind', 'label.vi', 'code', 'unit.vi', 'required', 'up', 'formula', 'decimals', 'least', 'most', 'hint.vi', 'label.en', 'unit.en', 'hint.en'], checks: ['that', 'severity', 'say.vi', 'say.en'] } as const
export const FORM_HEAD = ['name.vi', 'name.en', 'code', 'about.vi', 'about.en', 'due.every', 'due.weekday', 'due.day', 'due.hour'] as const

let made = 0
export const formRow = (cells: Record<string, string> = {}): FormRow => ({ id: `f${++made}`, cells: { required: '', ...cells } })
/** The other language stands only where it differs. */
const words = (key: string, text: Text | null | undefined): Record<string, string> => ({ [`${key}.vi`]: text?.vi ?? '', [`${key}.en`]: text && text.en !== text.vi ? text.en : '' })
const digits = (n: number | null | undefined, usual: number | null): string => (n === null || n === undefined || n === usual ? '' : String(n))
const LENGTHS = { text: 2000, table: 50, file: 5 } as const

const rowsOf = (field: Field, prefix = ''): FormRow[] => {
  const number = (one: NumberField) => ({ ...words('unit', one.unit), decimals: digits(one.decimals, 0), least: digits(one.least, one.formula === null ? 0 : null), most: digits(one.most, null), up: prefix ? '' : one.up, formula: one.formula ?? '' })
  const own = field.kind === 'number' ? number(field) : 'most' in field ? { most: digits(field.most, LENGTHS[field.kind]) } : {}
  return [
    formRow({ kind: `${prefix}${field.kind}`, code: field.code, ...words('label', field.label), ...words('hint', field.hint), ...own, required: field.required ? 'x' : '' }),
    ...(field.kind === 'choice' ? field.options.map((one) => formRow({ kind: 'option', code: one.code, ...words('label', one.label) })) : field.kind === 'table' ? field.columns.flatMap((one) => rowsOf(one, 'column.')) : []),
  ]
}
export function formSheet(form: Form): FormSheet {
  const { due } = form
  return {
    head: { code: form.code, ...words('name', form.name), ...words('about', form.about), 'due.every': due?.every ?? '', 'due.weekday': due?.every === 'week' ? String(due.weekday) : '', 'due.day': due?.every === 'month' ? String(due.day) : '', 'due.hour': due?.hour ?? '' },
    fields: form.sections.flatMap((section) => [formRow({ kind: 'section', ...words('label', section.title) }), ...section.fields.flatMap((field) => rowsOf(field))]),
    checks: form.checks.map((check) => formRow({ that: check.that, severity: check.severity, ...words('say', check.say) })),
  }
}

const both = (row: FormRow['cells'], key: string): Entry | undefined => { const [vi = '', en = ''] = [row[`${key}.vi`], row[`${key}.en`]]; return vi || en ? { vi: vi || en, en: en || vi } : undefined }
const number = (text: string | undefined): unknown => (text === undefined || text === '' ? undefined : /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text)
const filled = (entry: Entry): Entry => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined && value !== ''))
/** Which cells count for a kind of row; the others are left out of the file. */
const OWN: Record<RowKind, readonly string[]> = {
  section: [], option: ['code'], number: ['code', 'unit', 'required', 'up', 'formula', 'decimals', 'least', 'most', 'hint'], choice: ['code', 'required', 'hint'], text: ['code', 'required', 'most', 'hint'], table: ['code', 'required', 'most', 'hint'], file: ['code', 'required', 'most', 'hint'],
  'column.number': ['code', 'unit', 'required', 'decimals', 'least', 'most', 'hint'], 'column.choice': ['code', 'required', 'hint'], 'column.text': ['code', 'required', 'most', 'hint'],
}
const kindOf = (row: FormRow): RowKind => ROW_KINDS.find((kind) => kind === row.cells.kind) ?? 'number'
const isBlank = (row: FormRow): boolean => Object.entries(row.cells).every(([column, value]) => value === '' || column === 'kind' || column === 'severity' || column === 'up')
/** Every row that says something, with its place in the file: the same walk writes the file and finds the place of a fault. A row that stands where it cannot has none. */
type Placed = { entry: Entry; row: FormRow; path: string | null }
function walk(sheet: FormSheet): Placed[] {
  const n = { section: 0, field: 0, column: 0, option: 0 }
  /** The field and the column under which rows stand, with their kinds. */
  let [field, column] = [{ path: '', kind: '' }, { path: '', kind: '' }]
  return sheet.fields.flatMap((row): Placed[] => {
    const [kind, c] = [kindOf(row), row.cells]
    if (isBlank(row) && kind !== 'section') return []
    if (kind === 'section') {
      n.section++; n.field = 0; field = column = { path: '', kind: '' }
      return [{ entry: filled({ title: both(c, 'label') }), row, path: `sections[${n.section}]` }]
    }
    const own = new Set(OWN[kind])
    const entry = filled({
      code: c.code, label: both(c, 'label'), kind: kind === 'option' ? undefined : kind.replace('column.', ''), required: own.has('required') && c.required === 'x' ? true : undefined, hint: own.has('hint') ? both(c, 'hint') : undefined,
      unit: own.has('unit') ? both(c, 'unit') : undefined, ...Object.fromEntries(['up', 'formula'].filter((key) => own.has(key)).map((key) => [key, c[key]])), ...Object.fromEntries(['decimals', 'least', 'most'].filter((key) => own.has(key)).map((key) => [key, number(c[key])])),
    })
    if (kind === 'option') {
      const under = column.path ? column : field
      return [{ entry, row, path: /choice$/.test(under.kind) ? `${under.path}.options[${++n.option}]` : null }]
    }
    n.option = 0
    if (kind.startsWith('column.')) {
      if (field.kind !== 'table') return [{ entry, row, path: null }]
      column = { path: `${field.path}.columns[${++n.column}]`, kind }
      return [{ entry, row, path: column.path }]
    }
    if (n.section === 0) return [{ entry, row, path: null }]
    n.column = 0
    column = { path: '', kind: '' }
    field = { path: `sections[${n.section}].fields[${++n.field}]`, kind }
    return [{ entry, row, path: field.path }]
  })
}

/** As the check and the publishing take it. */
export function formFile(sheet: FormSheet): Entry {
  const root: Entry = { sections: [] }
  for (const { entry, path } of walk(sheet)) {
    const steps = path?.split('.').map((step) => /^(\w+)\[(\d+)\]$/.exec(step)!) ?? []
    const parent = steps.slice(0, -1).reduce<Entry>((at, [, key, n]) => (at[key!] as Entry[])[Number(n) - 1]!, root)
    const list = steps.at(-1)?.[1]
    if (list) parent[list] = [...(parent[list] as Entry[] | undefined ?? []), list === 'sections' ? { ...entry, fields: [] } : entry]
  }
  const { head } = sheet
  const every = head['due.every']
  const due = every ? filled({ every, ...(every === 'week' ? { weekday: number(head['due.weekday']) } : every === 'month' ? { day: number(head['due.day']) } : {}), hour: head['due.hour'] }) : undefined
  return filled({
    code: head.code, name: both(head, 'name'), about: both(head, 'about'), due, ...root,
    checks: sheet.checks.filter((row) => !isBlank(row)).map(({ cells: c }) => filled({ that: c.that, severity: c.severity || 'error', say: both(c, 'say') })),
  })
}

export type FormProblem = { part: FormPart | 'head'; row: string | null; column: string; severity: 'error' | 'warning'; message: Text }
const PLACE = {
  option: { vi: 'Dòng lựa chọn phải đứng ngay dưới một mục (hoặc cột) loại Lựa chọn.', en: 'An option stands below a field or column that is a choice.' }, column: { vi: 'Cột phải đứng dưới một mục loại Bảng.', en: 'A column stands below a field that is a table.' },
  field: { vi: 'Mục phải đứng dưới một Phần.', en: 'A field stands below a section.' }, unused: { vi: 'Loại này không dùng ô này; ô này không được lưu.', en: 'This kind does not use this cell; it is not kept.' },
}
/** What the check says of the file, at the cell that it is about; and rows that stand where they cannot. */
export function formProblems(sheet: FormSheet, issues: readonly Issue[]): FormProblem[] {
  const placed = walk(sheet)
  const rows = new Map(placed.flatMap(({ path, row }) => (path ? [[path, row] as const] : [])))
  const checks = sheet.checks.filter((row) => !isBlank(row))
  const own = placed.flatMap(({ row, path }): FormProblem[] => {
    const said = row.cells.kind ?? ''
    if (said && !ROW_KINDS.some((one) => one === said)) return [{ part: 'fields', row: row.id, column: 'kind', severity: 'error', message: { vi: `Không có loại dòng “${said}”. Nhấn Enter ở ô này rồi chọn trong danh sách.`, en: `There is no kind “${said}”. Press Enter in this cell and choose one from the list.` } }]
    const kind = kindOf(row)
    if (path === null) return [{ part: 'fields', row: row.id, column: 'kind', severity: 'error', message: kind === 'option' ? PLACE.option : kind.startsWith('column.') ? PLACE.column : PLACE.field }]
    return (['unit.vi', 'unit.en', 'formula', 'least', 'most'] as const).flatMap((column) => (row.cells[column] && !OWN[kind].includes(column.replace(/\.\w+$/, '')) ? [{ part: 'fields' as const, row: row.id, column, severity: 'warning' as const, message: PLACE.unused }] : []))
  })
  return [...own, ...issues.map(({ path, severity, message }): FormProblem => {
    const strip = (sentence: string) => { const tail = path && sentence.startsWith(path) ? sentence.slice(path.length).trim() : sentence; return tail.charAt(0).toUpperCase() + tail.slice(1) }
    const told = { severity, message: { vi: strip(message.vi), en: strip(message.en) } }
    const check = /^checks\[(\d+)\](?:\.(.+))?$/.exec(path)
    if (check) return { part: 'checks', row: checks[Number(check[1]) - 1]?.id ?? null, column: /^say/.test(check[2] ?? '') ? 'say.vi' : check[2] ?? 'that', ...told }
    for (let at = path; at.includes('['); at = at.replace(/(\.\w+|\[\d+\])$/, '')) {
      const row = rows.get(at)
      if (!row) continue
      const key = path.slice(at.length + 1).replace(/^title/, 'label')
      return { part: 'fields', row: row.id, column: FORM_COLUMNS.fields.find((column) => column === key || column === `${key}.vi`) ?? 'kind', ...told }
    }
    if (path.startsWith('sections')) return { part: 'fields', row: sheet.fields[0]?.id ?? null, column: 'kind', ...told }
    return { part: 'head', row: null, column: FORM_HEAD.find((key) => key === path || key === `${path}.vi`) ?? 'name.vi', ...told }
  })]
}

/** A code out of a label: small plain letters. */
const codeOf = (label: string): string => { const code = fold(label).replaceAll(' ', '_').replace(/[^a-z0-9_]/g, '').slice(0, 30).replace(/_+$/, ''); return /^[a-z]/.test(code) ? code : code && `n_${code}` }
/** By which name a row is meant in formulas: a table's column with its table before it. */
function namesOf(rows: readonly FormRow[]): Map<string, string> {
  let table = ''
  return new Map(rows.flatMap((row): [string, string][] => {
    const kind = kindOf(row)
    if (kind === 'table') table = row.cells.code ?? ''
    return kind === 'section' || kind === 'option' || !row.cells.code ? [] : [[row.id, kind.startsWith('column.') ? `${table}.${row.cells.code}` : row.cells.code]]
  }))
}
/** Rows as they were typed: what has a label gets a code, and where a name changed it changes in formulas and checks with it. */
export function typedFields(sheet: FormSheet, rows: readonly FormRow[]): FormSheet {
  const taken = new Set(rows.map((row) => row.cells.code).filter(Boolean))
  const coded = rows.map((one) => {
    const up = kindOf(one) === 'number' && one.cells['label.vi'] ? one.cells.up || 'sum' : kindOf(one) === 'number' ? one.cells.up ?? '' : ''
    const row = up === (one.cells.up ?? '') ? one : { ...one, cells: { ...one.cells, up } }
    if (row.cells.code || kindOf(row) === 'section' || !row.cells['label.vi']) return row
    const stem = codeOf(row.cells['label.vi'])
    let code = stem
    for (let n = 2; code && taken.has(code); n++) code = `${stem}_${n}`
    taken.add(code)
    return code ? { ...row, cells: { ...row.cells, code } } : row
  })
  const [before, after] = [namesOf(sheet.fields), namesOf(coded)]
  const still = new Set(after.values())
  const moved = [...after].flatMap(([id, name]) => { const was = before.get(id); return was && was !== name && !still.has(was) ? [[was, name] as const] : [] })
  if (moved.length === 0) return { ...sheet, fields: coded }
  const now = (text: string) => moved.reduce((said, [was, name]) => said.replace(new RegExp(`(?<![\\w."'])(before\\.)?${was.replace('.', '\\.')}(?![\\w"'])`, 'g'), `$1${name}`), text)
  const put = (column: string) => (row: FormRow) => { const was = row.cells[column] ?? ''; const is = now(was); return is === was ? row : { ...row, cells: { ...row.cells, [column]: is } } }
  return { ...sheet, fields: coded.map(put('formula')), checks: sheet.checks.map(put('that')) }
}
/** What can be named in a formula or, with `past`, in a check: as it is written there, and how people call it. */
export function formNames(sheet: FormSheet, past: boolean): { name: string; label: Text; column: boolean }[] {
  const names = namesOf(sheet.fields)
  return sheet.fields.flatMap((row) => {
    const [name, kind] = [names.get(row.id), kindOf(row)]
    return name && ['number', 'column.number', ...(past ? ['choice'] : [])].includes(kind) ? [{ name, label: (both(row.cells, 'label') ?? { vi: name, en: name }) as Text, column: kind === 'column.number' }] : []
  })
}
const BEFORE = { vi: 'Kỳ trước', en: 'Before' } as const
/** Labels that only one field has. */
function labelled(sheet: FormSheet): { name: string; label: Text }[] {
  const all = formNames(sheet, true)
  const keys = all.flatMap(({ label }) => [...new Set([fold(label.vi), fold(label.en)])])
  return all.filter(({ label }) => [label.vi, label.en].every((text) => !/[[\]:]/.test(text) && keys.filter((key) => key === fold(text)).length === 1))
}
/** A formula with names in square brackets in place of codes, as it is read and may be typed. */
export function formulaShown(sheet: FormSheet, text: string, lang: 'vi' | 'en'): string {
  const labels = new Map(labelled(sheet).map(({ name, label }) => [name, label[lang]]))
  return text.replace(/"[^"]*"|'[^']*'|[a-z_]\w*(\.[a-z]\w*)?/gi, (name) => {
    const label = labels.get(name.replace(/^before\./, ''))
    return label === undefined ? name : name.startsWith('before.') ? `[${BEFORE[lang]}: ${label}]` : `[${label}]`
  })
}
export function formulaRead(sheet: FormSheet, text: string): string {
  const named = new Map(labelled(sheet).flatMap(({ name, label }) => [[fold(label.vi), name], [fold(label.en), name]] as const))
  return text.replace(/\[(?:([^\]:]+):)?([^\]]+)\]/g, (whole, before: string | undefined, label: string) => {
    const name = named.get(fold(label))
    return name === undefined || (before !== undefined && !Object.values(BEFORE).some((word) => fold(word) === fold(before))) ? whole : before === undefined ? name : `before.${name}`
  })
}

export type FormChange = { part: FormPart | 'head'; id: string; kind: 'added' | 'removed' | 'changed' | 'moved'; name: Text; cells: { column: string; from: string; to: string }[] }
/** Which of them stay in their order when all others are moved: the longest rising row. */
function still(places: readonly number[]): ReadonlySet<number> {
  const best = places.map(() => ({ length: 1, before: -1 }))
  for (let i = 0; i < places.length; i++) for (let j = 0; j < i; j++) if (places[j]! < places[i]! && best[j]!.length >= best[i]!.length) best[i] = { length: best[j]!.length + 1, before: j }
  const kept = new Set<number>()
  for (let at = best.reduce((most, one, i) => (one.length > (best[most]?.length ?? 0) ? i : most), -1); at >= 0; at = best[at]!.before) kept.add(at)
  return kept
}
/** What a form changes against another: rows by their codes, checks by what must hold. */
export function formChanges(from: FormSheet, to: FormSheet): FormChange[] {
  const cells = (a: FormRow['cells'], b: FormRow['cells'], columns: readonly string[]) => columns.flatMap((column) => { const [was, is] = [a[column] ?? '', b[column] ?? '']; return was === is ? [] : [{ column, from: was, to: is }] })
  const keyed = (part: FormPart, rows: readonly FormRow[]) => {
    const above = { section: '', field: '', column: '' }
    const seen = new Map<string, number>()
    return new Map(rows.filter((row) => !isBlank(row) || kindOf(row) === 'section').map((row) => {
      const [kind, code = ''] = [kindOf(row), row.cells.code]
      if (kind === 'section') above.section = row.cells['label.vi'] ?? ''
      else if (kind.startsWith('column.')) above.column = code
      else if (kind !== 'option') { above.field = code; above.column = '' }
      const stem = part === 'checks' ? row.cells.that ?? '' : kind === 'section' ? `# ${above.section}` : kind === 'option' ? [above.field, above.column, code].join('.') : kind.startsWith('column.') ? `${above.field}.${code}` : code
      const n = seen.get(stem) ?? 0
      seen.set(stem, n + 1)
      return [n === 0 ? stem : `${stem} ${n}`, row]
    }))
  }
  const name = (row: FormRow['cells'], key: string): Text => (both(row, key) ?? { vi: row.code ?? '', en: row.code ?? '' }) as Text
  const head = cells(from.head, to.head, FORM_HEAD)
  const found: FormChange[] = head.length > 0 ? [{ part: 'head', id: 'head', kind: 'changed', name: name(to.head, 'name'), cells: head }] : []
  for (const part of FORM_PARTS) {
    const [before, after] = [keyed(part, from[part]), keyed(part, to[part])]
    const places = new Map([...before.keys()].map((key, i) => [key, i]))
    const common = [...after.keys()].filter((key) => before.has(key))
    const stays = still(common.map((key) => places.get(key)!))
    const moved = new Set(common.filter((_, i) => !stays.has(i)))
    const said = (key: string, row: FormRow) => ({ part, id: `${part} ${key}`, name: name(row.cells, part === 'checks' ? 'say' : 'label') })
    for (const [key, row] of after) {
      const was = before.get(key)
      const changed = was ? cells(was.cells, row.cells, FORM_COLUMNS[part]) : []
      if (!was || changed.length > 0 || moved.has(key)) found.push({ ...said(key, row), kind: !was ? 'added' : changed.length > 0 ? 'changed' : 'moved', cells: changed })
    }
    for (const [key, row] of before) if (!after.has(key)) found.push({ ...said(key, row), kind: 'removed', cells: [] })
  }
  return found
}

/** A form that is valid as it stands, to begin with. */
export const EMPTY_FORM: Form = {
  code: 'bao-cao', name: { vi: 'Biểu mẫu báo cáo mới', en: 'New report form' }, about: null, due: { every: 'week', weekday: 5, hour: '17:00' },
  sections: [{ title: { vi: 'Số liệu', en: 'Figures' }, fields: [{ kind: 'number', code: 'so_luong', label: { vi: 'Số lượng', en: 'Number' }, hint: null, required: true, unit: null, decimals: 0, least: 0, most: null, up: 'sum', formula: null }] }], checks: [],
}

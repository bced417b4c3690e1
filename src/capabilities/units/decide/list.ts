// A list of units as a file gives it: read, normalised, each line checked by itself.
import { cell, readCsv } from '../../../pure/csv.ts'
import { Code, Kind } from '../contract.ts'
import { problem } from './problems.ts'
import type { FileProblem } from './problems.ts'

export type ListRow = {
  line: number; code: string; name: string; original: string | null; kind: string; parentCode: string
  /** Absent where the file has no such column: then the unit keeps what it has. */
  nameEn?: string | null; lat?: number | null; lon?: number | null
}
export type List = { rows: ListRow[]; problems: FileProblem[] }

const LONGEST_NAME = 200

export function readList(bytes: Uint8Array | string): List {
  const csv = readCsv(bytes, { required: ['code', 'name', 'kind', 'parent_code'], optional: ['name_en', 'lat', 'lon'] })
  const problems: FileProblem[] = [...csv.problems]
  const has = (column: string) => csv.columns.includes(column)
  const lines = new Map<string, number>()
  const rows: ListRow[] = []
  for (const { line, values: v } of csv.rows) {
    const name = cell(v.name!)
    const before = lines.get(v.code!)
    const lat = has('lat') ? coordinate(v.lat!, 90) : undefined
    const lon = has('lon') ? coordinate(v.lon!, 180) : undefined
    if (!Code.safeParse(v.code).success) problems.push(problem(line, 'CODE_BAD', { code: v.code }))
    else if (before !== undefined) problems.push(problem(line, 'CODE_TWICE', { code: v.code, before }))
    if (name.text === '' || name.text.length > LONGEST_NAME) problems.push(problem(line, 'NAME_BAD'))
    if (!Kind.safeParse(v.kind).success) problems.push(problem(line, 'KIND_BAD', { kind: v.kind }))
    const [noLat, noLon] = [typeof lat !== 'number', typeof lon !== 'number']
    if (Number.isNaN(lat) || Number.isNaN(lon) || noLat !== noLon) problems.push(problem(line, 'PLACE_BAD'))
    if (before === undefined) lines.set(v.code!, line)
    rows.push({
      line, code: v.code!, name: name.text, original: name.original ?? null, kind: v.kind!, parentCode: v.parent_code!,
      ...(has('name_en') ? { nameEn: cell(v.name_en!).text.slice(0, LONGEST_NAME) || null } : {}), ...(lat === undefined ? {} : { lat }), ...(lon === undefined ? {} : { lon }),
    })
  }
  const cut = lastLine(bytes, rows)
  if (cut) problems.push(cut)
  return { rows, problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) }
}

const coordinate = (text: string, most: number): number | null => {
  if (text === '') return null
  return /^-?\d{1,3}(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= most ? Number(text) : Number.NaN
}

/** Cut right before its last field, a line looks like that of a root. It is none if it lacks its line end and others of its kind have a parent. */
function lastLine(bytes: Uint8Array | string, rows: ListRow[]): FileProblem | undefined {
  const end = bytes.at(-1)
  const last = rows.at(-1)
  if (!last || last.parentCode !== '' || end === 10 || end === 13 || end === '\n' || end === '\r') return undefined
  return rows.some((row) => row.kind === last.kind && row.parentCode !== '') ? problem(last.line, 'LAST_LINE') : undefined
}

// A list of units as a file gives it: read, normalised, each line checked by itself.
import { cell, readCsv } from '../../../pure/csv.ts'
import { Code } from '../contract.ts'
import { problem } from './problems.ts'
import type { FileProblem } from './problems.ts'

export type ListRow = {
  line: number; code: string; name: string; original: string | null; kind: string; parentCode: string
  /** Absent where the file has no such column: then the unit keeps what it has. */
  nameEn?: string | null; lat?: number | null; lon?: number | null
}
/** `whole`: no line of the file was left out for its form, so that what a line refers to can be missed. */
export type List = { rows: ListRow[]; problems: FileProblem[]; whole: boolean }

const LONGEST_NAME = 200
const COLUMNS = {
  required: ['code', 'name', 'kind', 'parent_code'], optional: ['name_en', 'lat', 'lon'],
  names: { code: ['mã', 'mã đơn vị'], name: ['tên', 'tên đơn vị'], kind: ['loại', 'cấp', 'loại đơn vị'], parent_code: ['mã cấp trên', 'mã cha', 'mã đơn vị cấp trên', 'parent'], name_en: ['tên tiếng Anh', 'English name'], lat: ['vĩ độ', 'latitude'], lon: ['kinh độ', 'longitude'] },
}

export function readList(bytes: Uint8Array | string): List {
  const csv = readCsv(bytes, COLUMNS)
  const problems: FileProblem[] = [...csv.problems]
  const has = (column: string) => csv.columns.includes(column)
  const rows: ListRow[] = []
  for (const { line, values: v } of csv.rows) {
    const name = cell(v.name!)
    const lat = has('lat') ? coordinate(v.lat!, 90) : undefined
    const lon = has('lon') ? coordinate(v.lon!, 180) : undefined
    if (!Code.safeParse(v.code).success) problems.push(problem(line, 'CODE_BAD', { code: v.code }))
    if (name.text === '' || name.text.length > LONGEST_NAME) problems.push(problem(line, 'NAME_BAD'))
    const [noLat, noLon] = [typeof lat !== 'number', typeof lon !== 'number']
    if (Number.isNaN(lat) || Number.isNaN(lon) || noLat !== noLon) problems.push(problem(line, 'PLACE_BAD'))
    rows.push({
      line, code: v.code!, name: name.text, original: name.original ?? null, kind: v.kind!, parentCode: v.parent_code!,
      ...(has('name_en') ? { nameEn: cell(v.name_en!).text.slice(0, LONGEST_NAME) || null } : {}), ...(lat === undefined ? {} : { lat }), ...(lon === undefined ? {} : { lon }),
    })
  }
  const cut = lastLine(bytes, rows)
  if (cut) problems.push(cut)
  return { rows, problems, whole: csv.problems.length === 0 }
}

const coordinate = (text: string, most: number): number | null => {
  if (text === '') return null
  const number = text.replace(',', '.')
  return /^-?\d{1,3}(\.\d+)?$/.test(number) && Math.abs(Number(number)) <= most ? Number(number) : Number.NaN
}

/** Cut right before its last field, a line looks like that of a root. It is none if it lacks its line end and others of its kind have a parent. */
function lastLine(bytes: Uint8Array | string, rows: ListRow[]): FileProblem | undefined {
  const end = bytes.at(-1)
  const last = rows.at(-1)
  if (!last || last.parentCode !== '' || end === 10 || end === 13 || end === '\n' || end === '\r') return undefined
  return rows.some((row) => row.kind === last.kind && row.parentCode !== '') ? problem(last.line, 'LAST_LINE') : undefined
}

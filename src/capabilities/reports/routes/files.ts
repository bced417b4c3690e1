// Reports as files: a period as a table, the form to fill offline, and what was filled in.
import { workbook } from '../../../kernel/blobs/workbook.ts'
import type { Lang } from '../../../kernel/contract.ts'
import { sentence } from '../../../kernel/contract.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { After } from '../../../kernel/paging.ts'
import { dayIn, timeIn } from '../../../pure/calendar.ts'
import { NotATable, csvStream, readCells, xlsxStream } from '../../../pure/rows.ts'
import type { Cell } from '../../../pure/rows.ts'
import type { Field, Form, NumberField, TableField, Values } from '../contract/form.ts'
import type { ReportState } from '../contract/names.ts'
import type { Report } from '../contract/shapes.ts'
import { fieldsOf } from '../decide/fields.ts'
import { SHEET_HEAD, readSheet, sheetProblems, sheetRows } from '../decide/sheet.ts'
import { wholeOf } from '../decide/values.ts'
import { filesOf, pageOfReports } from '../store/rollup.ts'
import type { ExportRow } from '../store/rollup.ts'

const PAGE = 500
const MOST_ROWS = 5000
const TYPES = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const
export const STATE_NAMES: Record<ReportState, Record<Lang, string>> = {
  owed: { vi: 'chưa nộp', en: 'not submitted' }, submitted: { vi: 'đã nộp', en: 'submitted' }, returned: { vi: 'trả lại', en: 'returned' }, signed: { vi: 'đã ký duyệt', en: 'signed off' }, excused: { vi: 'được miễn', en: 'excused' },
}
const HEAD: Record<Lang, string[]> = { vi: ['Mã đơn vị', 'Đơn vị', 'Cấp trên', 'Trạng thái', 'Nộp muộn', 'Nộp lúc'], en: ['Unit code', 'Unit', 'Above', 'State', 'Late', 'Submitted at'] }
const YES: Record<Lang, [string, string]> = { vi: ['có', ''], en: ['yes', ''] }

export type File_ = { headers: Record<string, string>; body: ReadableStream<Uint8Array> }
const download = (name: string, format: 'csv' | 'xlsx', body: ReadableStream<Uint8Array>): File_ => ({ headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="${name}.${format}"`, 'cache-control': 'no-store' }, body })

const FILES: Record<Lang, string[]> = { vi: ['Mục', 'Tên tệp', 'Dung lượng (byte)'], en: ['Subject', 'File name', 'Size (bytes)'] }
export const GONE: Record<Lang, string> = { vi: 'tệp đã xóa', en: 'erased file' }
const SIGNED_PAGE: Record<Lang, string> = { vi: 'Bản chụp trang có chữ ký', en: 'Scan of the signed page' }

const named = (field: Pick<Field, 'label'> & { kind: string; unit?: NumberField['unit'] }, lang: Lang): string => field.label[lang] + (field.kind === 'number' && field.unit ? ` (${field.unit[lang]})` : '')
const shown = (field: Exclude<Field, { kind: 'table' | 'file' }>, value: unknown, lang: Lang): Cell => (field.kind === 'choice' ? field.options.find((o) => o.code === value)?.label[lang] ?? '' : typeof value === 'number' || typeof value === 'string' ? value : null)

export type Asked = { collectionId: string; unitId: string; on: string }
export async function* pagesOf(c: Context, asked: Asked): AsyncGenerator<ExportRow[]> {
  for (let after: After | undefined; ;) {
    const page = await pageOfReports(c.read, asked, after, PAGE)
    yield page
    if (page.length < PAGE) return
    const last = page.at(-1)!
    after = { key: last.path, id: last.id }
  }
}
const sent = (row: ExportRow): boolean => row.state === 'submitted' || row.state === 'signed'
const valuesOf = (form: Form, row: ExportRow): Values => (sent(row) ? wholeOf(form, row.numbers, row.rest, row.words) : {})
/** The files of reports that are submitted: what their fields hold, then the scan of a signed page. */
export function heldBy(form: Form, page: ExportRow[], lang: Lang): { row: ExportRow; id: string; of: string }[] {
  const fields = fieldsOf(form).filter((field) => field.kind === 'file')
  return page.filter(sent).flatMap((row) => {
    const values = valuesOf(form, row)
    const given = fields.flatMap((field) => { const ids = values[field.code]; return Array.isArray(ids) ? (ids as string[]).map((id) => ({ row, id, of: field.label[lang] })) : [] })
    return [...given, ...(row.state === 'signed' ? row.signedFiles ?? [] : []).map((id) => ({ row, id, of: SIGNED_PAGE[lang] }))]
  })
}

/** Read and written page by page, whatever its size. A spreadsheet has a sheet besides for each table, one row a unit and row, and one of the files. */
export function exportReports(c: Context, form: Form, asked: Asked, zone: string, format: 'csv' | 'xlsx'): File_ {
  const lang = c.lang
  const fields = fieldsOf(form)
  const single = fields.filter((field) => field.kind !== 'table' && field.kind !== 'file')
  const when = (at: Date | null): string => (at ? `${dayIn(at, zone).split('-').reverse().join('/')} ${timeIn(at, zone)}` : '')
  const lines = async function* (): AsyncGenerator<Cell[]> {
    for await (const page of pagesOf(c, asked)) {
      for (const row of page) {
        const values = valuesOf(form, row)
        yield [row.code, row.name, row.above, STATE_NAMES[row.state][lang], YES[lang][row.late ? 0 : 1], when(row.submittedAt), ...single.map((field) => shown(field, values[field.code], lang))]
      }
    }
  }
  const head = [...HEAD[lang], ...single.map((field) => named(field, lang))]
  const name = `${lang === 'vi' ? 'bao-cao' : 'reports'}-${asked.on}`
  if (format === 'csv') return download(name, format, csvStream(head, lines()))
  const tableLines = async function* (table: TableField): AsyncGenerator<Cell[]> {
    for await (const page of pagesOf(c, asked)) {
      for (const row of page) {
        const given = valuesOf(form, row)[table.code]
        if (Array.isArray(given)) for (const [i, one] of (given as Record<string, unknown>[]).entries()) yield [row.code, row.name, row.above, i + 1, ...table.columns.map((column) => shown(column, one[column.code], lang))]
      }
    }
  }
  const fileLines = async function* (): AsyncGenerator<Cell[]> {
    for await (const page of pagesOf(c, asked)) {
      const held = heldBy(form, page, lang)
      if (held.length === 0) continue
      const known = await filesOf(c.read, held.map(({ id, row }) => ({ id, reportId: row.id })))
      for (const { id, of, row } of held) { const file = known.get(id); yield [row.code, row.name, row.above, of, file?.name ?? GONE[lang], file?.size ?? null] }
    }
  }
  const place = HEAD[lang].slice(0, 3)
  return download(name, format, workbook([
    { name: lang === 'vi' ? 'Báo cáo' : 'Reports', head, rows: lines() },
    ...fields.filter((field) => field.kind === 'table').map((table) => ({ name: table.label[lang], head: [...place, lang === 'vi' ? 'Dòng' : 'Row', ...table.columns.map((column) => named(column, lang))], rows: tableLines(table) })),
    { name: lang === 'vi' ? 'Tệp kèm theo' : 'Files', head: [...place, ...FILES[lang]], rows: fileLines() },
  ], c.at))
}

export function blankForm(report: Report, lang: Lang): File_ {
  const rows = sheetRows(report.form, { id: report.id, title: `${report.title} · ${report.unit.name} · ${report.on}` }, report.draft?.values ?? report.values, report.before?.values ?? null, lang)
  return download(`${lang === 'vi' ? 'bieu-mau' : 'form'}-${report.form.code}-${report.on}`, 'xlsx', xlsxStream(lang === 'vi' ? 'Báo cáo' : 'Report', SHEET_HEAD[lang], (async function* () { yield* rows })()))
}

const NOT_READ = { vi: 'Cần tệp XLSX hoặc CSV còn nguyên vẹn.', en: 'An undamaged XLSX or CSV is needed.' }
export async function readFilled(report: Report, base64: string, lang: Lang): Promise<{ values: Report['values']; problems: string[] }> {
  const table = await readCells(Buffer.from(base64, 'base64'), MOST_ROWS).catch((error: unknown) => {
    if (error instanceof NotATable) throw new Refusal('FILE_REFUSED', { first: NOT_READ })
    throw error
  })
  const { values, problems } = readSheet(report.form, report.id, table)
  return { values, problems: problems.slice(0, 50).map((p) => sentence(sheetProblems[p.code], lang, p.data)) }
}

// Reports as files: a period as a table, the form to fill offline, and what was filled in.
import type { Lang } from '../../../kernel/contract.ts'
import { sentence } from '../../../kernel/contract.ts'
import { Refusal } from '../../../kernel/order.ts'
import type { Context } from '../../../kernel/rpc.ts'
import type { After } from '../../../kernel/paging.ts'
import { NotATable, csvStream, readCells, xlsxStream } from '../../../pure/rows.ts'
import type { Cell } from '../../../pure/rows.ts'
import type { Form } from '../contract/form.ts'
import type { ReportState } from '../contract/names.ts'
import type { Report } from '../contract/shapes.ts'
import { fieldsOf } from '../decide/fields.ts'
import { SHEET_HEAD, readSheet, sheetProblems, sheetRows } from '../decide/sheet.ts'
import { wholeOf } from '../decide/values.ts'
import { pageOfReports } from '../store/rollup.ts'

const PAGE = 500
const MOST_ROWS = 5000
const TYPES = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const
export const STATE_NAMES: Record<ReportState, Record<Lang, string>> = {
  owed: { vi: 'chưa nộp', en: 'not submitted' }, submitted: { vi: 'đã nộp', en: 'submitted' }, returned: { vi: 'trả lại', en: 'returned' }, signed: { vi: 'đã ký duyệt', en: 'signed off' }, excused: { vi: 'được miễn', en: 'excused' },
}
const HEAD: Record<Lang, string[]> = { vi: ['Mã đơn vị', 'Đơn vị', 'Cấp trên', 'Trạng thái', 'Nộp muộn', 'Nộp lúc'], en: ['Unit code', 'Unit', 'Above', 'State', 'Late', 'Submitted at'] }
const YES: Record<Lang, [string, string]> = { vi: ['có', ''], en: ['yes', ''] }

type File_ = { headers: Record<string, string>; body: ReadableStream<Uint8Array> }
const download = (name: string, format: 'csv' | 'xlsx', body: ReadableStream<Uint8Array>): File_ => ({ headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="${name}.${format}"`, 'cache-control': 'no-store' }, body })

/** Read and written page by page, whatever its size. */
export function exportReports(c: Context, form: Form, asked: { collectionId: string; unitId: string; on: string }, format: 'csv' | 'xlsx'): File_ {
  const fields = fieldsOf(form).filter((field) => field.kind !== 'table' && field.kind !== 'file')
  const lines = async function* (): AsyncGenerator<Cell[]> {
    for (let after: After | undefined; ;) {
      const page = await pageOfReports(c.read, asked, after, PAGE)
      for (const row of page) {
        const sent = row.state === 'submitted' || row.state === 'signed'
        const values = sent ? wholeOf(form, row.numbers, row.rest, row.words) : {}
        yield [row.code, row.name, row.above, STATE_NAMES[row.state][c.lang], YES[c.lang][row.late ? 0 : 1], row.submittedAt?.toISOString() ?? '', ...fields.map((field): Cell => {
          const value = values[field.code]
          return field.kind === 'choice' ? field.options.find((o) => o.code === value)?.label[c.lang] ?? '' : typeof value === 'number' || typeof value === 'string' ? value : null
        })]
      }
      if (page.length < PAGE) return
      const last = page.at(-1)!
      after = { key: last.path, id: last.id }
    }
  }
  const head = [...HEAD[c.lang], ...fields.map((field) => field.label[c.lang] + (field.kind === 'number' && field.unit ? ` (${field.unit[c.lang]})` : ''))]
  return download(`${c.lang === 'vi' ? 'bao-cao' : 'reports'}-${asked.on}`, format, format === 'csv' ? csvStream(head, lines()) : xlsxStream(c.lang === 'vi' ? 'Báo cáo' : 'Reports', head, lines()))
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

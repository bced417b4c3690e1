// Tasks from a table: looked at first, then assigned line by line, and taken back if it was a mistake.
import { Refusal } from '../../../kernel/order.ts'
import { derivedId, uuidv7 } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { sentence } from '../../../kernel/contract.ts'
import type { BulkResult } from '../../../kernel/contract.ts'
import { dayIn, endOfDay } from '../../../pure/calendar.ts'
import { NotATable, readTable } from '../../../pure/rows.ts'
import type { TableRow } from '../../../pure/rows.ts'
import { MOST_PASTED } from '../contract/imports.ts'
import type { PreviewTasks, TaskImportPreview } from '../contract/imports.ts'
import { importProblems, readLines } from '../decide/import.ts'
import type { ImportProblem } from '../decide/import.ts'
import { keepPreview, previewOf, untouched, zoneOf } from '../store/imports.ts'
import { assign, mayIssue } from './assign.ts'
import { bulk } from './bulk.ts'
import { withdraw } from './orders.ts'
import { openReading } from './units-written.ts'
import type { FindUnits } from './units-written.ts'

/** `findUnits`: as the search of units finds them; without it, only by code. `zone`: of the installation, where no programme says another. */
export type ImportNeeds = { findUnits?: FindUnits; zone: string }
const MOST_LINES = 20_000
const SHOWN = 200
const tableProblems: Record<string, { vi: string; en: string }> = {
  FILE_EMPTY: { vi: 'Tệp không có dòng nào.', en: 'The file has no lines.' }, NOT_UTF8: { vi: 'Tệp CSV không phải UTF-8. Lưu lại bằng mã UTF-8, hoặc dùng XLSX.', en: 'The CSV is not UTF-8. Save it as UTF-8, or use XLSX.' },
  NOT_A_TABLE: { vi: 'Không đọc được tệp. Cần tệp XLSX hoặc CSV còn nguyên vẹn.', en: 'The file cannot be read. An undamaged XLSX or CSV is needed.' },
  TOO_MANY_ROWS: { vi: `Tệp có quá ${MOST_LINES} dòng. Chia thành nhiều tệp.`, en: `The file has more than ${MOST_LINES} lines. Split it.` }, TOO_MANY_COLUMNS: { vi: 'Tệp có quá nhiều cột.', en: 'The file has too many columns.' },
}

async function tableOf({ base64, table }: PreviewTasks): Promise<TableRow[]> {
  if (base64 !== undefined) return readTable(Buffer.from(base64, 'base64'), MOST_LINES + 1)
  const rows = (table ?? []).map((cells, i) => ({ line: i + 1, cells: cells.map((cell) => cell.normalize('NFC').replace(/[^\S\n]+/gu, ' ').trim()) })).filter(({ cells }) => cells.some(Boolean))
  if (rows.length === 0) throw new NotATable('FILE_EMPTY')
  if (rows.length > MOST_PASTED) throw new NotATable('TOO_MANY_ROWS')
  return rows
}

export async function previewImport(c: Context, needs: ImportNeeds, given: PreviewTasks): Promise<TaskImportPreview> {
  if (!(await mayIssue(c.read, c, given.issuerUnitId, given.bodyId)).may) throw new Refusal('NOT_FOUND')
  const table = await tableOf(given).catch((error: unknown) => {
    if (error instanceof NotATable) throw new Refusal('FILE_REFUSED', { count: 1, first: sentence(tableProblems[error.problem]!, c.lang) })
    throw error
  })
  const zone = await zoneOf(c.read, given.programmeId, needs.zone)
  const { lines, problems, ignored, columns, sections } = readLines(table, dayIn(c.at, zone), given)
  const units = await openReading(c, needs.findUnits, given, lines)
  const read = await Promise.all(lines.map(async (line) => ({ line, lead: await units.lead(line.unit), supporting: await units.list(line.supporting) })))
  for (const { line, lead, supporting } of read) {
    for (const text of lead && 'asked' in lead ? [lead.asked] : []) problems.push({ line: line.line, column: 'unit', code: units.known(text) ? 'UNIT_UNCLEAR' : 'UNIT_UNKNOWN', data: { text } })
    for (const one of supporting) if ('asked' in one) problems.push({ line: line.line, column: 'supporting', code: units.known(one.asked) ? 'UNIT_UNCLEAR' : 'UNIT_UNKNOWN', data: { text: one.asked } })
    if (line.due && endOfDay(line.due, zone) <= c.at) problems.push({ line: line.line, column: 'due', code: 'DUE_PAST', data: { text: line.dueWritten } })
  }
  const named = (one: { id: string; name: string } | { asked: string } | undefined): string => (!one ? '' : 'asked' in one ? one.asked : one.name)
  const previewId = problems.length === 0 && lines.length > 0 ? uuidv7(c.at) : null
  if (previewId) {
    await keepPreview(c.side, previewId, c.actor.id, {
      zone, lang: c.lang, issuerUnitId: given.issuerUnitId, programmeId: given.programmeId ?? null, directiveId: given.directiveId ?? null, bodyId: given.bodyId ?? null,
      lines: read.map(({ line, lead, supporting }) => {
        const unitId = idOf(lead)!
        return { ...line, unitId, supportingUnitIds: [...new Set(supporting.flatMap((one) => idOf(one) ?? []))].filter((id) => id !== unitId) }
      }),
    }, c.at)
  }
  return {
    previewId, rows: lines.length, ignored, columns, sections: sections.slice(0, SHOWN), zone, asked: units.asked(),
    problems: problems.sort((a, b) => a.line - b.line).slice(0, SHOWN).map((p) => shown(c, p)),
    sample: read.slice(0, SHOWN).map(({ line, lead, supporting }) => ({
      line: line.line, title: line.title, unit: named(lead), written: line.written, supporting: supporting.map(named), due: line.due, dueWritten: line.dueWritten, product: line.product, target: line.target ? `${line.target.count} ${line.target.unit}` : null,
    })),
  }
}
const idOf = (one: { id: string } | { asked: string } | undefined): string | undefined => (one && 'id' in one ? one.id : undefined)
const shown = (c: Context, p: ImportProblem) => ({ line: p.line, column: p.column, message: sentence(importProblems[p.code], c.lang, p.data) })

/** All that was previewed, each line an order of its own. The import's id is made from the order's. */
export async function importTasks(c: Context, { orderId, previewId }: { orderId: string; previewId: string }): Promise<BulkResult & { importId: string }> {
  const preview = await previewOf(c.side, previewId, c.actor.id, c.at)
  if (!preview) throw new Refusal('PREVIEW_GONE')
  const importId = derivedId(new Date(0), orderId, 'import')
  const byLine = new Map(preview.lines.map((line) => [String(line.line), line]))
  const { results } = await bulk(c, orderId, [...byLine.keys()], (at, id) => {
    const line = byLine.get(at)!
    return assign(c, {
      orderId: id, issuerUnitId: preview.issuerUnitId, unitId: line.unitId, supportingUnitIds: line.supportingUnitIds, title: line.title, lang: preview.lang, workstream: line.workstream, zone: preview.zone, priority: line.priority,
      ...(line.due ? { due: line.due } : {}), ...(line.target ? { target: line.target } : {}), ...(line.product ? { product: line.product } : {}), ...(line.evidenceKind ? { evidenceKind: line.evidenceKind } : {}),
      ...(preview.programmeId ? { programmeId: preview.programmeId } : {}), ...(preview.directiveId ? { directiveId: preview.directiveId } : {}), ...(preview.bodyId ? { bodyId: preview.bodyId } : {}),
    }, importId)
  })
  return { importId, results }
}

/** What was acted on since stays, and says so. */
export async function undoImport(c: Context, { orderId, importId }: { orderId: string; importId: string }): Promise<BulkResult> {
  const tasks = await untouched(c.read, importId)
  if (tasks.length === 0) throw new Refusal('NOT_FOUND')
  const touched = new Set(tasks.filter((task) => task.touched).map((task) => task.id))
  return bulk(c, orderId, tasks.map((task) => task.id), (id, order) => {
    if (touched.has(id)) throw new Refusal('TASK_NOT_OPEN', { state: c.lang === 'vi' ? 'đã có xử lý' : 'acted on' })
    return withdraw(c, { orderId: order, taskId: id, reason: c.lang === 'vi' ? 'Hủy lần nhập từ tệp' : 'The import was undone' })
  })
}

// Tasks from a table: looked at first, then assigned line by line, and taken back if it was a mistake.
import { Refusal } from '../../../kernel/order.ts'
import { derivedId, uuidv7 } from '../../../kernel/ids.ts'
import type { Context } from '../../../kernel/rpc.ts'
import { sentence } from '../../../kernel/contract.ts'
import type { BulkResult } from '../../../kernel/contract.ts'
import { endOfDay } from '../../../pure/calendar.ts'
import { NotATable, readTable } from '../../../pure/rows.ts'
import { importProblems, readLines } from '../decide/import.ts'
import type { ImportProblem } from '../decide/import.ts'
import { mayActFor } from '../store/access.ts'
import { keepPreview, previewOf, unitsByCode, untouched } from '../store/imports.ts'
import { assign } from './assign.ts'
import { bulk } from './bulk.ts'
import { withdraw } from './orders.ts'

const MOST_LINES = 20_000
const SHOWN = 200
const ZONE = 'Asia/Ho_Chi_Minh'
const tableProblems: Record<string, { vi: string; en: string }> = {
  FILE_EMPTY: { vi: 'Tệp không có dòng nào.', en: 'The file has no lines.' }, NOT_UTF8: { vi: 'Tệp CSV không phải UTF-8. Lưu lại bằng mã UTF-8, hoặc dùng XLSX.', en: 'The CSV is not UTF-8. Save it as UTF-8, or use XLSX.' },
  NOT_A_TABLE: { vi: 'Không đọc được tệp. Cần tệp XLSX hoặc CSV còn nguyên vẹn.', en: 'The file cannot be read. An undamaged XLSX or CSV is needed.' },
  TOO_MANY_ROWS: { vi: `Tệp có quá ${MOST_LINES} dòng. Chia thành nhiều tệp.`, en: `The file has more than ${MOST_LINES} lines. Split it.` }, TOO_MANY_COLUMNS: { vi: 'Tệp có quá nhiều cột.', en: 'The file has too many columns.' },
}
type Given = { base64: string; issuerUnitId: string; programmeId?: string | undefined; directiveId?: string | undefined }

export async function previewImport(c: Context, given: Given) {
  if (!(await mayActFor(c.read, c.actor, 'task.assign', given.issuerUnitId))) throw new Refusal('NOT_FOUND')
  const table = await readTable(Buffer.from(given.base64, 'base64'), MOST_LINES + 1).catch((error: unknown) => {
    if (error instanceof NotATable) throw new Refusal('FILE_REFUSED', { count: 1, first: sentence(tableProblems[error.problem]!, c.lang) })
    throw error
  })
  const { lines, problems, ignored } = readLines(table)
  const units = await unitsByCode(c.read, lines.flatMap((line) => [line.unitCode, ...line.supportingCodes]))
  for (const line of lines) {
    for (const code of [line.unitCode, ...line.supportingCodes]) if (code && !units.has(code)) problems.push({ line: line.line, column: code === line.unitCode ? 'unit' : 'supporting', code: 'UNIT_UNKNOWN', data: { code } })
    if (line.due && endOfDay(line.due, ZONE) <= c.at) problems.push({ line: line.line, column: 'due', code: 'DUE_PAST', data: { text: line.due } })
  }
  const previewId = problems.length === 0 && lines.length > 0 ? uuidv7(c.at) : null
  if (previewId) {
    await keepPreview(c.side, previewId, c.actor.id, {
      issuerUnitId: given.issuerUnitId, programmeId: given.programmeId ?? null, directiveId: given.directiveId ?? null,
      lines: lines.map((line) => ({ ...line, unitId: units.get(line.unitCode)!.id, supportingUnitIds: [...new Set(line.supportingCodes.map((code) => units.get(code)!.id))] })),
    }, c.at)
  }
  return {
    previewId, rows: lines.length, ignored, problems: problems.sort((a, b) => a.line - b.line).slice(0, SHOWN).map((p) => shown(c, p)),
    sample: lines.slice(0, 20).map((line) => ({ line: line.line, title: line.title, unit: units.get(line.unitCode)?.name ?? line.unitCode, due: line.due, target: line.target ? `${line.target.count} ${line.target.unit}` : null })),
  }
}
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
      orderId: id, issuerUnitId: preview.issuerUnitId, unitId: line.unitId, supportingUnitIds: line.supportingUnitIds, title: line.title, lang: 'vi', workstream: line.workstream, zone: ZONE, priority: line.priority,
      ...(line.due ? { due: line.due } : {}), ...(line.target ? { target: line.target } : {}), ...(line.product ? { product: line.product } : {}), ...(line.evidenceKind ? { evidenceKind: line.evidenceKind } : {}),
      ...(preview.programmeId ? { programmeId: preview.programmeId } : {}), ...(preview.directiveId ? { directiveId: preview.directiveId } : {}),
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

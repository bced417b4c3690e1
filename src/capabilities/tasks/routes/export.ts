// The whole list as a file: read page by page, written as it is read, whatever its size.
import type { Context } from '../../../kernel/rpc.ts'
import type { Lang } from '../../../kernel/contract.ts'
import { dayIn } from '../../../pure/calendar.ts'
import { csvStream, xlsxStream } from '../../../pure/rows.ts'
import type { Cell } from '../../../pure/rows.ts'
import type { Task, TaskFilter } from '../contract/shapes.ts'
import { TASK_STATE_NAMES } from '../contract/names.ts'
import { listTasks } from '../store/lists.ts'
import { dayHere } from '../../../kernel/zone.ts'

const PAGE = 1000
const HEADER: Record<Lang, string[]> = {
  vi: ['Nhiệm vụ', 'Mã', 'Mảng công tác', 'Mã đơn vị', 'Đơn vị chủ trì', 'Đơn vị giao', 'Thời hạn', 'Trạng thái', 'Quá hạn', 'Chỉ tiêu', 'Đơn vị tính', 'Đạt được', 'Tổng số', 'Ưu tiên', 'Mã nhiệm vụ', 'Đợt'],
  en: ['Task', 'Item', 'Workstream', 'Unit code', 'Lead unit', 'Issued by', 'Due', 'State', 'Overdue', 'Target', 'Counted in', 'Reached', 'Of', 'Priority', 'Task id', 'Programme'],
}
const YES: Record<Lang, [string, string]> = { vi: ['có', 'không'], en: ['yes', 'no'] }

async function* lines(c: Context, filter: TaskFilter): AsyncGenerator<Cell[]> {
  for (let cursor: string | undefined; ;) {
    const page = await listTasks(c.read, c.actor, filter, { cursor, limit: PAGE, lang: c.lang, at: c.at, uncounted: true })
    for (const task of page.items) yield cells(task, c.lang)
    if (!page.next) return
    cursor = page.next
  }
}
const cells = (t: Task, lang: Lang): Cell[] => [
  t.title, t.item ?? '', t.workstream, t.unit.code, t.unit.name, t.issuer?.name ?? '', t.due ? dayIn(new Date(t.due.at), t.due.zone) : '', TASK_STATE_NAMES[t.state][lang], YES[lang][t.overdue ? 0 : 1],
  t.target ? (t.target.kind === 'percent' ? `${t.target.count}%` : t.target.kind === 'all' ? (lang === 'vi' ? 'tất cả' : 'all') : t.target.count) : null, t.target?.unit ?? '', t.reached, t.base, t.priority, t.id, t.programmeName ?? '',
]

export function exportTasks(c: Context, { format, ...filter }: TaskFilter & { format: 'csv' | 'xlsx' }): { headers: Record<string, string>; body: ReadableStream<Uint8Array> } {
  const name = `${c.lang === 'vi' ? 'nhiem-vu' : 'tasks'}-${dayHere(c.at)}.${format}`
  const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const body = format === 'csv' ? csvStream(HEADER[c.lang], lines(c, filter)) : xlsxStream(c.lang === 'vi' ? 'Nhiệm vụ' : 'Tasks', HEADER[c.lang], lines(c, filter))
  return { headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' }, body }
}

// Which units went over into which, by a file: `from_code` stood the day before, `to_code` stands on the day.
import type { Decision } from '../../../kernel/commit.ts'
import { readCsv } from '../../../pure/csv.ts'
import { fold } from '../../../pure/text.ts'
import type { SuccessorPreview, SuccessorsImported, UnitRefused } from '../contract.ts'
import { problem } from './problems.ts'
import type { FileProblem } from './problems.ts'

export type SuccessorRow = { line: number; from: string; to: string; part: 'full' | 'partial' }
export type Successors = { rows: SuccessorRow[]; problems: FileProblem[] }
export type SuccessorOrder = { on: string; today: string; file: string; list: Successors; skipUnknown: boolean }

const COLUMNS = {
  required: ['from_code', 'to_code', 'part'],
  names: { from_code: ['mã cũ', 'mã đơn vị cũ', 'từ mã', 'từ'], to_code: ['mã mới', 'mã đơn vị mới', 'vào mã', 'vào'], part: ['phần', 'phạm vi', 'mức độ'] },
}
const PARTS: Record<string, 'full' | 'partial'> = { full: 'full', 'toan bo': 'full', 'nguyen trang': 'full', partial: 'partial', 'mot phan': 'partial' }
const partOf = (text: string): 'full' | 'partial' | undefined => PARTS[fold(text)]

export function readSuccessors(bytes: Uint8Array | string): Successors {
  const csv = readCsv(bytes, COLUMNS)
  const problems: FileProblem[] = [...csv.problems]
  const pairs = new Map<string, number>()
  const rows = csv.rows.map(({ line, values: v }): SuccessorRow => {
    const pair = `${v.from_code} ${v.to_code}`
    const before = pairs.get(pair)
    const part = partOf(v.part!)
    if (!part) problems.push(problem(line, 'PART_BAD', { part: v.part }))
    if (before !== undefined) problems.push(problem(line, 'PAIR_TWICE', { from: v.from_code, to: v.to_code, before }))
    else pairs.set(pair, line)
    return { line, from: v.from_code!, to: v.to_code!, part: part ?? 'full' }
  })
  return { rows, problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) }
}

/** `before` and `after`: unit ids by code, of the day before and of the day. */
export function planSuccessors(before: Map<string, string>, after: Map<string, string>, order: SuccessorOrder): { fact: SuccessorsImported; preview: SuccessorPreview } | { problems: FileProblem[] } {
  const { on, file, list, skipUnknown } = order
  if (list.problems.length > 0) return { problems: list.problems }
  const problems: FileProblem[] = []
  const skipped: SuccessorPreview['skipped'] = []
  const successors: SuccessorsImported['successors'] = []
  for (const { line, from, to, part } of list.rows) {
    const [fromId, toId] = [before.get(from), after.get(to)]
    if (fromId && toId) successors.push([fromId, toId, part])
    else {
      if (!fromId) problems.push(problem(line, 'FROM_UNKNOWN', { code: from, on }))
      if (!toId) problems.push(problem(line, 'TO_UNKNOWN', { code: to, on }))
      skipped.push({ line, from, to, unknown: [...(fromId ? [] : ['from' as const]), ...(toId ? [] : ['to' as const])] })
    }
  }
  if (problems.length > 0 && !skipUnknown) return { problems }
  const full = successors.filter(([, , part]) => part === 'full').length
  return { fact: { type: 'units.succeeded.v1', on, file, successors }, preview: { on, listed: list.rows.length, full, partial: successors.length - full, skipped } }
}

export function importSuccessors(before: Map<string, string>, after: Map<string, string>, order: SuccessorOrder): Decision<SuccessorsImported, UnitRefused, SuccessorPreview> {
  if (order.on > order.today) return { refused: 'LIST_IN_FUTURE', data: { asOf: order.on } }
  const plan = planSuccessors(before, after, order)
  return 'problems' in plan ? { refused: 'FILE_REFUSED', data: { problems: plan.problems } } : { facts: [plan.fact], answer: plan.preview }
}

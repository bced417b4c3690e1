// The order and the groups of the annex, the same on screen, on paper and on the clipboard.
import { inOrder, sortKey } from '../../../pure/text.ts'
import { onceOf } from '../../../web/kit/table-text.ts'
import { dueDay } from '../../../web/written.ts'
import type { Formats } from '../../../web/written.ts'
import type { TaskRow } from './list.tsx'

export const GROUPS = ['stream', 'unit', 'month', 'state', 'programme'] as const
export type GroupBy = (typeof GROUPS)[number]
export const groupBy = (text: string | undefined): GroupBy | undefined => GROUPS.find((one) => one === text)
const STATES = ['assigned', 'accepted', 'under_way', 'returned', 'reported', 'verified', 'refused', 'withdrawn']
const NEVER = '9999'

export const idOf = (row: TaskRow): string => row.id
export type Words = { month: (of: string) => string; noMonth: string; noStream: string; noProgramme: string; state: (of: TaskRow['state']) => string }
export const monthOf = (row: TaskRow, format: Formats): string => (row.due ? dueDay(format, row.due).slice(3).split('/').reverse().join('-') : NEVER)
export const ageOf = (row: TaskRow): number => Math.max(0, Date.now() - Date.parse(row.assignedAt))

/** The name of a row's group; rows of one group have one id. */
export function groupOf(by: GroupBy, words: Words, format: Formats): (row: TaskRow) => { id: string; label: string } {
  return (row) => {
    if (by === 'unit') return { id: row.unit.id, label: row.unit.name }
    if (by === 'state') return { id: row.state, label: words.state(row.state) }
    if (by === 'stream') { const label = row.workstreamName ?? (row.workstream === 'command' ? words.noStream : row.workstream); return { id: label, label } }
    if (by === 'programme') return { id: row.programmeId ?? '', label: row.programmeName ?? words.noProgramme }
    const month = monthOf(row, format)
    return { id: month, label: month === NEVER ? words.noMonth : words.month(month.split('-').reverse().join('/')) }
  }
}

const TEXTS = { title: (row: TaskRow) => row.title, unit: (row: TaskRow) => row.unit.name, supporting: (row: TaskRow) => row.supporting[0]?.name ?? null, product: (row: TaskRow) => row.product }
// Twelve thousand keys are made once, not at each change of a row.
const KEYS = { title: onceOf<TaskRow, string>(), unit: onceOf<TaskRow, string>(), supporting: onceOf<TaskRow, string>(), product: onceOf<TaskRow, string>() }
/** Rows in the order asked for, group after group. By due date they come so from the server, and stay as they are. */
export function arranged(rows: readonly TaskRow[], sort: string | undefined, by: GroupBy | undefined, words: Words, format: Formats): readonly TaskRow[] {
  const name = sort?.replace(/^-/, '')
  const own = name && name !== 'due'
  if (!own && !by) return rows
  const text = name && name in TEXTS ? name as keyof typeof TEXTS : undefined
  const weight = { state: (row: TaskRow) => STATES.indexOf(row.state), age: (row: TaskRow) => Date.parse(row.assignedAt) * -1, priority: (row: TaskRow) => ['high', 'normal', 'low'].indexOf(row.priority) }[name ?? '']
  const down = sort?.startsWith('-') ? -1 : 1
  const sorted = own && text ? inOrder(rows, TEXTS[text], down < 0, KEYS[text]) : own ? [...rows].sort((a, b) => (weight ? weight(a) - weight(b) : 0) * down) : [...rows]
  if (!by) return sorted
  const of = groupOf(by, words, format)
  const groups = [...Map.groupBy(sorted, (row) => of(row).id)].map(([id, members]) => ({ id, members, at: by === 'state' ? STATES.indexOf(id) : 0, key: by === 'month' ? id : by === 'state' ? '' : sortKey(of(members[0]!).label) }))
  return groups.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1)).flatMap((one) => one.members)
}
/** What the server sorts by: by due date it reads only what is in sight. */
export const serverSort = (sort: string | undefined): 'due' | '-due' => (sort === '-due' ? '-due' : 'due')
/** Whether every row must be there first. */
export const needsAll = (sort: string | undefined, by: GroupBy | undefined): boolean => Boolean((by && by !== 'month') || (sort && !/^-?due$/.test(sort)))

// An ICS form as the boxes that PDF and DOCX draw, and what an event fills in of it.
import type { IcsForm, IcsValues } from '../contract/ics.ts'
import { headed, icsForms, keyOf } from './ics.ts'
import type { IcsBlock, IcsFormData, IcsSource } from './ics.ts'

/** `tall`: empty lines left to write on. `pairs`: short fields, so many across. */
export type IcsPart = { pairs: [label: string, text: string][]; across: number } | { label: string; text: string; tall: number } | { marks: [label: string, on: boolean][] } | { columns: { head: string; width: number }[]; rows: string[][] }
export type IcsBox = { head: string; wide: number; band: boolean; parts: IcsPart[] }
export type IcsSheet = { form: string; title: string; lang: 'en'; /** Millimetres, as it lies. */ page: [number, number]; rows: IcsBox[][] }
export const MARGIN = 12.7
const PAPERS = { letter: [215.9, 279.4], a4: [210, 297] } as const

export function composeIcs({ form, paper, values }: IcsForm): IcsSheet {
  const data = icsForms[form]
  const [short, long] = PAPERS[paper]
  return { form: `ICS ${form}`, title: data.title, lang: 'en', page: data.lies ? [long, short] : [short, long], rows: inRows(data.blocks.map((block) => boxOf(block, values))) }
}

/** Boxes side by side while they fit the page; the last of a row takes what is left. */
function inRows(boxes: IcsBox[]): IcsBox[][] {
  const rows: IcsBox[][] = []
  let room = 0
  for (const box of boxes) {
    if (box.wide > room) { rows.push([]); room = 12 }
    rows.at(-1)!.push(box)
    room -= box.wide
  }
  return rows.map((row) => row.map((box, i) => (i < row.length - 1 ? box : { ...box, wide: 12 - row.slice(0, -1).reduce((sum, one) => sum + one.wide, 0) })))
}

/** Letters that no file of words may hold. */
const clean = (text: string): string => text.replace(/[^\P{Cc}\n]|[\uFFFE\uFFFF]/gu, ' ').trim()
const textOf = (values: IcsValues, key: string): string => { const value = values[key]; return typeof value === 'string' ? clean(value) : '' }
function boxOf(block: IcsBlock, values: IcsValues): IcsBox {
  const parts: IcsPart[] = []
  for (const field of block.fields ?? []) {
    const value = textOf(values, keyOf(block, field))
    if (field.kind === 'check') {
      const last = parts.at(-1)
      if (last && 'marks' in last) last.marks.push([field.label, value === 'yes'])
      else parts.push({ marks: [[field.label, value === 'yes']] })
    } else if (field.kind === 'yesno') parts.push({ marks: [['Yes', value === 'yes'], ['No', value === 'no']] })
    else if (field.label && field.kind !== 'text') {
      const last = parts.at(-1)
      if (last && 'pairs' in last) last.pairs.push([field.label, value])
      else parts.push({ pairs: [[field.label, value]], across: 1 })
    } else parts.push({ label: field.label, text: value, tall: field.kind === 'text' && !value ? block.tall ?? 1 : 0 })
  }
  for (const part of parts) if ('pairs' in part) part.across = Math.min(part.pairs.length, (block.wide ?? 12) > 6 ? 4 : 2)
  const { table } = block
  if (table) parts.push({ columns: table.columns.map((one) => ({ head: headed(one, one.head), width: one.width })), rows: rowsOf(block, values) })
  const head = headed(block, block.title)
  return { head: head && !block.band && !head.endsWith('?') ? `${head}:` : head, wide: block.wide ?? 12, band: Boolean(block.band), parts }
}
/** Every word that is drawn. */
export const wordsOf = (sheet: IcsSheet): string => sheet.rows.flat().flatMap(({ head, parts }) => [head, ...parts.flatMap((part) => ('pairs' in part ? part.pairs.flat() : 'marks' in part ? part.marks.map(([label]) => label) : 'rows' in part ? [...part.columns.map((one) => one.head), ...part.rows.flat()] : [part.label, part.text]))]).join(' ')

/** As typed; the fixed words of its first column stand whatever is typed. */
function rowsOf(block: IcsBlock, values: IcsValues): string[][] {
  const { columns, rows: fixed, blank = 1 } = block.table!
  const value = values[keyOf(block)]
  const typed = Array.isArray(value) ? value : []
  const row = (cells: string[] = []) => columns.map((_, i) => clean(cells[i] ?? ''))
  if (fixed) return fixed.map((word, i) => [word, ...row(typed[i]).slice(1)])
  const said = typed.filter((cells) => cells.some((cell) => cell.trim())).map(row)
  return said.length > 0 ? said : Array.from({ length: blank }, () => row())
}

/** What is known of an event; days and hours are those of its place. */
export type IcsEvent = { name: string; unit: string; place: string; from: { day: string; time: string }; to: { day: string; time: string }; tasks: { title: string; unit: string; due: string | null }[]; /** Tasks beyond these. */ more: number }

export function icsFilled(form: IcsFormData, event: IcsEvent): IcsValues {
  const units = [...new Set([event.unit, ...event.tasks.map(({ unit }) => unit)])]
  const texts: Partial<Record<IcsSource, string>> = {
    name: event.name, unit: event.unit, place: event.place, fromDay: event.from.day, fromTime: event.from.time, toDay: event.to.day, toTime: event.to.time,
    assignments: [...event.tasks.map(({ title, unit, due }) => `${title} (${[unit, due].filter(Boolean).join(', ')})`), ...(event.more > 0 ? [`… ${event.more} more`] : [])].join('\n').slice(0, 20_000),
  }
  const values: IcsValues = {}
  for (const block of form.blocks) {
    for (const field of block.fields ?? []) if (field.from && texts[field.from]) values[keyOf(block, field)] = texts[field.from]!
    const { table } = block
    if (table?.from === 'organizations') values[keyOf(block)] = units.map((unit) => [unit.slice(0, 2000)])
    // Branch, division, work: what is required, had and needed is for the planner to say.
    if (table?.from === 'worksheet' && event.tasks.length > 0) values[keyOf(block)] = event.tasks.map(({ title, unit }) => ['', unit, title.slice(0, 2000)])
  }
  return values
}

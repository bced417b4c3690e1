// One letter for each unit: what stands in braces is filled in for each. Browser and server fill in alike, so the preview is what is issued.
import type { Block, Letter } from '../contract/letter.ts'
import { lateTable, missingTable } from './drafts.ts'
import type { DraftTask, MissingReport } from './drafts.ts'

/** Each field by its names in both languages. */
export const FIELDS = { unit: ['đơn vị', 'unit'], overdue: ['số quá hạn', 'overdue'], missing: ['số báo cáo thiếu', 'missing reports'], day: ['ngày', 'day'] } as const
export type Owed = { tasks: DraftTask[]; reports: MissingReport[] }
export type Merged = { unit: string; overdue: number; /** Reports past their hour. */ missing: number; /** dd/MM/yyyy. */ day: string }

const pattern = new RegExp(`\\{(${Object.values(FIELDS).flat().join('|')})\\}`, 'giu')
export const fill = (text: string, values: Merged): string => text.normalize('NFC').replace(pattern, (_, name: string) => {
  const field = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).find((one) => (FIELDS[one] as readonly string[]).includes(name.toLocaleLowerCase('vi')))!
  return String(values[field])
})

const inBlock = (block: Block, values: Merged): Block => {
  switch (block.type) {
    case 'text': case 'heading': return { ...block, text: fill(block.text, values) }
    case 'part': return { ...block, title: fill(block.title, values) }
    case 'article': return { ...block, title: fill(block.title, values), text: fill(block.text, values) }
    case 'table': return { ...block, rows: block.rows.map((row) => row.map((cell) => fill(cell, values))) }
  }
}

/** The letter to one unit; without an addressee of its own it goes to that unit. `owed`: its overdue tasks and late reports, each as an annex. */
export function merged(letter: Letter, values: Merged, owed?: Owed): Letter {
  const lines = (all: string[]) => all.map((text) => fill(text, values))
  return {
    ...letter, subject: fill(letter.subject, values), to: letter.to.length > 0 ? lines(letter.to) : [values.unit], grounds: lines(letter.grounds), body: letter.body.map((block) => inBlock(block, values)), recipients: lines(letter.recipients),
    annexes: [...letter.annexes.map((annex) => ({ ...annex, title: fill(annex.title, values), body: annex.body.map((block) => inBlock(block, values)) })), ...(owed && owed.tasks.length > 0 ? [lateTable(owed.tasks, letter.lang)] : []), ...(owed && owed.reports.length > 0 ? [missingTable(owed.reports, letter.lang)] : [])],
  }
}

/** The first that nothing filled in, as it stands in the words: whatever stands in braces. */
export function unfilled(letter: Letter): string | undefined {
  const texts: string[] = []
  JSON.stringify(letter, (_, value: unknown) => { if (typeof value === 'string') texts.push(value.normalize('NFC')); return value })
  return /\{[^{}\n]{1,60}\}/u.exec(texts.join('\n'))?.[0]
}

// A table as text: for the clipboard, and to be found in. Only columns that say their plain text (`text`) take part.
import { fold } from '../../pure/text.ts'

export type Sheet = { heads: string[]; rows: string[][] }
type Texted<R> = { head: string; text?: ((row: R, index: number) => string) | undefined }

export function sheetOf<R>(columns: readonly Texted<R>[], rows: readonly R[]): Sheet {
  const told = columns.flatMap(({ head, text }) => (text ? [{ head, text }] : []))
  return { heads: told.map(({ head }) => head), rows: rows.map((row, i) => told.map(({ text }) => text(row, i))) }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
/** For the clipboard: as text for Excel, as a table for Word. A tab or a line in a cell would be a column or a row. */
export const tsv = ({ heads, rows }: Sheet): string => [heads, ...rows].map((row) => row.map((cell) => (/^[=+\-@]/.test(cell) ? `'${cell}` : cell).replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\r\n')
export const html = ({ heads, rows }: Sheet): string => `<table border="1"><thead><tr>${heads.map((cell) => `<th>${escaped(cell)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('')}</tbody></table>`

/** The places of the rows that have every word, wherever in the row; `folded`: each row as `fold` makes it. */
export function hitsIn(folded: readonly string[], text: string): number[] {
  const words = fold(text).split(' ').filter(Boolean)
  return words.length === 0 ? [] : folded.flatMap((row, i) => (words.every((word) => row.includes(word)) ? [i] : []))
}

/** Remembers what was made of a row for as long as the row is there: a change of one among twelve thousand is made anew once. */
export function onceOf<R, V>(): (row: R, make: () => V) => V {
  const made = new WeakMap<WeakKey, V>()
  return (row, make) => {
    const key = row as WeakKey
    if (!made.has(key)) made.set(key, make())
    return made.get(key)!
  }
}

// Where in a text the words stand: a line around the first of them, in parts.
import { wordsOf } from '../../pure/text.ts'

const AROUND = 70
const MOST_WORDS = 12

/** The words that are searched: folded, at most a dozen. */
export const asked = (text: string): string[] => wordsOf(text).fold.slice(0, MOST_WORDS)

/** Parts of a line; every second is a word asked for, or where one of those does not stand there whole, a word that begins as one of them. A text whose words are not found by the same folding gives its beginning. */
export function line(text: string, words: readonly string[]): string[] {
  const flat = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  const there = [...flat.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((found) => ({ at: found.index, to: found.index + found[0].length, keys: wordsOf(found[0]).fold }))
  const whole = words.every((word) => there.some(({ keys }) => keys.includes(word)))
  const marks = there.filter(({ keys }) => keys.some((key) => (whole ? words.includes(key) : words.some((word) => key.startsWith(word))))).map(({ at, to }): [number, number] => [at, to])
  const first = marks[0]?.[0] ?? 0
  const from = first <= AROUND ? 0 : flat.indexOf(' ', first - AROUND) + 1
  const until = flat.length - first <= 2 * AROUND ? flat.length : flat.lastIndexOf(' ', first + 2 * AROUND)
  const parts: string[] = []
  let at = from
  for (const [start, end] of marks) {
    if (start < from || end > until) continue
    parts.push(flat.slice(at, start), flat.slice(start, end))
    at = end
  }
  parts.push(flat.slice(at, Math.max(at, until)))
  if (from > 0) parts[0] = `… ${parts[0]}`
  if (until < flat.length) parts[parts.length - 1] += ' …'
  return parts
}

/** Ids, days and the program's own names of things: no words of anybody's. */
const MACHINE = /^(?:[a-z]+(?:_[a-z]+)*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d{2}-\d{2}(?:T\S+)?)$/
/** A paper or a plan is kept as JSON: its words are the texts in it. */
export function wordsIn(text: string): string {
  if (!text.startsWith('{') && !text.startsWith('[')) return text
  const all: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') { if (value.trim() && !MACHINE.test(value)) all.push(value) }
    else if (value && typeof value === 'object') for (const one of Object.values(value)) walk(one)
  }
  try { walk(JSON.parse(text)) } catch { return text }
  return all.join(' · ')
}

// What changed between two versions: particulars, sections word by word, live tables row by row (jsdiff).
import { diffArrays, diffWordsWithSpace } from 'diff'
import { PARTICULARS } from '../contract/shapes.ts'
import type { Change, ParticularChange, Table, TableChange } from '../contract/shapes.ts'

export type Written = { id: string; title: string; /** Null: erased. */ text: string | null }
const MOST = 60_000

/** A text too long to compare by words in good time is shown whole, before and after. */
export function changesIn(was: string, now: string): Change['parts'] {
  if (was === now) return was ? [['same', was]] : []
  if (was.length + now.length > MOST * 2) return [['out', was], ['in', now]]
  const parts = diffWordsWithSpace(was, now, { timeout: 1000 })
  return parts?.map(({ value, added, removed }) => [added ? 'in' : removed ? 'out' : 'same', value]) ?? [['out', was], ['in', now]]
}

/** Sections stand where the later version has them; what is gone follows. A section keeps its id from one version to the next. */
export function compare(from: Written[], to: Written[]): Change[] {
  const before = new Map(from.map((one) => [one.id, one]))
  const after = new Set(to.map(({ id }) => id))
  const told = (one: Written, was: string | null, parts: Change['parts'], what: Change['what']): Change => ({ id: one.id, title: one.title, was: was === one.title ? null : was, what, parts })
  return [
    ...to.map((now) => {
      const was = before.get(now.id)
      if (now.text === null || was?.text === null) return told(now, was?.title ?? null, [], 'erased')
      if (!was) return told(now, null, changesIn('', now.text), 'new')
      return told(now, was.title, changesIn(was.text ?? '', now.text), was.text === now.text && was.title === now.title ? 'same' : 'changed')
    }),
    ...from.filter(({ id }) => !after.has(id)).map((was) => told(was, null, was.text === null ? [] : changesIn(was.text, ''), 'gone')),
  ]
}

/** All that a section says, as one text: what is compared. */
export const wholeText = (text: string, actions: { title: string; unit: string; supporting: string[]; due: string | null; product: string | null }[]): string =>
  [text.trim(), ...actions.map((one, i) => `${i + 1}. ${[one.title, one.unit, one.supporting.join(', '), one.due?.split('-').reverse().join('/'), one.product].filter(Boolean).join(' | ')}`)].filter(Boolean).join('\n')

/** Texts are compared by words, what has an id by that: two may have one name. */
export type Particulars = { title: string; basis: string | null } & Record<'head' | 'event' | 'programme' | 'review' | 'rests' | 'files', { id: string; name: string }[]>
export function compareParticulars(from: Particulars, to: Particulars): ParticularChange[] {
  const not = (all: Particulars['files'], is: 'in' | 'out', others: Particulars['files']): Change['parts'] => all.filter(({ id }) => !others.some((one) => one.id === id)).map(({ name }) => [is, name])
  return PARTICULARS.flatMap((what): ParticularChange[] => {
    if (what === 'title' || what === 'basis') return (from[what] ?? '') === (to[what] ?? '') ? [] : [{ what, parts: changesIn(from[what] ?? '', to[what] ?? '') }]
    const parts = [...not(from[what], 'out', to[what]), ...not(to[what], 'in', from[what])]
    return parts.length > 0 ? [{ what, parts }] : []
  })
}

export type Tables = ReadonlyMap<string, Pick<Table, 'name' | 'heads' | 'rows'>>
/** Rows that stand in both in the same order are the same ones; of a changed row the old one went and the new one came. */
export function compareTables(from: Tables, to: Tables): TableChange[] {
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((source): TableChange[] => {
    const [was, now] = [from.get(source), to.get(source)]
    const parts = diffArrays((was?.rows ?? []).map((row) => JSON.stringify(row)), (now?.rows ?? []).map((row) => JSON.stringify(row)))
    const rows = parts.flatMap(({ added, removed, value }) => (added || removed ? value.map((row) => ({ is: added ? 'in' as const : 'out' as const, cells: JSON.parse(row) as string[] })) : []))
    const what = !was ? 'new' : !now ? 'gone' : 'changed'
    return rows.length === 0 && what === 'changed' ? [] : [{ source, name: (now ?? was)!.name, what, heads: (now ?? was)!.heads, rows, same: parts.reduce((sum, part) => sum + (part.added || part.removed ? 0 : part.value.length), 0) }]
  })
}

// What changed between two versions, section by section, word by word (jsdiff).
import { diffWordsWithSpace } from 'diff'
import type { Change } from '../contract/shapes.ts'

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

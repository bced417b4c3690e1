// What an item says, in the reader's language.
import type { Lang } from '../../../kernel/contract.ts'
import { plural } from '../../../pure/plural.ts'

export type Sentences = Record<string, { vi: string; en: string }>

/** A parameter that is a text by language is read in the asker's. */
export function sentenceOf(row: { code: string; params: Record<string, unknown>; count: number }, sentences: Sentences, lang: Lang): string {
  const text = (value: unknown): string => (value === null || value === undefined ? '…' : typeof value === 'object' ? ((value as Record<string, string>)[lang] ?? '…') : String(value as string | number))
  return plural(sentences[row.code]?.[lang] ?? row.code, { ...row.params, count: row.count }).replace(/\{(\w+)\}/g, (_, key: string) => (key === 'count' ? String(row.count) : text(row.params[key])))
}

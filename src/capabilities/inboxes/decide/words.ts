// What an item says, in the reader's language.
import type { Lang } from '../../../kernel/contract.ts'
import { plural } from '../../../pure/plural.ts'

export type Sentences = Record<string, { vi: string; en: string }>

/** A parameter that is a text by language is read in the asker's. */
export function sentenceOf(row: { code: string; params: Record<string, unknown>; count: number }, sentences: Sentences, lang: Lang): string {
  const text = (value: unknown): string => (value === null || value === undefined ? '…' : typeof value === 'object' ? ((value as Record<string, string>)[lang] ?? '…') : String(value as string | number))
  return plural(sentences[row.code]?.[lang] ?? row.code, { ...row.params, count: row.count }).replace(/\{(\w+)\}/g, (_, key: string) => (key === 'count' ? String(row.count) : text(row.params[key])))
}

/** Whether how many a line stands for is to be said beside its sentence: not where that says it itself (“được giao 36 nhiệm vụ”). `number`: as the reader writes it. */
export const unsaid = ({ sentence, count }: { sentence: string; count: number }, number: (n: number) => string): boolean =>
  count > 1 && !(sentence.match(/\d+(?:[.,]\d{3})*/g) ?? []).some((said) => said === String(count) || said === number(count))

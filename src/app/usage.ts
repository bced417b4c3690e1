// Reads a command's usage line: the one place that says which words and options it takes.
import { parseArgs } from 'node:util'

type Option = { name: string; takes: string | undefined; needed: boolean }
type Word = { name: string; needed: boolean; many: boolean }
export type Usage = { words: Word[]; options: Option[] }

/** `FILE.csv --as-of DATE [--scheme S] [--dry-run] [MORE...]` */
export function readUsage(line: string): Usage {
  const usage: Usage = { words: [], options: [] }
  for (const [, open, option, takes, word, many] of line.matchAll(/(\[)?(?:--([a-z0-9-]+)(?: ([^\s[\]-][^\s[\]]*))?|([^\s[\].-][^\s[\]]*?)(\.\.\.)?)(?=[\s\]]|$)\]?/g)) {
    if (option) usage.options.push({ name: option, takes, needed: !open })
    else usage.words.push({ name: word!, needed: !open, many: many !== undefined })
  }
  return usage
}

export type Given = { words: string[]; options: Record<string, string | boolean> }

/** What was typed after the command's name; a sentence where it does not fit. */
export function readArguments(usage: Usage, typed: string[], common: Option[]): Given | { wrong: { vi: string; en: string } } {
  const known = [...usage.options, ...common]
  let given: Given
  try {
    const { values, positionals } = parseArgs({ args: typed, allowPositionals: true, options: Object.fromEntries(known.map(({ name, takes }) => [name, { type: takes === undefined ? 'boolean' as const : 'string' as const }])) })
    given = { words: positionals, options: values as Given['options'] }
  } catch (error) {
    const text = (error instanceof Error ? error.message : String(error)).split('. To specify')[0]!
    return { wrong: { vi: `Tùy chọn không đúng: ${text}.`, en: `${text}.` } }
  }
  const asked = given.options['help'] === true
  const missing = usage.words[given.words.length]
  if (!asked && missing?.needed) return { wrong: { vi: `Thiếu ${missing.name}.`, en: `${missing.name} is missing.` } }
  const option = usage.options.find(({ name, needed }) => needed && !(name in given.options))
  if (!asked && option) return { wrong: { vi: `Thiếu --${option.name}${option.takes ? ` ${option.takes}` : ''}.`, en: `--${option.name}${option.takes ? ` ${option.takes}` : ''} is missing.` } }
  if (given.words.length > usage.words.length && !usage.words.at(-1)?.many) return { wrong: { vi: `Thừa: ${given.words.slice(usage.words.length).join(' ')}.`, en: `Too much: ${given.words.slice(usage.words.length).join(' ')}.` } }
  return given
}

// What was different with one thing between two lines of its history.
import { Refusal } from '../../../kernel/commit.ts'
import type { Reader } from '../../../kernel/db.ts'
import type { Line } from '../../../kernel/journal.ts'
import type { Trace, Traces, Words } from '../contract.ts'
import { idOf, kindOf, shown } from '../decide.ts'
import { compared, namedIn, unitsIn, versionsIn } from '../decide/compare.ts'
import { aboutOf, codeNames, namesFor, newestNames, versionNumbers } from '../store.ts'

/** More lines than any thing has had; one with more is told so by the number of lines read. */
const MOST = 20_000

/** `page`: the lines about the thing before a position, newest first, that the asker may see. */
export async function compareMoments(read: Reader, ask: { subject: string; from: number; until: number }, traces: Traces, words: Words, zone: string, page: (before: number | null) => Promise<Line[]>) {
  const of = traces[kindOf(ask.subject)]
  if (!of) throw new Refusal('NOT_COMPARABLE')
  const lines: Line[] = []
  for (let before: number | null = Math.max(ask.from, ask.until) + 1; before !== null && lines.length < MOST;) {
    const part = await page(before)
    lines.push(...part)
    before = part.at(-1)?.position ?? null
  }
  const [first, last] = [Math.min(ask.from, ask.until), Math.max(ask.from, ask.until)].map((position) => lines.find((line) => line.position === position))
  if (!first || !last) throw new Refusal('NOT_FOUND')
  const id = idOf(ask.subject)
  const made = await of.own?.(read, id)
  const { fields, state } = compared(lines.toReversed().map((line) => ({ position: line.position, type: line.type, fact: JSON.parse(line.body) as unknown })), ask.from, ask.until, of, id, { ...(of.about ? await aboutOf(read, id, of.about) : {}), ...made?.known })
  const values = fields.flatMap((one) => [one.before, one.after])
  const versions = [...new Set([...versionsIn(values), ...versionsIn(Object.values(state))])]
  const [names, called, numbers, codes] = await Promise.all([namesFor(read, [], unitsIn(values), []), of.names ? newestNames(read, of.names, namedIn(values)) : new Map<string, { vi: string; en: string }>(), versionNumbers(read, versions), of.codes ? codeNames(read, of.codes, versions) : new Map<string, { vi: string; en: string }>()])
  const unit = (one: string): string => names.units.get(one) ?? one
  const said = (value: Trace) => {
    if (value === null) return null
    const one = (lang: 'vi' | 'en'): string => typeof value === 'object' && 'unit' in value ? unit(value.unit) : typeof value === 'object' && 'units' in value ? value.units.map(unit).join('; ')
      : typeof value === 'object' && 'named' in value ? called.get(value.named)?.[lang] ?? value.named
      : typeof value === 'object' && 'version' in value ? numbers.get(value.version) ?? value.version : shown(value, lang, words, zone)
    return { vi: one('vi'), en: one('en') }
  }
  const named = (field: string) => {
    const at = field.indexOf(':')
    const [prefix, code] = at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)]
    const base = of.fields[prefix] ?? { vi: prefix, en: prefix }
    const own = of.codes && prefix === of.codes.prefix ? codes.get(code) ?? { vi: code, en: code } : made?.name(code) ?? { vi: code, en: code }
    return code && !/^[0-9a-f]{8}-/.test(code) ? { vi: `${base.vi}: ${own.vi}`, en: `${base.en}: ${own.en}` } : base
  }
  return { subject: ask.subject, from: { position: first.position, at: first.recorded_at.toISOString() }, until: { position: last.position, at: last.recorded_at.toISOString() }, lines: lines.length, fields: fields.map((one) => ({ field: one.field, name: named(one.field), before: said(one.before), after: said(one.after) })) }
}

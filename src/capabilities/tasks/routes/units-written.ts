// The units that a table names, read as people write them; what is not sure is asked once, however many lines say it.
import type { Context } from '../../../kernel/rpc.ts'
import { fold } from '../../../pure/text.ts'
import type { PreviewTasks, TaskImportPreview } from '../contract/imports.ts'
import type { ImportLine } from '../decide/import.ts'
import { cuts, isCrowd, meant, pieces, spellings } from '../decide/units-written.ts'
import type { Candidate } from '../decide/units-written.ts'
import { below, unitsByCode, unitsById } from '../store/imports.ts'
import { dayHere } from '../../../kernel/zone.ts'

export type FindUnits = (read: Context['read'], text: string, wanted: { at: string }, limit: number) => Promise<{ hits: Candidate[]; total: number }>
type Read = Candidate | { asked: string }
type Asked = TaskImportPreview['asked'][number]

const LOOKED_AT = 40
const MOST_RUN = 4
const isCode = (word: string): boolean => /^[\p{L}\d_.-]{1,40}$/u.test(word) && /\d/.test(word)

export async function openReading(c: Context, find: FindUnits | undefined, given: PreviewTasks, lines: ImportLine[]) {
  const told = new Map((given.units ?? []).map((one) => [fold(one.text), one.unitId]))
  const chosen = await unitsById(c.read, [...told.values()].filter((id) => id !== null))
  const words = lines.flatMap((line) => [line.unit, ...line.unit.split(/[;,\s]+/), line.supporting, ...line.supporting.split(/[;,\s]+/)])
  const codes = await unitsByCode(c.read, words.filter((word) => word !== '' && word.length <= 40))
  const known = new Map<string, Promise<Candidate | { choices: Candidate[] }>>()
  const asked = new Map<string, Asked>()
  const at = dayHere(c.at)

  async function look(text: string, whole: boolean): Promise<Candidate | { choices: Candidate[] }> {
    const code = codes.get(text)
    if (code) return code
    let first: Candidate[] = []
    for (const spelling of find ? spellings(text) : []) {
      const { hits, total } = await find!(c.read, spelling, { at }, LOOKED_AT)
      const near = hits.length > 1 ? await below(c.read, given.issuerUnitId, hits.map((hit) => hit.id)) : new Set<string>()
      const found = meant(spelling, { hits, total, near }, whole)
      if ('unit' in found) return found.unit
      if (first.length === 0) first = found.choices
    }
    return { choices: first }
  }
  const looked = (text: string, whole: boolean) => {
    const key = `${whole} ${fold(text)}`
    let found = known.get(key)
    if (!found) known.set(key, found = look(text, whole))
    return found
  }
  const ask = (text: string, lead: boolean, choices: Candidate[]): { asked: string } => {
    const one = asked.get(fold(text))
    if (one) { one.lines++; one.lead ||= lead } else asked.set(fold(text), { text, lead, lines: 1, choices: choices.map(({ id, code, name, kind, parents }) => ({ id, code, name, kind, parents: parents.map(({ name: of }) => ({ name: of })) })) })
    return { asked: text }
  }
  /** Undefined: the sender said to leave it out. */
  async function one(text: string, lead: boolean): Promise<Read | undefined> {
    const answer = told.get(fold(text))
    if (answer === null && !lead) return undefined
    if (answer && chosen.has(answer)) return chosen.get(answer)!
    const found = isCrowd(text) ? { choices: [] } : await looked(text, false)
    return 'choices' in found ? ask(text, lead, found.choices) : found
  }

  async function list(text: string): Promise<Read[]> {
    const all: (Read | undefined)[] = []
    for (const parts of cuts(text)) {
      if (isCrowd(parts[0]!)) { all.push(await one(parts.join(', '), false)); continue }
      const spaced = parts.length === 1 ? parts[0]!.split(/\s+/) : []
      if (spaced.length > 1 && spaced.every((word) => isCode(word) && codes.has(word))) { all.push(...spaced.map((word) => codes.get(word)!)); continue }
      for (let from = 0; from < parts.length;) {
        let taken = 0
        for (let until = Math.min(parts.length, from + MOST_RUN); until > from + 1 && !taken; until--) {
          const found = await looked(parts.slice(from, until).join(', '), true)
          if ('id' in found) { all.push(found); taken = until - from }
        }
        if (!taken) {
          const part = parts[from]!
          const several = pieces(part)
          const whole = told.has(fold(part)) || several.length < 2 || 'id' in (await looked(part, true))
          for (const piece of whole ? [part] : several) all.push(await one(piece, false))
          taken = 1
        }
        from += taken
      }
    }
    return all.filter((found) => found !== undefined)
  }

  return {
    lead: async (text: string): Promise<Read | undefined> => (text === '' ? undefined : one(text.replace(/\s+/gu, ' '), true)),
    list,
    /** Some unit is called so. */
    known: (text: string): boolean => (asked.get(fold(text))?.choices.length ?? 0) > 0,
    asked: (): Asked[] => [...asked.values()].sort((a, b) => b.lines - a.lines).slice(0, 200),
  }
}

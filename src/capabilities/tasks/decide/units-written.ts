// Which unit is meant by words in a table: by code, by its whole name, by the one that fits; else somebody is asked.
import { fold } from '../../../pure/text.ts'
import { bareKey, longForms } from '../../../pure/words.ts'

export type Candidate = { id: string; code: string; name: string; kind: string; parents: { name: string }[] }
/** What a search for the words found; `near`: the ids that stand below whoever gives the work. */
export type Hits = { hits: Candidate[]; total: number; near: ReadonlySet<string> }
export type Meant = { unit: Candidate } | { choices: Candidate[] }

const SHOWN = 8
/** Bodies of a place that lead its work: the place is meant. */
const BODY = /^(uy ban nhan dan|ubnd|hdnd va ubnd|hoi dong nhan dan|hdnd|dang uy|tinh uy|thanh uy|ban thuong vu|lanh dao|cap uy)( (cac|cap))? /

/** The words to search for, best first: as written, then without the body's name. */
export function spellings(text: string): string[] {
  const plain = text.replace(/^[\s\-–+•*.]+|[\s;,.]+$/gu, '').replace(/\s+/gu, ' ')
  const key = fold(plain)
  const bare = key.replace(BODY, '')
  return bare !== key && bare ? [plain, bare] : plain ? [plain] : []
}

/** `whole`: only by its whole name; not because it is the one that fits. */
export function meant(text: string, { hits, total, near }: Hits, whole = false): Meant {
  const key = fold(text).split(' ').map((word) => longForms.get(word)?.fold.join(' ') ?? word).join(' ')
  if (bareKey(`${key} x`) === 'x') return { choices: [] } // “xã”, “sở”: a kind, no unit
  const named = hits.filter((unit) => fold(unit.name) === key || unit.code.toLowerCase() === text.toLowerCase())
  const exact = named.length > 0 ? named : hits.filter((unit) => bareKey(fold(unit.name)) === bareKey(key) && bareKey(key) === key)
  const below = exact.filter((unit) => near.has(unit.id))
  if (exact.length === 1) return { unit: exact[0]! }
  if (below.length === 1) return { unit: below[0]! }
  if (!whole && exact.length === 0 && total === 1 && hits[0]) return { unit: hits[0] }
  return { choices: (below.length > 1 ? below : exact.length > 0 ? exact : hits).slice(0, SHOWN) }
}

/** A list of units, cut by line and semicolon, then by comma: runs of commas are tried whole first, for a name may hold one (Sở Văn hóa, Thể thao và Du lịch). */
export const cuts = (text: string): string[][] => text.split(/[;\n]+/).map((part) => part.split(',').map((one) => one.trim()).filter(Boolean)).filter((part) => part.length > 0)
/** What stands between “và”, where it is no part of a name. */
export const pieces = (text: string): string[] => text.split(/\s+(?:và|and|&)\s+/u).map((one) => one.trim()).filter(Boolean)
/** “các xã, phường”, “các đơn vị liên quan”: says many without naming one. */
export const isCrowd = (text: string): boolean => /^(cac|nhung|toan bo|tat ca|all|cap) /.test(fold(text))

// A thing whose facts say in columns what it has: which path of which fact is which field. One reading for all such kinds.
import type { Trace, Traced, Traces } from '../contract.ts'
import { valueAt } from '../decide.ts'

/** What stands at this path, as it is; or as a unit, units, a template's version, how many there are, the word of a code (`of` before it), or always the same word. */
export type Field = string | { unit: string } | { units: string; each?: string } | { version: string } | { count: string } | { code: string; of: string } | { say: string | null }
/** By fact type. `was`: what the fact says that it was before. `if`: only where this is true. */
export type FieldsOf = Record<string, { set?: Record<string, Field>; was?: Record<string, Field>; if?: string }>

const plain = (value: unknown): Trace => (typeof value === 'string' || typeof value === 'number' ? value : value !== null && typeof value === 'object' && 'vi' in value && 'en' in value ? value as { vi: string; en: string } : null)
const strings = (value: unknown, each?: string): string[] => (Array.isArray(value) ? [...new Set(value.map((one) => (each ? valueAt(one, each) : one)).filter((one) => typeof one === 'string'))] : [])

/** Undefined: the fact says nothing of it, as those from before the field was. */
function read(fact: unknown, field: Field): Trace | undefined {
  if (typeof field === 'object' && 'say' in field) return field.say
  const value = valueAt(fact, typeof field === 'string' ? field : 'unit' in field ? field.unit : 'units' in field ? field.units : 'version' in field ? field.version : 'count' in field ? field.count : field.code)
  if (value === undefined) return undefined
  if (typeof field === 'string') return plain(value)
  if ('units' in field) return { units: strings(value, field.each) }
  if ('count' in field) return Array.isArray(value) ? value.length : 0
  if (typeof value !== 'string') return null
  return 'unit' in field ? { unit: value } : 'version' in field ? { version: value } : `${field.of}.${value}`
}

export const traceOf = (facts: FieldsOf): Traces[string]['read'][number] => (type, given) => {
  const found = Object.hasOwn(facts, type) ? facts[type] : undefined
  if (!found || (found.if && valueAt(given, found.if) !== true)) return undefined
  const taken = (fields: Record<string, Field> = {}) => Object.fromEntries(Object.entries(fields).flatMap(([name, field]) => { const value = read(given, field); return value === undefined ? [] : [[name, value]] }))
  const traced: Traced = { set: taken(found.set) }
  if (found.was) traced.was = taken(found.was)
  return traced
}

// A thing as it was after each of two lines of its history, made again from the record, and what differs.
import type { Trace, Traces } from '../contract.ts'

export type LineOf = { position: number; type: string; fact: unknown }
export type Differing = { field: string; before: Trace; after: Trace }

/** `lines` in the order of the record. A field that nothing set is what the first fact after it says that it was. */
export function compared(lines: readonly LineOf[], from: number, until: number, traces: Traces[string], id: string, known: Readonly<Record<string, string | null>>): { fields: Differing[]; state: Record<string, Trace> } {
  const [first, last] = from <= until ? [from, until] : [until, from]
  const state: Record<string, Trace> = {}
  const initial: Record<string, Trace> = {}
  let before: Record<string, Trace> = {}
  let after: Record<string, Trace> = {}
  for (const line of lines) {
    for (const read of traces.read) {
      const traced = read(line.type, line.fact as never, id, known)
      if (!traced) continue
      for (const [field, was] of Object.entries(traced.was ?? {})) if (!(field in state) && !(field in initial)) initial[field] = was
      Object.assign(state, traced.set)
    }
    if (line.position <= first) before = { ...state }
    if (line.position <= last) after = { ...state }
  }
  if (traces.match) [before, after] = traces.match(before, after)
  const value = (of: Record<string, Trace>, field: string): Trace => (field in of ? of[field]! : initial[field] ?? null)
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return { fields: fields.map((field) => ({ field, before: value(before, field), after: value(after, field) })).filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after)), state: after }
}

export const unitsIn = (values: readonly Trace[]): string[] => [...new Set(values.flatMap((value) => (value && typeof value === 'object' ? ('unit' in value ? [value.unit] : 'units' in value ? value.units : []) : [])))]
export const versionsIn = (values: readonly Trace[]): string[] => [...new Set(values.flatMap((value) => (value && typeof value === 'object' && 'version' in value ? [value.version] : [])))]
export const namedIn = (values: readonly Trace[]): string[] => [...new Set(values.flatMap((value) => (value && typeof value === 'object' && 'named' in value ? [value.named] : [])))]

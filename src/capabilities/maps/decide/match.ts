// Which property of the shapes holds the code of a unit: the one under which most units are found.
import type { BoundaryReport } from '../contract.ts'

export type Known = { code: string; scheme: string; name: string; kind: string }
const SHOWN = 50
/** Files that went through a spreadsheet have lost the noughts in front. */
const bare = (code: string): string => code.replace(/^0+(?=\d)/, '')

export type Matching = { property: string; scheme: string; /** By shape, undefined where no unit has its code. */ codes: (string | undefined)[]; report: Omit<BoundaryReport, 'points' | 'kept'> }

export function matchShapes(shapes: readonly { properties: Record<string, string> }[], units: readonly Known[], asked: { property?: string | undefined; scheme?: string | undefined }): Matching {
  const schemes = Map.groupBy(units, (unit) => unit.scheme)
  const names = [...new Set(shapes.flatMap((shape) => Object.keys(shape.properties)))].slice(0, 60)
  const lookups = [...schemes].filter(([scheme]) => !asked.scheme || scheme === asked.scheme).map(([scheme, all]) => {
    const [exact, loose] = [new Set(all.map((unit) => unit.code)), new Map<string, string>()]
    for (const { code } of all) if (/^\d+$/.test(code)) loose.set(bare(code), loose.has(bare(code)) ? '' : code)
    return { scheme, find: (value: string | undefined) => (value === undefined ? undefined : exact.has(value) ? value : loose.get(value) || undefined) }
  })
  const tried = names.flatMap((name) => lookups.map(({ scheme, find }) => {
    const codes = shapes.map((shape) => find(shape.properties[name]))
    return { name, scheme, codes, matched: new Set(codes.filter(Boolean)).size }
  }))
  const best = tried.filter(({ name }) => !asked.property || name === asked.property).sort((a, b) => b.matched - a.matched)[0]
  const [property, scheme] = [best?.name ?? asked.property ?? '', best?.scheme ?? asked.scheme ?? 'admin']
  const codes = best?.codes ?? shapes.map(() => undefined)
  const found = new Set(codes)
  const kinds = [...Map.groupBy(schemes.get(scheme) ?? [], (unit) => unit.kind)].map(([kind, all]) => ({ kind, units: all.length, matched: all.filter(({ code }) => found.has(code)).length }))
  // Of a kind that the file does not draw at all nothing is missing.
  const drawn = new Set(kinds.filter(({ matched }) => matched > 0).map(({ kind }) => kind))
  const missing = (schemes.get(scheme) ?? []).filter((unit) => drawn.has(unit.kind) && !found.has(unit.code))
  const unknown = shapes.filter((_, i) => !codes[i])
  const nameOf = (shape: { properties: Record<string, string> }) => names.filter((name) => /name|ten|tên/i.test(name)).map((name) => shape.properties[name]).find(Boolean) ?? ''
  return {
    property, scheme, codes,
    report: {
      property, scheme, shapes: shapes.length, matched: best?.matched ?? 0, kinds,
      properties: names.map((name) => ({ name, sample: shapes.find((shape) => shape.properties[name])?.properties[name] ?? '', matched: Math.max(0, ...tried.filter((one) => one.name === name).map((one) => one.matched)) })),
      unknown: unknown.slice(0, SHOWN).map((shape) => ({ code: shape.properties[property] ?? '', name: nameOf(shape) })), unknownCount: unknown.length,
      missing: missing.slice(0, SHOWN).map(({ code, name }) => ({ code, name })), missingCount: missing.length,
    },
  }
}

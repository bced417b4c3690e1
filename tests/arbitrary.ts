// From a contract's schema to inputs: ones that fit it, and ones with something hostile in one place.
import * as fc from 'fast-check'
import type * as z from 'zod'

type Type = z.core.$ZodType
type Def = {
  type: string; innerType: Type; element: Type; shape: Record<string, Type>; catchall?: Type; options: Type[]; entries: Record<string, string>; values: unknown[]; left: Type; right: Type
  in: Type; out: Type; keyType: Type; valueType: Type; items: Type[]; rest: Type | null; getter: () => Type; checks?: { _zod: { def: Check } }[]
}
type Bag = { minimum?: number; maximum?: number; format?: string; pattern?: RegExp }
type Check = { check?: string; minimum?: number; maximum?: number; length?: number; value?: number; inclusive?: boolean; format?: string; pattern?: RegExp }

/** Values that a field of this name may well have (ids of records that exist). */
export type Known = (field: string) => unknown[]

const day = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
const WORDS = ['Cổng số 4', 'Trực ban', 'a', 'Hoà Bình', 'đã xong', 'x y z', '007', 'Ω', '😀 tốt', "O'Neil; --", '%_\\', 'một câu dài hơn hai mươi ký tự']

function text(bag: Bag, field: string, known: Known, sparse: boolean): fc.Arbitrary<unknown> {
  const ids = known(field)
  if (sparse && ids.length > 0) return fc.constantFrom(...ids)
  const like = ids.length > 0 ? [{ weight: 4, arbitrary: fc.constantFrom(...ids) }] : []
  const { minimum: minLength = 0, maximum = 60, format, pattern } = bag
  const own = (): fc.Arbitrary<unknown> => {
    switch (format) {
      case 'uuid': case 'guid': return fc.uuid({ version: [4, 7] })
      case 'datetime': return day.map((d) => d.toISOString())
      case 'date': return day.map((d) => d.toISOString().slice(0, 10))
      case 'time': return fc.constantFrom('17:00', '08:30:00')
      case 'email': return fc.constantFrom('lan@example.vn', 'a.b+c@example.com')
      case 'url': return fc.constantFrom('https://example.vn/a')
      case 'base64': return fc.constantFrom('', 'bcOjLHTDqm4K')
      default: break
    }
    if (pattern) return fc.stringMatching(pattern)
    const maxLength = Math.min(maximum, Math.max(minLength, 60))
    const fit = WORDS.filter((w) => w.length >= minLength && w.length <= maxLength)
    return fc.oneof(...(fit.length > 0 ? [fc.constantFrom(...fit)] : []), fc.string({ minLength, maxLength, unit: 'grapheme' }).filter((s) => !s.includes('\0') && s.length <= maximum))
  }
  return fc.oneof(...like, { weight: 1, arbitrary: own() })
}

function number(bag: Bag): fc.Arbitrary<unknown> {
  const min = bag.minimum ?? Math.min(-1000, bag.maximum ?? 0)
  const max = bag.maximum ?? Math.max(1_000_000, min)
  return /int/.test(bag.format ?? '') ? fc.integer({ min: Math.ceil(min), max: Math.min(Math.floor(max), 2 ** 53 - 1) }) : fc.oneof(fc.integer({ min: Math.ceil(min), max: Math.floor(max) }), fc.double({ min, max, noNaN: true }))
}

function boundsOf(own: Check, checks: { _zod: { def: Check } }[]): Bag {
  const bag: Bag = {}
  for (const one of [own, ...checks.map((check) => check._zod.def)]) {
    if (one.format) bag.format = one.format
    if (one.pattern) bag.pattern = one.pattern
    const least = one.check === 'greater_than' ? one.value! + (one.inclusive ? 0 : 1) : one.minimum ?? one.length
    const most = one.check === 'less_than' ? one.value! - (one.inclusive ? 0 : 1) : one.maximum ?? one.length
    if (least !== undefined) bag.minimum = Math.max(bag.minimum ?? -Infinity, least)
    if (most !== undefined) bag.maximum = Math.min(bag.maximum ?? Infinity, most)
  }
  return bag
}

/** `sparse`: what may be left out is left out, and a record that is there is named where one can be. */
export function arbitraryOf(schema: Type, known: Known, sparse = false, field = ''): fc.Arbitrary<unknown> {
  const def = schema._zod.def as unknown as Def
  const bag = boundsOf(def as unknown as Check, def.checks ?? [])
  const inner = (one: Type, name = field) => arbitraryOf(one, known, sparse, name)
  switch (def.type) {
    case 'string': return text(bag, field, known, sparse)
    case 'number': case 'int': return number(bag)
    case 'boolean': return fc.boolean()
    case 'date': return day
    case 'null': return fc.constant(null)
    case 'undefined': case 'void': return fc.constant(undefined)
    case 'enum': return fc.constantFrom(...Object.values(def.entries))
    case 'literal': return fc.constantFrom(...def.values)
    case 'array': {
      const most = Math.min(bag.maximum ?? 4, 4)
      return fc.array(inner(def.element, field.replace(/s$/, '')), { minLength: Math.min(bag.minimum ?? 0, 4), maxLength: Math.max(most, bag.minimum ?? 0) })
    }
    case 'object': {
      const required = Object.keys(def.shape).filter((key) => def.shape[key]!._zod.optin !== 'optional')
      return fc.record(Object.fromEntries(Object.entries(def.shape).map(([key, one]) => [key, inner(one, key)])), { requiredKeys: required })
    }
    case 'optional': case 'default': case 'prefault': case 'catch': if (sparse) return fc.constant(undefined); return fc.option(inner(def.innerType), { nil: undefined, freq: 3 })
    case 'nullable': return fc.option(inner(def.innerType), { nil: null, freq: 4 })
    case 'nonoptional': case 'readonly': case 'success': case 'promise': return inner(def.innerType)
    case 'union': return fc.oneof(...def.options.map((one) => inner(one)))
    case 'intersection': return fc.tuple(inner(def.left), inner(def.right)).map(([a, b]) => ({ ...(a as object), ...(b as object) }))
    case 'record': return fc.dictionary(fc.constantFrom('vi', 'en', 'a', 'b'), inner(def.valueType), { maxKeys: 3 })
    case 'tuple': return fc.tuple(...def.items.map((one) => inner(one)))
    case 'pipe': return (def.in._zod.def as unknown as Def).type === 'transform' ? inner(def.out) : inner(def.in)
    case 'lazy': return fc.option(fc.constant(undefined), { nil: undefined })
    case 'file': return fc.constantFrom(new File(['mã,tên\n1,Hòa\n'], 'danh sách.csv', { type: 'text/csv' }), new File([new Uint8Array([0x50, 0x4b, 3, 4, 0])], 'a.xlsx'))
    case 'any': case 'unknown': case 'custom': case 'transform': return fc.oneof(fc.constant(undefined), fc.string(), fc.integer())
    default: throw new Error(`no arbitrary for a schema of type ${def.type} (${field})`)
  }
}

const HOSTILE: unknown[] = [
  null, '', ' ', 0, -1, 1e308, 2 ** 53, -(2 ** 31) - 1, 0.1, true, [], {}, [null], [[[]]], 'x'.repeat(5000), '\u202e\u0000x', '\ud800', '😀'.repeat(50), "'; drop table tasks; --", '%', '_', '\\', '${7*7}', '<img src=x onerror=alert(1)>',
  '__proto__', 'constructor', '../../etc/passwd', 'NaN', 'Infinity', '-0', '1e999', '9999-12-31', '0000-01-01', '2026-02-30', '2026-13-01T00:00:00Z', '+275760-09-13T00:00:00.000Z', '00000000-0000-0000-0000-000000000000',
  { $ne: null }, { toString: 1 }, { length: 1e9 }, ['__proto__'], { vi: null, en: 7 },
]

/** The same input with one place of it replaced, dropped or added to. */
export const spoiled = (input: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(input, fc.constantFrom(...HOSTILE), fc.nat(), fc.constantFrom('replace', 'drop', 'add', 'wrap')).map(([value, evil, at, how]) => {
    if (typeof value !== 'object' || value === null || value instanceof File) return evil
    const copy = clone(value) as Record<string, unknown>
    const places: [Record<string, unknown>, string][] = []
    const walk = (o: Record<string, unknown>) => { for (const key of Object.keys(o)) { places.push([o, key]); const next = o[key]; if (typeof next === 'object' && next !== null && !(next instanceof File)) walk(next as Record<string, unknown>) } }
    walk(copy)
    if (how === 'add' || places.length === 0) return { ...copy, [['more', '__proto__', 'id', 'unitId', 'actorId'][at % 5]!]: evil }
    const [holder, key] = places[at % places.length]!
    if (how === 'drop') delete holder[key]
    else holder[key] = how === 'wrap' ? [holder[key]] : evil
    return copy
  })

function clone(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clone)
  if (typeof value !== 'object' || value === null || value instanceof File) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, clone(one)]))
}

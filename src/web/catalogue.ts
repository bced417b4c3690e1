// Typed messages without a compiler: the Vietnamese catalogue is the source, its {parameters} are read by the type checker,
// and each capability keeps its own catalogue beside its screens, so a language never makes the first page heavier.
import type { Lang } from '../kernel/contract.ts'
import { plural } from '../pure/plural.ts'

type Params<S extends string> = S extends `${string}{${infer P}}${infer R}` ? P | Params<R> : never
type Args<S extends string> = [Params<S>] extends [never] ? [] : [Record<Params<S>, string | number>]
type Same<V, E> = { [K in keyof E]: K extends keyof V ? ([Params<E[K] & string>] extends [Params<V[K] & string>] ? E[K] : never) : never }

export type Catalogue<V extends Record<string, string>> = { vi: V; en: { [K in keyof V]: string } }
/** Every key in both languages; a translation may drop a parameter but not add one. `[count:task|tasks]` picks the English number. */
export const catalogue = <const V extends Record<string, string>, const E extends { [K in keyof V]: string }>(vi: V, en: E & Same<V, E>): Catalogue<V> => ({ vi, en })

export type T<V extends Record<string, string>> = <K extends keyof V>(key: K, ...args: Args<V[K]>) => string

export function translator<V extends Record<string, string>>(all: Catalogue<V>, lang: Lang): T<V> {
  return (key, ...args) => {
    const given = (args[0] ?? {}) as Record<string, string | number>
    return plural(all[lang][key]!, given).replace(/\{(\w+)\}/g, (_, name: string) => String(given[name]))
  }
}

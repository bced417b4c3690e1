// One question, asked of every source at once.
import { implement } from '@orpc/server'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import type { Places } from '../journals/contract.ts'
import { searchesContract } from './contract.ts'
import type { Found, FoundKind, Group } from './contract.ts'
import { asked, line, wordsIn } from './decide.ts'
import { findTexts } from './store.ts'
import type { Texts } from './store.ts'

type Named = { id: string; title: string; note?: string | null }
/** How a capability finds its own by words, and what it calls those with these ids. At most `limit`, the best first. */
export type Source = { kind: FoundKind; /** Knows other spellings by itself. */ spells?: true; find?: (c: Context, q: string, limit: number) => Promise<Named[]>; called?: (c: Context, ids: string[]) => Promise<Map<string, string>> }
/** `places`: of which unit a record is, and the right that its readers hold. */
export type SearchesNeeds = { sources: Source[]; texts: Texts; places: Places; /** Other ways to write the same: names of places in one word or in several. */ spellings: (c: Context, q: string) => Promise<string[]> }

const api = implement(searchesContract).$context<Context>().use(refusals)

export const searchesRoutes = ({ sources, texts, places, spellings }: SearchesNeeds) => api.router({
  find: api.find.handler(async ({ input: { q, of, limit }, context }) => {
    const words = asked(q)
    const ways = [q, ...words.length > 0 ? await spellings(context, q) : []]
    const wanted = sources.filter((one) => one.find && (of === undefined || of === one.kind))
    const none = { found: [], latest: false }
    const [inside, ...named] = await Promise.all([
      words.length > 0 && (of === undefined || of === 'text') ? findTexts(context.read, context.actor, ways.map(asked), texts, places, limit + 1) : none,
      ...wanted.map(async (source): Promise<Group> => {
        const all = words.length > 0 ? (await Promise.all((source.spells ? [q] : ways).map((way) => source.find!(context, way, limit + 1)))).flat() : []
        const found = [...new Map(all.toReversed().map((one) => [one.id, one])).values()].toReversed()
        return { of: source.kind, items: found.slice(0, limit).map(({ note = null, ...one }): Found => ({ kind: source.kind, ...one, note, words: null })), more: found.length > limit }
      }),
    ])
    const shown = inside.found.slice(0, limit)
    const titles = new Map((await Promise.all(sources.filter((one) => one.called && shown.some((text) => text.kind === one.kind)).map((one) => one.called!(context, shown.flatMap((text) => (text.kind === one.kind ? [text.id] : [])))))).flatMap((map) => [...map]))
    const group: Group = { of: 'text', items: shown.map(({ kind, id, text }) => ({ kind, id, title: titles.get(id) ?? '', note: null, words: ways.map((way) => line(wordsIn(text), asked(way))).reduce((best, one) => (one.length > best.length ? one : best)) })), more: inside.found.length > limit }
    return { asOf: context.at.toISOString(), groups: [...named, group].filter((one) => one.items.length > 0), latest: inside.latest }
  }),
})

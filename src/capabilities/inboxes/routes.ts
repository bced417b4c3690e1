// One's own inbox, its marks, and what one watches.
import { implement } from '@orpc/server'
import { Refusal } from '../../kernel/order.ts'
import { paged, readCursor } from '../../kernel/paging.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import type { Lang } from '../../kernel/contract.ts'
import { inboxesContract } from './contract.ts'
import type { InboxItem, InboxSource, WatchBegun, WatchEnded } from './contract.ts'
import { sentenceOf } from './decide/words.ts'
import type { Sentences } from './decide/words.ts'
import { countNew, listItems, markItems, watchesOf } from './store/items.ts'
import type { ItemRow } from './store/items.ts'
import { visit } from './store/visits.ts'

export type InboxesNeeds = {
  sources: InboxSource[]
  /** Kinds of things that can be watched, and whether the asker may read the one: `task`, `event`. */
  mayWatch: Record<string, (context: Context, id: string) => Promise<boolean>>
}
const api = implement(inboxesContract).$context<Context>().use(refusals)

export function inboxesRoutes({ sources, mayWatch }: InboxesNeeds) {
  const sentences = Object.assign({}, ...sources.map((source) => source.sentences)) as Sentences
  const watching = (type: 'watch.begun.v1' | 'watch.ended.v1') => async ({ input, context: c }: { input: { orderId: string; about: { kind: string; id: string } }; context: Context }) => {
    const may = Object.hasOwn(mayWatch, input.about.kind) ? mayWatch[input.about.kind] : undefined
    if (!may) throw new Refusal('WATCH_UNKNOWN')
    if (type === 'watch.begun.v1' && !(await may(c, input.about.id))) throw new Refusal('NOT_FOUND')
    const stream = `person:${c.actor.id}`
    const fact: WatchBegun | WatchEnded = { type, personId: c.actor.id, about: input.about }
    return c.commit<{ watching: boolean }>({ id: input.orderId, kind: type === 'watch.begun.v1' ? 'watch.begin.v1' : 'watch.end.v1', streams: [stream], body: input },
      () => Promise.resolve({ facts: [fact], answer: { watching: type === 'watch.begun.v1' } }))
  }
  return api.router({
    list: api.list.handler(async ({ input, context: { read, actor, lang, at } }) => {
      const { items, next } = paged(await listItems(read, actor, { ...input, after: readCursor(input.cursor), limit: input.limit + 1 }), input.limit, (row) => row.key)
      return { items: items.map((row) => shown(row, sentences, lang)), next, asOf: at.toISOString() }
    }),
    counts: api.counts.handler(async ({ context: { read, actor, at } }) => {
      const kinds = await countNew(read, actor)
      return { new: kinds.reduce((sum, { n }) => sum + n, 0), kinds: Object.fromEntries(kinds.map(({ kind, n }) => [kind, n])), asOf: at.toISOString() }
    }),
    mark: api.mark.handler(async ({ input, context: { read, side, actor, at } }) => ({ marked: await markItems(read, side, actor, input, input.mark, at) })),
    visit: api.visit.handler(async ({ context: { read, side, actor, lang, at } }) => {
      const { since, kinds, items } = await visit(read, side, actor, at)
      return {
        asOf: at.toISOString(), since: since?.toISOString() ?? null, total: kinds.reduce((sum, { n }) => sum + n, 0), kinds: Object.fromEntries(kinds.map(({ kind, n }) => [kind, n])),
        items: items.map((row) => shown(row, sentences, lang)),
      }
    }),
    watch: api.watch.handler(watching('watch.begun.v1')),
    unwatch: api.unwatch.handler(watching('watch.ended.v1')),
    watches: api.watches.handler(async ({ context: { read, actor } }) => ({ items: await watchesOf(read, actor.id) })),
  })
}

function shown(row: ItemRow, sentences: Sentences, lang: Lang): InboxItem {
  return {
    id: row.id, kind: row.kind, at: row.at.toISOString(), about: { kind: row.about_kind, id: row.about_id }, unit: row.unit_id ? { id: row.unit_id, name: row.unit_name ?? '…' } : null,
    by: { id: row.by_id, name: row.by_name }, sentence: `${sentenceOf(row, sentences, lang)}${row.said ? `: ${row.said}` : ''}`, count: row.count, due: row.due_at?.toISOString() ?? null, mark: row.mark,
  }
}

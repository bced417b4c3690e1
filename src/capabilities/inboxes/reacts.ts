// Facts of all capabilities into items: each says in its own `inboxSources` what it sends. What a follower finds, and no fact says, it puts in itself.
import { SYSTEM } from '../../kernel/access.ts'
import type { Follower } from '../../kernel/follow.ts'
import { derivedId } from '../../kernel/ids.ts'
import type { Recorded } from '../../kernel/journal.ts'
import type { FoldWriter, Reader } from '../../kernel/db.ts'
import type { InboxSend, InboxSource } from './contract.ts'
import { addItems, watchersOf } from './store/items.ts'
import type { NewItem } from './store/items.ts'

/** Units and persons whose list moved, for the live screens. */
export type Touched = (to: { units: string[]; persons: string[] }) => void
export type InboxesFollowerNeeds = { sources: InboxSource[]; touched?: Touched }

export function followers({ sources, touched = () => {} }: InboxesFollowerNeeds): Follower[] {
  return [{
    name: 'inboxes.items',
    types: [...new Set(sources.flatMap((source) => source.types))],
    handle: async (batch, fold) => put(fold, await itemsOf(batch, fold, sources), touched),
  }]
}

/** In the transaction of the follower that found it: what it folds again after a crash it finds, and sends, again. No fact stands behind it, so the system sends. `once`: what its key has sent before is not sent again. */
export const found = (fold: FoldWriter, sends: (InboxSend & { key: string })[], at: Date, touched: Touched, once = false): Promise<void> => {
  const items = new Map<string, NewItem>()
  for (const send of sends) add(items, send, { at, actorId: SYSTEM.id, orderId: '' }, new Map())
  return put(fold, items, touched, once)
}

async function put(fold: FoldWriter, items: Map<string, NewItem>, touched: Touched, once = false): Promise<void> {
  const all = await addItems(fold, [...items.values()], once)
  if (all.length > 0) touched({ units: all.flatMap((i) => i.unit_id ?? []), persons: all.flatMap((i) => i.person_id ?? []) })
}

async function itemsOf(batch: Recorded[], fold: FoldWriter, sources: InboxSource[]): Promise<Map<string, NewItem>> {
  const items = new Map<string, NewItem>()
  for (const source of sources) {
    const facts = batch.filter((r) => source.types.includes(r.type))
    if (facts.length === 0) continue
    const sends = await source.send(facts, fold as never)
    const watched = sends.flatMap((send) => ('watchersOf' in send.to ? [send.to.watchersOf] : []))
    const watchers = watched.length > 0 ? await watchersOf(fold as unknown as Reader, [...new Set(watched)]) : new Map<string, string[]>()
    for (const send of sends) add(items, send, facts[send.of]!, watchers)
  }
  return items
}

function add(items: Map<string, NewItem>, send: InboxSend, by: Pick<Recorded, 'at' | 'actorId' | 'orderId'>, watchers: Map<string, string[]>): void {
  for (const to of recipients(send, watchers)) {
    // Nobody is told of what they did themselves.
    if (to.person_id === by.actorId) continue
    // A send with a key of its own joins the item of that key, whenever it comes; else one item for each order and text.
    const id = send.key ? derivedId(new Date(0), 'inbox', to.unit_id ?? to.person_id ?? '', send.key) : derivedId(by.at, 'inbox', by.orderId, to.unit_id ?? to.person_id ?? '', send.code)
    const known = items.get(id)
    items.set(id, {
      id, ...to, kind: send.kind, about_kind: send.about.kind, about_id: send.about.id, code: send.code, params: send.said ? { ...send.params, said: send.said } : send.params, count: (known?.count ?? 0) + (send.count ?? 1),
      due_at: [known?.due_at, send.due].filter((due): due is string => Boolean(due)).toSorted()[0] ?? null, by_id: by.actorId, at: known && known.at > by.at ? known.at : by.at,
    })
  }
}

function recipients({ to }: InboxSend, watchers: Map<string, string[]>): Pick<NewItem, 'unit_id' | 'person_id'>[] {
  if ('unitId' in to) return [{ unit_id: to.unitId, person_id: null }]
  if ('personId' in to) return [{ unit_id: null, person_id: to.personId }]
  return (watchers.get(to.watchersOf) ?? []).map((person_id) => ({ unit_id: null, person_id }))
}

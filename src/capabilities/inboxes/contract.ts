// One list of what concerns me, for all capabilities: what my units were given, reminders, returns, mentions, what I watch. With marks.
import { oc } from '@orpc/contract'
import * as z from 'zod'
import { cursor, errors, Instant, order, page } from '../../kernel/contract.ts'
import type { Meta, Refusals } from '../../kernel/contract.ts'

/** Why it is in my list. `done`: what I or my unit gave was reported and waits for me; `asked`: an extension; `answer`: what I asked was answered. */
export const INBOX_KINDS = ['assigned', 'reminder', 'returned', 'done', 'asked', 'answer', 'mention', 'watch', 'changed', 'alert'] as const
export const InboxKind = z.enum(INBOX_KINDS)
export type InboxKind = z.infer<typeof InboxKind>
/** What it is about: `task`, `event`, `directive`, `unit`… and its id. */
export const About = z.object({ kind: z.string().regex(/^[a-z_]{1,40}$/), id: z.string().max(80) })

export const InboxItem = z.object({
  id: z.uuid(), kind: InboxKind, at: z.iso.datetime(), about: About, /** The unit it came to; null: to me by name. */ unit: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  by: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  /** One sentence in the asker's language. */ sentence: z.string(), /** How many things it stands for, when one order gave many. */ count: z.int(),
  due: z.iso.datetime().nullable(), mark: z.enum(['new', 'read', 'done']),
})
export type InboxItem = z.infer<typeof InboxItem>

/** What one fact sends. Exactly one of unitId and personId. `code` names the sentence; its {params} are filled from `params` (a text map is read in the reader's language). */
export type InboxSend = {
  to: { unitId: string } | { personId: string } | { watchersOf: string }
  kind: InboxKind; about: { kind: string; id: string }; code: string; params: Record<string, string | number | { vi: string; en: string } | null>
  count?: number; due?: string | null
  /** Id of the private text that was written with it: told behind the sentence as long as it is kept, never in a mail. */
  said?: string
  /** The order that sent it makes one item of all with the same key. */
  key?: string
}
/** What a capability hands to wiring: from facts (and what `read` shows) to what is sent. Set-based: one call for a batch. */
export type InboxSource = {
  types: readonly string[]
  sentences: Record<string, { vi: string; en: string }>
  send: (facts: { fact: { type: string }; subject: string; at: Date; actorId: string; orderId: string; position: number; /** Entered for somebody: who told it. */ told?: string | null }[], read: never) => Promise<(InboxSend & { of: number })[]>
}

/** What one unit has to do in one respect, or one person wherever they stand, for the morning's mail: how many, and the first few. `more`: the screen that has all. */
export type DigestPart = { unitId: string | null; personId?: string; section: string; count: number; more: string; /** Told only to those who hold it at the unit. */ right?: `${string}.${string}`; lines: { text: { vi: string; en: string }; due: Date | null; about: { kind: string; id: string } }[] }
/** What a capability hands to wiring for that mail. Set-based: one call for many units. Sections stand in their order, a heading names how many with {count}. */
export type DigestSource = { sections: Record<string, { vi: string; en: string }>; tell: (read: never, unitIds: string[], at: Date, personIds?: string[]) => Promise<DigestPart[]> }

export const inboxRefusals = {
  WATCH_UNKNOWN: { status: 422, message: { vi: 'Không theo dõi được loại mục này.', en: 'This kind of thing cannot be watched.' } },
} as const satisfies Refusals

const base = oc.$meta<Meta>({ right: 'self' }).errors(errors(inboxRefusals))
export const inboxesContract = {
  list: base.route({ method: 'GET', path: '/inbox', tags: ['inbox'], summary: 'What concerns me, newest first' })
    .input(z.object({ kind: InboxKind.optional(), mark: z.enum(['new', 'read', 'done', 'open']).default('open'), ...cursor })).output(page(InboxItem)),
  counts: base.route({ method: 'GET', path: '/inbox/counts', tags: ['inbox'], summary: 'How many new items of each kind (exact to 1,000)' })
    .output(z.object({ new: z.int(), kinds: z.partialRecord(InboxKind, z.int()), asOf: z.iso.datetime() })),
  mark: base.route({ method: 'POST', path: '/inbox/marks', tags: ['inbox'], summary: 'Mark items as read, done or new; without ids, all up to a moment' })
    .input(z.object({ ids: z.array(z.uuid()).max(500).optional(), until: Instant.optional(), mark: z.enum(['new', 'read', 'done']) })).output(z.object({ marked: z.int() })),
  /** A sitting ends after half an hour without a look, so that opening the screen twice does not make everything old. */
  visit: base.route({ method: 'POST', path: '/inbox/visit', tags: ['inbox'], summary: 'What came since one last looked at the first screen; notes that one looks now' })
    .input(z.object({}).optional()).output(z.object({ asOf: z.iso.datetime(), /** Null: the first look; then the last seven days are told. */ since: z.iso.datetime().nullable(), /** Exact to 1,000. */ total: z.int(), kinds: z.partialRecord(InboxKind, z.int()), items: z.array(InboxItem) })),
  watch: base.route({ method: 'POST', path: '/watches', tags: ['inbox'], summary: 'Watch a thing: what happens to it comes to my inbox' })
    .input(z.object({ orderId: order.orderId, about: About })).output(z.object({ watching: z.boolean() })),
  unwatch: base.route({ method: 'POST', path: '/watches/end', tags: ['inbox'], summary: 'No longer watch a thing' })
    .input(z.object({ orderId: order.orderId, about: About })).output(z.object({ watching: z.boolean() })),
  watches: base.route({ method: 'GET', path: '/watches', tags: ['inbox'], summary: 'What I watch' }).output(z.object({ items: z.array(About) })),
}

/** Stream `person:<id>`. */
export type WatchBegun = { type: 'watch.begun.v1'; personId: string; about: { kind: string; id: string } }
export type WatchEnded = { type: 'watch.ended.v1'; personId: string; about: { kind: string; id: string } }
export type InboxesFact = WatchBegun | WatchEnded
export const inboxesStories: Record<InboxesFact['type'], { vi: string; en: string }> = {
  'watch.begun.v1': { vi: 'Theo dõi một mục', en: 'Began to watch' },
  'watch.ended.v1': { vi: 'Thôi theo dõi một mục', en: 'Stopped watching' },
}
export const inboxRights = [] as const

// Requests about the tree of units.
import { implement } from '@orpc/server'
import type { Right } from '../../kernel/access.ts'
import { Refusal } from '../../kernel/commit.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { csvProblems } from '../../pure/csv.ts'
import { csvOf } from '../../pure/rows.ts'
import { unitsContract } from './contract.ts'
import type { Carrier } from './contract.ts'
import { handOver, previewHandover } from './routes/handover.ts'
import * as orders from './routes/orders.ts'
import { countUnits, getUnit, historyOf, lastDay, linksOf, listChildren, unitsHeld } from './store/read.ts'
import { listUnits, openSearch } from './store/search.ts'
import { dayHere } from '../../kernel/zone.ts'
import { isUuid } from '../../kernel/ids.ts'

const api = implement(unitsContract).$context<Context>().use(refusals)

const EXACT_TO = 1000

/** A cursor is opaque to the asker; one that is not ours begins at the start. */
const pack = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
function unpack<T>(cursor: string | undefined, is: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString())
    return is(value) ? value : undefined
  } catch {
    return undefined
  }
}
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const isPath = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-z.]*$/.test(value)
const isName = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && !value[0].includes('\0') && isUuid(String(value[1]))

async function bytesOf({ base64, csv }: { base64?: string | undefined; csv?: string | undefined }, { lang }: Context): Promise<Uint8Array> {
  if (csv !== undefined && base64 === undefined) return Buffer.from(csv)
  if (base64 === undefined) throw new Refusal('FILE_MISSING')
  return csvOf(Buffer.from(base64, 'base64')).catch(() => {
    const message = csvProblems.NOT_A_SHEET[lang]
    throw new Refusal('FILE_REFUSED', { count: 1, first: message, problems: [{ line: null, code: 'NOT_A_SHEET', message }] })
  })
}

/** `carriers`: what capabilities have at a unit. */
export function unitsRoutes(carriers: Carrier[] = [], search = openSearch()) {
  async function children({ read, at }: Context, parentId: string | null, input: { at?: string | undefined; cursor?: string | undefined; limit: number }) {
    const day = input.at ?? dayHere(at)
    const found = await listChildren(read, parentId, day, unpack(input.cursor, isName), input.limit + 1)
    const items = found.slice(0, input.limit)
    const last = items.at(-1)
    return { items, next: found.length > items.length && last ? pack([last.place, last.id]) : null, asOf: at.toISOString() }
  }

  return api.router({
    search: api.search.handler(async ({ input: { q, at, cursor, limit, right, ...filter }, context }) => {
      const wanted = { ...filter, at: at ?? dayHere(context.at), within: right === undefined ? right : await unitsHeld(context.read, context.actor, right as Right) }
      const asOf = context.at.toISOString()
      if (q === undefined || q.trim() === '') {
        const found = await listUnits(context.read, wanted, unpack(cursor, isPath) ?? '', limit + 1)
        const items = found.slice(0, limit)
        return { items, next: found.length > items.length ? pack(items.at(-1)!.path) : null, asOf }
      }
      const from = Math.min(unpack(cursor, isPlace) ?? 0, 100_000)
      const { hits, total } = await search.find(context.read, q, wanted, from + limit)
      return { items: hits.slice(from), next: total > from + limit ? pack(from + limit) : null, asOf, total: Math.min(total, EXACT_TO + 1) }
    }),
    count: api.count.handler(async ({ input, context }) => {
      const at = input.at ?? dayHere(context.at)
      return { at, kinds: await countUnits(context.read, at, input.scheme, input.under) }
    }),
    roots: api.roots.handler(({ input, context }) => children(context, null, input)),
    children: api.children.handler(async ({ input, context }) => {
      if (!await lastDay(context.read, input.unitId)) throw new Refusal('NOT_FOUND')
      return children(context, input.unitId, input)
    }),
    get: api.get.handler(async ({ input, context }) => {
      const days = await lastDay(context.read, input.unitId)
      const today = dayHere(context.at)
      // Asked for no day, a unit that is gone is shown as it was on its last one.
      const at = input.at ?? (days?.last && days.last < today ? days.last : days && days.from > today ? days.from : today)
      const unit = days && await getUnit(context.read, input.unitId, at)
      if (!unit) throw new Refusal('NOT_FOUND')
      return unit
    }),
    history: api.history.handler(async ({ input, context }) => {
      const history = await historyOf(context.read, input.unitId)
      if (!await lastDay(context.read, input.unitId)) throw new Refusal('NOT_FOUND')
      return history
    }),
    links: api.links.handler(async ({ input, context }) => {
      if (!await lastDay(context.read, input.unitId)) throw new Refusal('NOT_FOUND')
      return { items: await linksOf(context.read, input.unitId, input.at ?? dayHere(context.at)) }
    }),

    previewImport: api.previewImport.handler(async ({ input, context }) => orders.previewImport(context, { ...input, bytes: await bytesOf(input, context) })),
    import: api.import.handler(async ({ input, context }) => {
      const { counts, tree } = await orders.applyImport(context, input.orderId, { ...input, bytes: await bytesOf(input, context) }, input.seen)
      return { counts, tree }
    }),
    previewSuccessors: api.previewSuccessors.handler(async ({ input, context }) => orders.previewSuccessors(context, { ...input, bytes: await bytesOf(input, context) })),
    importSuccessors: api.importSuccessors.handler(async ({ input, context }) => orders.applySuccessors(context, input.orderId, { ...input, bytes: await bytesOf(input, context) })),

    create: api.create.handler(({ input, context }) => orders.create(context, input)),
    change: api.change.handler(({ input, context }) => orders.change(context, input)),
    close: api.close.handler(({ input, context }) => orders.close(context, input)),
    previewHandover: api.previewHandover.handler(({ input, context }) => previewHandover(context, carriers, input)),
    handOver: api.handOver.handler(({ input, context }) => handOver(context, carriers, input)),
    link: api.link.handler(({ input, context }) => orders.link(context, input)),
    unlink: api.unlink.handler(({ input, context }) => orders.unlink(context, input)),
  })
}

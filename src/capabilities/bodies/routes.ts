// Contract → commit → decide, for bodies.
import { implement } from '@orpc/server'
import { derivedId } from '../../kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { ownCursor, paged } from '../../kernel/paging.ts'
import { Refusal } from '../../kernel/order.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { apart, yearsLater } from '../../kernel/texts.ts'
import { ZONE, dayHere } from '../../kernel/zone.ts'
import { endOfDay } from '../../pure/calendar.ts'
import { fold } from '../../pure/text.ts'
import { bodiesContract } from './contract.ts'
import type { MemberInput, SeatedMember } from './contract.ts'
import { changeBody, endBody, formBody } from './decide.ts'
import { accessBody, endNames, eraseNames, knownOf, listBodies, mayAt, namesOf, showBody } from './store.ts'

const api = implement(bodiesContract).$context<Context>().use(refusals)
/** Lists go in the order of names. */
const NAME = /^[^~]*$/

const MOST_YEARS = 5
const lastDay = (at: Date): string => dayHere(yearsLater(at, MOST_YEARS))

/** Names without an account go apart, each kept until the body's last day. Who sat there before under the same name keeps the seat, so that attendance stays theirs; another name is another seat. `gone`: names that no seat has any more. */
async function seated(read: Reader, bodyId: string, orderId: string, members: readonly MemberInput[], until: string | null, at: Date) {
  const before = await namesOf(read, bodyId)
  const made = new Map<string, NonNullable<SeatedMember['seat']>>()
  const [texts, ends]: [ReturnType<typeof apart>['private'][], Date] = [[], until === null ? at : endOfDay(until, ZONE)]
  const seats = members.map(({ named, ...member }, i): SeatedMember => {
    if (!named) return member
    const [key, known] = [`${member.unitId} ${fold(named.name)}`, before.find((one) => one.seatId === named.seatId && one.name === named.name)]
    const again = made.get(key)
    if (again) return { ...member, seat: again }
    const stays = known && known.office === named.office && known.until.getTime() === ends.getTime()
    const text = stays ? undefined : apart(JSON.stringify({ name: named.name, office: named.office }), { subject: `body:${bodyId}`, purpose: 'member', retention: 'member', until: ends }, at)
    if (text) texts.push(text.private)
    const seat = { id: known?.seatId ?? derivedId(new Date(0), orderId, `seat ${i}`), name: text?.ref ?? known!.ref }
    made.set(key, seat)
    return { ...member, seat }
  })
  const kept = new Set([...made.values()].map((seat) => seat.name.id))
  return { seats, texts, gone: before.filter((one) => !kept.has(one.ref.id)).map((one) => one.ref.id) }
}

export const bodiesRoutes = () => api.router({
  list: api.list.handler(async ({ input, context: { read, actor, at } }) => {
    const { items, next } = paged(await listBodies(read, actor, { ...input, limit: input.limit + 1 }, ownCursor(input.cursor, NAME)), input.limit, (row) => row.place)
    return { items: items.map(({ place: _, ...row }) => row), next, asOf: at.toISOString() }
  }),
  get: api.get.handler(async ({ input, context: { read, actor } }) => {
    const body = await showBody(read, actor, input.bodyId)
    if (!body) throw new Refusal('NOT_FOUND')
    return body
  }),
  form: api.form.handler(({ input: { orderId, told, unitId, members, ...fields }, context: { actor, commit, at } }) => {
    const bodyId = derivedId(new Date(0), orderId, 'body')
    return commit({ id: orderId, kind: 'body.form.v1', streams: [`body:${bodyId}`], body: { unitId, ...fields, members }, told, tree: 'shared' }, async (read) => {
      const { seats, texts } = await seated(read, bodyId, orderId, members, fields.until, at)
      const decided = formBody(await mayAt(read, actor, 'body.edit', unitId), bodyId, unitId, { ...fields, members: seats }, { ...await knownOf(read, members, fields.parentId), lastDay: lastDay(at) })
      return 'refused' in decided ? decided : { ...decided, private: texts }
    })
  }),
  change: api.change.handler(({ input: { orderId, told, bodyId, expectedVersion, members, ...fields }, context: { actor, commit, at } }) =>
    commit({ id: orderId, kind: 'body.change.v1', streams: [`body:${bodyId}`], body: { expectedVersion, ...fields, members }, told, tree: 'shared' }, async (read) => {
      const { seats, texts, gone } = await seated(read, bodyId, orderId, members, fields.until, at)
      const decided = changeBody(await accessBody(read, actor, 'body.edit', bodyId), expectedVersion, { ...fields, members: seats }, { ...await knownOf(read, members, fields.parentId), lastDay: lastDay(at) })
      return 'refused' in decided ? decided : { ...decided, private: texts, aside: (side) => eraseNames(side, gone, at) }
    })),
  end: api.end.handler(({ input: { orderId, told, bodyId, on }, context: { actor, commit } }) =>
    commit({ id: orderId, kind: 'body.end.v1', streams: [`body:${bodyId}`], body: { on }, told }, async (read) => {
      const decided = endBody(await accessBody(read, actor, 'body.edit', bodyId), on)
      return 'refused' in decided ? decided : { ...decided, aside: (side) => endNames(side, bodyId, endOfDay(on, ZONE)) }
    })),
})

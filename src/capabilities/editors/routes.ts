// I am here, who else is?
import { implement } from '@orpc/server'
import type { Actor } from '../../kernel/access.ts'
import type { Reader } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/order.ts'
import { refusals } from '../../kernel/rpc.ts'
import type { Context } from '../../kernel/rpc.ts'
import { EDITED_KINDS, editorsContract } from './contract.ts'
import type { EditedKind } from './contract.ts'
import { openDesk } from './store.ts'

/** `mayRead`: whether the asker may read this record; who may not neither tells nor hears. `tell`: somebody came or went. */
export type EditorsNeeds = { mayRead: Record<EditedKind, (read: Reader, actor: Actor, id: string) => Promise<boolean>>; nameOf: (read: Reader, personId: string) => Promise<string | undefined>; tell: (topic: string) => void }

const api = implement(editorsContract).$context<Context>().use(refusals)

export const editorsRoutes = ({ mayRead, nameOf, tell }: EditorsNeeds) => {
  const desk = openDesk()
  return api.router({
    here: api.here.handler(async ({ input: { kind, id, editing }, context: { read, actor, at } }) => {
      if (actor.kind !== 'person' || !await mayRead[kind](read, actor, id)) throw new Refusal('NOT_FOUND')
      const topic = `${kind}_${id}`
      const known = desk.named(topic, actor.id, at.getTime())
      if (editing) desk.stay(topic, { id: actor.id, name: known ?? await nameOf(read, actor.id) ?? '' }, at.getTime())
      else desk.leave(topic, actor.id)
      if ((known !== undefined) !== editing) tell(topic)
      return { others: desk.others(topic, actor.id) }
    }),
  })
}

/** For the live line: topics `editors:<kind>_<id>` of records that the asker may read. */
export const mayFollowEditors = (mayRead: EditorsNeeds['mayRead']) => async (read: Reader, actor: Actor, ids: string[]): Promise<string[]> => {
  const may = await Promise.all(ids.slice(0, 20).map(async (topic) => {
    const [, kind, id] = /^([a-z]+)_(.+)$/.exec(topic) ?? []
    const of = EDITED_KINDS.find((one) => one === kind)
    return of !== undefined && id !== undefined && await mayRead[of](read, actor, id)
  }))
  return ids.filter((_, i) => may[i])
}

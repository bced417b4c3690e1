// What a paper was made from, as its line calls it: only what the asker may read.
import { accessBody } from '../../capabilities/bodies/store.ts'
import { accessMeeting, meetingTitles } from '../../capabilities/meetings/store.ts'
import type { MadeFrom } from '../../capabilities/papers/contract/facts.ts'
import type { PapersNeeds } from '../../capabilities/papers/routes/needs.ts'
import { plansSeen } from '../../capabilities/plans/store/access.ts'
import { planTitles } from '../../capabilities/plans/store/read.ts'
import { mayFollowReports } from '../../capabilities/reports/store/access.ts'
import { collectionTitles, reportNames } from '../../capabilities/reports/store/named.ts'
import { mayFollowCollections } from '../../capabilities/reports/store/rollup.ts'
import type { Context } from '../../kernel/rpc.ts'

/** A paper names one of them, so what has no set-based question is asked one by one. */
const seenOf: Record<MadeFrom['kind'], (c: Context, ids: string[]) => Promise<Map<string, string>>> = {
  plan: async ({ read, actor }, ids) => planTitles(read, [...await plansSeen(read, actor, ids)]),
  report: async ({ read, actor }, ids) => reportNames(read, await mayFollowReports(read, actor, ids)),
  collection: async ({ read, actor }, ids) => collectionTitles(read, await mayFollowCollections(read, actor, ids)),
  body: async ({ read, actor }, ids) => new Map((await Promise.all(ids.map((id) => accessBody(read, actor, 'body.read', id)))).flatMap((body) => (body ? [[body.id, body.name] as const] : []))),
  meeting: async ({ read, actor }, ids) => meetingTitles(read, (await Promise.all(ids.map((id) => accessMeeting(read, actor, 'meeting.read', id)))).flatMap((meeting) => meeting?.id ?? [])),
}
export const madeFrom: PapersNeeds['madeFrom'] = async (c, of) => {
  const found = await Promise.all([...Map.groupBy(of, ({ kind }) => kind)].map(async ([kind, some]) => [...await seenOf[kind](c, some.map(({ id }) => id))].map(([id, name]) => [`${kind}:${id}`, name] as const)))
  return new Map(found.flat())
}

// What inboxes are told of reports.
import { sql } from 'kysely'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { kept } from './handover.ts'

export type ToTell = { id: string; collectionId: string; unitId: string; /** Which owes it. */ owes: string; /** Null: graded, and its name is not sent. */ title: string | null; on: string; dueAt: Date }
const TOLD = sql`select r.id, r.collection_id as "collectionId", k.unit_id as "unitId", r.unit_id as owes, case when not exists (select 1 from access_graded g where g.record_id = c.id) then c.title end as title, r.on_day as "on", r.due_at as "dueAt" from reports r join report_collections c on c.id = r.collection_id ${kept('r.unit_id', 'k')}`

/** Who owes a report in each of these periods, in their order: all, or those that it was opened for (`hosts`). */
export async function periodsToTell(read: Reader, periods: readonly { collectionId: string; on: string; hosts?: string[] }[]): Promise<ToTell[][]> {
  const found = await rows(read, sql<ToTell & { n: number }>`select told.*, p.n::int as n from (${TOLD}) told
    join unnest(${periods.map((p) => p.collectionId)}::uuid[], ${periods.map((p) => p.on)}::date[], ${periods.map((p) => (p.hosts ? `{${p.hosts.join(',')}}` : null))}::text[]) with ordinality p(collection_id, on_day, hosts, n)
      on told."collectionId" = p.collection_id and told."on" = p.on_day and (p.hosts is null or told.owes = any(p.hosts::uuid[]))`)
  const by = Map.groupBy(found, (one) => one.n)
  return periods.map((_, i) => by.get(i + 1) ?? [])
}
export const reportsToTell = async (read: Reader, ids: readonly string[]): Promise<Map<string, ToTell>> =>
  new Map((await rows(read, sql<ToTell>`${TOLD} where r.id = any(${ids}::uuid[])`)).map((one) => [one.id, one]))

// The items of inboxes: written by the follower, read by their owner.
import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access.ts'
import { rows } from '../../../kernel/db.ts'
import type { FoldWriter, Reader, SideWriter } from '../../../kernel/db.ts'
import type { InboxKind } from '../contract.ts'

export type NewItem = {
  id: string; unit_id: string | null; person_id: string | null; kind: InboxKind; about_kind: string; about_id: string; code: string; params: object; count: number
  due_at: string | null; by_id: string; at: Date
}
/** Answers those that were put in. `once`: what is there already stays as it is. */
export async function addItems(fold: FoldWriter, items: NewItem[], once = false): Promise<NewItem[]> {
  if (items.length === 0) return []
  // Items come from two followers: what has a higher turn is never committed first, so a mail that told up to one has told all before it.
  await sql`select pg_advisory_xact_lock(hashtextextended(current_schema() || ' inbox_items', 0))`.execute(fold)
  const { rows: added } = await sql<{ id: string }>`insert into inbox_items as i (id, unit_id, person_id, kind, about_kind, about_id, code, params, count, due_at, by_id, at)
    select * from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as f(id uuid, unit_id uuid, person_id uuid, kind text, about_kind text, about_id text, code text, params jsonb, count integer, due_at timestamptz, by_id uuid, at timestamptz)
    on conflict (id) ${once ? sql`do nothing` : sql`do update set count = i.count + excluded.count, params = excluded.params, due_at = least(i.due_at, excluded.due_at), by_id = excluded.by_id, at = greatest(i.at, excluded.at), turn = excluded.turn`} returning i.id`.execute(fold)
  const ids = new Set(added.map(({ id }) => id))
  return items.filter(({ id }) => ids.has(id))
}

/** Who watches these: `kind:id` → persons. */
export async function watchersOf(read: Reader, subjects: string[]): Promise<Map<string, string[]>> {
  const found = await rows<{ about: string; person_id: string }>(read, sql`select w.about_kind || ':' || w.about_id as about, w.person_id from watches w
    join unnest(${subjects}::text[]) s on w.about_kind = split_part(s, ':', 1) and w.about_id = split_part(s, ':', 2)`)
  const by = new Map<string, string[]>()
  for (const row of found) by.set(row.about, [...(by.get(row.about) ?? []), row.person_id])
  return by
}

/** Items to the units at which I hold a role (not those below), and to me by name. */
export const mine = (actor: Actor) => sql`(i.person_id = ${actor.id}::uuid or i.unit_id in (select ag.unit_id from access_grants ag
  where ag.person_id = ${actor.id}::uuid and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now())))`
/** What was done, submitted or taken back since is due no more, and must not stand there as overdue. An item for several tells of the first alone, so it keeps its day. */
const due = sql`case when i.count = 1 and (i.about_kind = 'task' and exists (select 1 from public_tasks_states t where t.task_id = i.about_id::uuid and t.stage <> 'open')
  or i.about_kind = 'report' and exists (select 1 from public_reports_due r where r.report_id = i.about_id::uuid and r.state not in ('owed', 'returned'))) then null else i.due_at end`
const mark = sql`case when m.mark is null or m.marked_at < i.at then 'new' else m.mark end`

export type ItemRow = {
  id: string; kind: InboxKind; at: Date; key: string; about_kind: string; about_id: string; unit_id: string | null; unit_name: string | null; by_id: string; by_name: string | null
  code: string; params: Record<string, unknown>; /** What was written with it, as long as it is kept. */ said: string | null; count: number; due_at: Date | null; mark: 'new' | 'read' | 'done'
}
export const listItems = (read: Reader, actor: Actor, asked: { kind?: string | undefined; mark: string; after: { key: string; id: string } | undefined; since?: Date; limit: number }): Promise<ItemRow[]> =>
  rows<ItemRow>(read, sql`select i.id, i.kind, i.at, i.at::text as key, i.about_kind, i.about_id, i.unit_id, u.name as unit_name, i.by_id, n.name as by_name, i.code, i.params, s.text as said, i.count, ${due} as due_at, ${mark} as mark
    from inbox_items i left join inbox_marks m on m.person_id = ${actor.id}::uuid and m.item_id = i.id
      left join public_units_tree u on u.unit_id = i.unit_id left join public_people_names n on n.person_id = i.by_id left join private_texts s on s.id = (i.params ->> 'said')::uuid
    where ${mine(actor)} and ${asked.kind ? sql`i.kind = ${asked.kind}` : sql`true`} and ${asked.mark === 'any' ? sql`true` : asked.mark === 'open' ? sql`${mark} <> 'done'` : sql`${mark} = ${asked.mark}`}
      and ${asked.since ? sql`i.at > ${asked.since}` : sql`true`}
      and ${asked.after ? sql`(i.at, i.id) < (${asked.after.key}::timestamptz, ${asked.after.id}::uuid)` : sql`true`}
    order by i.at desc, i.id desc limit ${asked.limit}`)

/** Exact to 1,000 over all kinds. */
export const countNew = (read: Reader, actor: Actor): Promise<{ kind: InboxKind; n: number }[]> =>
  rows(read, sql`select kind, count(*)::int as n from (select i.kind from inbox_items i left join inbox_marks m on m.person_id = ${actor.id}::uuid and m.item_id = i.id
    where ${mine(actor)} and ${mark} = 'new' limit 1001) x group by kind`)

/** Marks items of mine; others are passed over. Answers how many. */
export async function markItems(read: Reader, side: SideWriter, actor: Actor, which: { ids?: string[] | undefined; until?: string | undefined }, to: 'new' | 'read' | 'done', at: Date): Promise<number> {
  const found = await rows<{ id: string }>(read, sql`select i.id from inbox_items i left join inbox_marks m on m.person_id = ${actor.id}::uuid and m.item_id = i.id
    where ${mine(actor)} and ${mark} <> ${to} and ${which.ids ? sql`i.id = any(${which.ids}::uuid[])` : sql`i.at <= ${which.until ?? at.toISOString()}::timestamptz`} limit 10000`)
  const ids = found.map((row) => row.id)
  for (let n = 0; n < ids.length; n += 1000) {
    const part = ids.slice(n, n + 1000)
    if (to === 'new') await side.deleteFrom('inbox_marks').where('person_id', '=', actor.id).where('item_id', 'in', part).execute()
    else {
      await side.insertInto('inbox_marks').values(part.map((item_id) => ({ person_id: actor.id, item_id, mark: to, marked_at: at })))
        .onConflict((oc) => oc.columns(['person_id', 'item_id']).doUpdateSet({ mark: to, marked_at: at })).execute()
    }
  }
  return ids.length
}

export const watchesOf = (read: Reader, personId: string): Promise<{ kind: string; id: string }[]> =>
  rows(read, sql`select about_kind as kind, about_id as id from watches where person_id = ${personId}::uuid order by since desc limit 1000`)

/** Whose list moves when an item comes to one of these units. */
export const holdersAt = async (read: Reader, unitIds: string[]): Promise<string[]> =>
  (await rows<{ id: string }>(read, sql`select distinct person_id as id from access_grants where unit_id = any(${unitIds}::uuid[]) and starts_at <= now() and (ends_at is null or ends_at > now()) limit 2000`)).map((row) => row.id)

// What the asker's very units owe and wait for: ranges of indexes by unit, each cut at a thousand, never a look at the tree below.
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { grantedRanges } from '../../../kernel/access.ts'
import type { Actor } from '../../../kernel/access.ts'
import type { Lang } from '../../../kernel/contract.ts'
import { rows } from '../../../kernel/db.ts'
import type { Reader } from '../../../kernel/db.ts'
import { addDays, dayIn, endOfDay, weekday } from '../../../pure/calendar.ts'
import { OWED, WAITING } from '../contract/home.ts'
import type { Owed, Waiting } from '../contract/home.ts'
import { loadTasks } from './show.ts'

const EXACT_TO = 1000
const [OWED_SHOWN, WAITING_SHOWN] = [5, 3]
type Ask = { at: Date; lang: Lang; zone: string }

/** The operator and the system owe nothing. */
const mine = (actor: Actor) => sql`mine as materialized (select distinct u.unit_id, u.path from access_grants ag join access_units u on u.unit_id = ag.unit_id
  where ag.person_id = ${actor.kind === 'person' ? actor.id : null}::uuid and ag.starts_at <= now() and (ag.ends_at is null or ag.ends_at > now())
    and exists (select 1 from ${grantedRanges(actor, 'task.read')} r where u.path >= r.path and u.path < r.upto))`

type Found = { name: string; id: string; n: number; late: number }
/** The first few of each, by due date, with how many there are. */
const ranked = (found: RawBuilder<unknown>, shown: number, at: Date) => sql`ranked as (select f.*, count(*) over (partition by name)::int as n, count(*) filter (where due_at <= ${at}) over (partition by name)::int as late,
    row_number() over (partition by name order by due_at, id) as place from (${found}) f)
  select name, id, n, late from ranked where place <= ${shown} order by name, place`

export async function owedBy(read: Reader, actor: Actor, { at, lang, zone }: Ask): Promise<Owed> {
  const today = dayIn(at, zone)
  const [day, week] = [endOfDay(today, zone), endOfDay(addDays(today, 7 - weekday(today)), zone)]
  const edges = [['overdue', '-infinity', at], ['today', at, day], ['week', day, week], ['later', week, 'infinity']] as const
  const [units, found] = await Promise.all([
    rows<{ id: string; name: string }>(read, sql`with ${mine(actor)} select u.unit_id as id, case when ${lang} = 'en' then coalesce(u.name_en, u.name) else u.name end as name from mine join public_units_tree u using (unit_id) order by u.path`),
    rows<Found>(read, sql`with ${mine(actor)}, g (name, after, until) as (values ${sql.join(edges.map(([name, after, until]) => sql`(${name}::text, ${after}::timestamptz, ${until}::timestamptz)`))}),
      ${ranked(sql`select g.name, r.id, r.due_at from mine m cross join g cross join lateral (
        select t.id, t.due_at from tasks t where t.unit_id = m.unit_id and t.stage = 'open' and t.due_at > g.after and t.due_at <= g.until order by t.due_at, t.id limit ${EXACT_TO + 1}) r`, OWED_SHOWN, at)}`),
  ])
  const tasks = new Map((await loadTasks(read, found.map((one) => one.id), lang, at)).map((task) => [task.id, task]))
  return { asOf: at.toISOString(), units, groups: OWED.map((group) => ({ group, ...part(group, found, tasks) })).map(({ overdue: _, ...rest }) => rest) }
}

export async function waitingFor(read: Reader, actor: Actor, { at, lang }: Ask): Promise<Waiting> {
  const few = sql`order by t.due_at, t.id limit ${EXACT_TO + 1}`
  const run = (where: RawBuilder<unknown>) => sql`cross join lateral (select t.id, t.due_at from tasks t where ${where} ${few}) r`
  // Who answers: the issuing unit, where none is named the one above the lead unit.
  const asAbove = sql`mine m join public_units_tree c on c.parent_id = m.unit_id and c.valid_until is null`
  const found = await rows<Found>(read, sql`with ${mine(actor)}, ${ranked(sql`
    select 'verify' as name, r.* from mine m ${run(sql`t.issuer_unit_id = m.unit_id and t.stage = 'reported'`)}
    union all select 'verify', r.* from ${asAbove} ${run(sql`t.unit_id = c.unit_id and t.stage = 'reported' and t.issuer_unit_id is null`)}
    union all select 'extension', r.* from mine m ${run(sql`t.issuer_unit_id = m.unit_id and t.extension_id is not null`)}
    union all select 'extension', r.* from ${asAbove} ${run(sql`t.unit_id = c.unit_id and t.extension_id is not null and t.issuer_unit_id is null`)}
    union all select 'asked', r.* from mine m ${run(sql`t.issuer_unit_id = m.unit_id and t.unit_id <> m.unit_id and t.stage = 'open' and t.item is null`)}
    union all select 'reported', r.* from mine m ${run(sql`t.unit_id = m.unit_id and t.stage = 'reported'`)}
    union all select 'asking', r.* from mine m ${run(sql`t.unit_id = m.unit_id and t.extension_id is not null`)}`, WAITING_SHOWN, at)}`)
  const tasks = new Map((await loadTasks(read, [...new Set(found.map((one) => one.id))], lang, at)).map((task) => [task.id, task]))
  return { asOf: at.toISOString(), parts: WAITING.map((name) => ({ part: name, ...part(name, found, tasks) })) }
}

function part<T>(name: string, found: Found[], tasks: Map<string, T>): { count: number; overdue: number; items: T[] } {
  const own = found.filter((one) => one.name === name)
  return { count: own[0]?.n ?? 0, overdue: own[0]?.late ?? 0, items: own.flatMap((one) => tasks.get(one.id) ?? []) }
}

// Paths of units, today's and those of every day, from parents and spans. Only what lies below a changed unit is computed again.
import { sql } from 'kysely'
import type { Writer } from '../../../kernel/db.ts'

/** From this many changed units on, the whole tree is computed: cheaper than finding what lies below each. */
const WHOLE_FROM = 500

export async function repath(write: Writer, changed: string[], tree: number): Promise<void> {
  const some = changed.length < WHOLE_FROM ? changed : undefined
  await today(write, some, tree)
  await daily(write, some)
  // What follows a whole list (a cascade to it, say) is planned on these numbers; autovacuum would count a minute later.
  if (!some) await sql`analyze units, unit_spans, unit_paths`.execute(write)
}

/** Closed units keep their last parent, so their paths follow it wherever it goes: who holds a right above still sees their records. */
async function today(write: Writer, changed: string[] | undefined, tree: number): Promise<void> {
  const start = changed === undefined ? sql`start(id) as (select id from units where parent_id is null)` : sql`changed(id) as (select unnest(${changed}::uuid[])),
    up(id, above) as (
      select id, parent_id from units where id in (select id from changed) and parent_id is not null
      union all select up.id, u.parent_id from up join units u on u.id = up.above where u.parent_id is not null),
    start(id) as (select id from changed except select id from up where above in (select id from changed))`
  await sql`with recursive ${start},
    walk(id, path) as (
      select u.id, coalesce((select p.path from units p where p.id = u.parent_id), '') || u.step from units u where u.id in (select id from start)
      union all
      select u.id, walk.path || u.step from walk join units u on u.parent_id = walk.id)
    update units u set path = walk.path, tree = ${tree} from walk where walk.id = u.id and u.path <> walk.path`.execute(write)
}

/** `unit_paths` of the changed units and all that ever was below them: a parent's path and a unit's own span together say how long a path held. */
async function daily(write: Writer, changed: string[] | undefined): Promise<void> {
  const affected = changed === undefined ? sql`` : sql`affected(id) as (
      select unnest(${changed}::uuid[]) union select s.unit_id from affected join unit_spans s on s.parent_id = affected.id),`
  const isAffected = (column: string) => (changed === undefined ? sql`true` : sql`${sql.ref(column)} in (select id from affected)`)
  const overlaps = sql`p.from_on < coalesce(s.until_on, 'infinity') and coalesce(p.until_on, 'infinity') > s.from_on`
  const both = sql`s.unit_id, greatest(s.from_on, p.from_on), least(s.until_on, p.until_on), p.path || u.step`
  await sql`with recursive ${affected}
    walk(unit_id, from_on, until_on, path) as (
      (select s.unit_id, s.from_on, s.until_on, u.step from unit_spans s join units u on u.id = s.unit_id where s.parent_id is null and ${isAffected('s.unit_id')}
      ${changed === undefined ? sql`` : sql`union all
        select ${both} from unit_spans s join units u on u.id = s.unit_id join unit_paths p on p.unit_id = s.parent_id and ${overlaps}
        where ${isAffected('s.unit_id')} and s.parent_id not in (select id from affected)`})
      union all
      select ${both} from walk p join unit_spans s on s.parent_id = p.unit_id and ${overlaps} join units u on u.id = s.unit_id),
    -- Pieces of one path that touch become one.
    marked as (select *, coalesce(lag(path) over w = path and lag(until_on) over w = from_on, false) as goes_on from walk window w as (partition by unit_id order by from_on)),
    pieces as (select *, count(*) filter (where not goes_on) over (partition by unit_id order by from_on) as piece from marked),
    fresh as (
      select unit_id, min(from_on) as from_on, nullif(max(coalesce(until_on, 'infinity'::date)), 'infinity') as until_on, min(path) as path from pieces group by unit_id, piece),
    gone as (
      delete from unit_paths old where ${isAffected('old.unit_id')} and not exists (select 1 from fresh f where f.unit_id = old.unit_id and f.from_on = old.from_on))
    insert into unit_paths as old (unit_id, from_on, until_on, path)
      select f.* from fresh f left join unit_paths o using (unit_id, from_on) where o.path is distinct from f.path or o.until_on is distinct from f.until_on
      on conflict (unit_id, from_on) do update set until_on = excluded.until_on, path = excluded.path`.execute(write)
}

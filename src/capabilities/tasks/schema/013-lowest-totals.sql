-- Units with few or none below keep neither workstreams nor months: most rows of the totals are theirs, and what moves in them is then added in place, unread.
-- Their tasks, a few hundred at most, are counted when a board asks. `apart`: more than twelve units stand below (store/totals.ts, FEW).
alter table task_ancestors rename column below to apart;
update task_ancestors a set apart = false where apart and (select count(*) from task_ancestors d where d.ancestor_id = a.ancestor_id) <= 13;
update task_totals t set streams = '{}', months = '{}' from task_ancestors a where a.unit_id = t.unit_id and a.ancestor_id = t.unit_id and not a.apart;
drop view public_tasks_months, public_tasks_streams;
create view public_tasks_months as
  select unit_id, programme_id, level, months from task_totals
  union all
  select unit_id, programme_id, level, json_object_agg(month, counts) from (
    select a.ancestor_id as unit_id, coalesce(t.programme_id, '00000000-0000-0000-0000-000000000000'::uuid) as programme_id, t.level, task_month(t.due_at, t.zone) as month,
      json_build_array(count(*) filter (where t.state <> 'withdrawn'), count(*) filter (where t.state = 'reported'), count(*) filter (where t.state = 'verified'), count(*) filter (where t.state = 'refused'),
        count(*) filter (where t.stage = 'open' and t.due_at <= (select watermark from task_clock))) as counts
    from tasks t join task_ancestors a on a.unit_id = t.unit_id and not a.apart group by 1, 2, 3, 4) m group by 1, 2, 3;
create view public_tasks_streams as
  select t.unit_id, t.programme_id, t.level, s.key as workstream, (s.value ->> 0)::int as total, (s.value ->> 1)::int as reported, (s.value ->> 2)::int as done,
    (s.value ->> 3)::int as refused, (s.value ->> 4)::int as overdue, t.version from task_totals t, json_each(t.streams) s
  union all
  select a.ancestor_id, coalesce(t.programme_id, '00000000-0000-0000-0000-000000000000'::uuid), t.level, t.workstream collate "default", (count(*) filter (where t.state <> 'withdrawn'))::int, (count(*) filter (where t.state = 'reported'))::int,
    (count(*) filter (where t.state = 'verified'))::int, (count(*) filter (where t.state = 'refused'))::int, (count(*) filter (where t.stage = 'open' and t.due_at <= (select watermark from task_clock)))::int, 0::bigint
  from tasks t join task_ancestors a on a.unit_id = t.unit_id and not a.apart group by 1, 2, 3, 4;

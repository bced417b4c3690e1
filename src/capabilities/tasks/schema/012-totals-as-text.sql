-- Their one writer reads and writes them whole, so nothing inside is ever looked up by the database: as json they are kept as sent, not taken apart and put together again.
drop view public_tasks_streams, public_tasks_months;
alter table task_totals alter column streams type json using streams::json, alter column months type json using months::json;
create view public_tasks_months as select unit_id, programme_id, level, months from task_totals;
create view public_tasks_streams as
  select t.unit_id, t.programme_id, t.level, s.key as workstream, (s.value ->> 0)::int as total, (s.value ->> 1)::int as reported, (s.value ->> 2)::int as done,
    (s.value ->> 3)::int as refused, (s.value ->> 4)::int as overdue, t.version from task_totals t, json_each(t.streams) s
  union all
  select t.unit_id, coalesce(t.programme_id, '00000000-0000-0000-0000-000000000000'::uuid), t.level, t.workstream collate "default", (count(*) filter (where t.state <> 'withdrawn'))::int, (count(*) filter (where t.state = 'reported'))::int,
    (count(*) filter (where t.state = 'verified'))::int, (count(*) filter (where t.state = 'refused'))::int, (count(*) filter (where t.stage = 'open' and t.due_at <= (select watermark from task_clock)))::int, 0::bigint
  from tasks t join task_ancestors a on a.unit_id = t.unit_id and a.ancestor_id = t.unit_id and not a.below group by 1, 2, 3, 4;

-- One row for each unit, programme and level, with its workstreams and months inside: a report moved some fifteen rows, a cascade of a million tasks wrote 700,000.
drop view public_tasks_totals, public_tasks_months;
alter table task_totals
  add column streams jsonb not null default '{}',   -- {workstream: [total, reported, done, refused, overdue]}; only where units stand below
  add column months jsonb not null default '{}';    -- {first day of the month of the due date in the task's zone, or infinity: [total, …]}
update task_totals t set
  streams = coalesce((select jsonb_object_agg(s.workstream, jsonb_build_array(s.total, s.reported, s.done, s.refused, s.overdue)) from task_totals s
    where s.unit_id = t.unit_id and s.programme_id = t.programme_id and s.level = t.level and s.workstream <> ''), '{}'),
  months = coalesce((select jsonb_object_agg(m.month, jsonb_build_array(m.total, m.reported, m.done, m.refused, m.overdue)) from task_months m
    where m.unit_id = t.unit_id and m.programme_id = t.programme_id and m.level = t.level), '{}')
  where workstream = '';
delete from task_totals where workstream <> '';
drop table task_months;
alter table task_totals drop constraint task_totals_pkey, drop column workstream, add primary key (unit_id, programme_id, level),
  alter column streams drop default, alter column months drop default;
create view public_tasks_totals as select unit_id, programme_id, level, total, reported, done, refused, overdue, changed_on as day_on, version from task_totals;
create view public_tasks_streams as select t.unit_id, t.programme_id, t.level, s.key as workstream, (s.value ->> 0)::int as total, (s.value ->> 1)::int as reported, (s.value ->> 2)::int as done,
  (s.value ->> 3)::int as refused, (s.value ->> 4)::int as overdue, t.version from task_totals t, jsonb_each(t.streams) s;
create view public_tasks_months as select t.unit_id, t.programme_id, t.level, m.key::date as month, (m.value ->> 0)::int as total, (m.value ->> 1)::int as reported, (m.value ->> 2)::int as done,
  (m.value ->> 3)::int as refused, (m.value ->> 4)::int as overdue from task_totals t, jsonb_each(t.months) m;

-- What a task of a template waits for: another task, or a milestone; so many days after it.
create view public_programmes_after as
  select v.id as template_version_id, t.value ->> 'code' as item, a.value ->> 'task' as task, a.value ->> 'milestone' as milestone, coalesce((a.value ->> 'days')::int, 0) as days, a.ordinality::int as n
  from template_versions v, jsonb_array_elements(v.body -> 'tasks') t, jsonb_array_elements(t.value -> 'after') with ordinality a;

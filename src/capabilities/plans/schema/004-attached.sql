-- From which version on a plan has a file, so that what was attached later does not stand in a version before.
create table plan_attached (
  plan_id uuid not null references plans (id),
  file_id uuid not null,
  n integer not null,
  primary key (plan_id, file_id)
);
insert into plan_attached (plan_id, file_id, n)
  select (j.body::jsonb ->> 'planId')::uuid, (f ->> 'id')::uuid, min(1 + (select count(*) from journal b where b.stream = j.stream and b.seq < j.seq and b.type = 'plan.version_begun.v1'))
  from journal j, jsonb_array_elements(j.body::jsonb -> 'files') f where j.type = 'plan.attached.v1' group by 1, 2;

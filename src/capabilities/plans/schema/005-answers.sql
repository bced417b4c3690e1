-- Every answer of a unit that was asked: plan_consultations has the last one, and the ones before it stay in sight.
create table plan_answers (
  plan_id uuid not null references plans (id),
  n integer not null,
  unit_id uuid not null,
  place integer not null,                 -- 1: its first
  verdict text not null,
  text_id uuid,
  answered_at timestamptz not null,
  answered_by uuid not null,
  told_id uuid,
  files uuid[] not null,
  primary key (plan_id, n, unit_id, place)
);
insert into plan_answers (plan_id, n, unit_id, place, verdict, text_id, answered_at, answered_by, told_id, files)
  select (f ->> 'planId')::uuid, (f ->> 'n')::int, (f ->> 'unitId')::uuid, row_number() over (partition by f ->> 'planId', f ->> 'n', f ->> 'unitId' order by position), f ->> 'verdict', (f -> 'text' ->> 'id')::uuid,
    recorded_at, actor_id, told, array(select jsonb_array_elements_text(f -> 'files'))::uuid[]
  from (select j.*, j.body::jsonb as f from journal j where j.type = 'plan.answered.v1') x;
-- For what a unit still has to say.
create index plan_consultations_open on plan_consultations (unit_id) where answered_at is null;

-- Files taken off a plan: gone from that version on, still shown by the versions before it.
create table plan_detached (
  plan_id uuid not null references plans (id),
  file_id uuid not null,
  n integer not null,                     -- the version that no longer has it
  reason_id uuid not null,                -- private text
  at timestamptz not null,
  by uuid not null,
  told_id uuid,
  primary key (plan_id, file_id)
);

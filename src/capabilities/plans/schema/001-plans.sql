-- Plans as their last facts say. What stands in a section, and what people say about it, is private text: here stands its id.
create table plans (
  id uuid primary key,
  unit_id uuid not null,                  -- whose plan it is: its readers read it
  kind text not null check (kind in ('plan', 'scheme')),
  matter text collate "C" not null,
  lang text not null,
  template text not null,
  title text not null,                    -- of the newest version, as are head, event and phase
  fold text collate "C" not null,
  head_id uuid,
  event_id uuid,
  phase text collate "C" not null check (phase in ('drafting', 'consulting', 'appraising', 'approved', 'replaced', 'withdrawn')),
  n integer not null,                     -- the newest version
  in_force_n integer,                     -- the version in force
  head_version integer not null,          -- of title, head, event, order of sections
  version integer not null,               -- of anything
  replaced_by uuid,
  reason_id uuid,                         -- why it was withdrawn
  ended_at timestamptz,
  ended_by uuid,
  ended_told_id uuid,
  changed_at timestamptz not null
);
create index plans_by_unit on plans (unit_id);
create index plans_by_event on plans (event_id) where event_id is not null;
create index plans_by_change on plans (changed_at desc, id desc);
create table plan_versions (
  plan_id uuid not null references plans (id),
  n integer not null,
  phase text collate "C" not null,
  header jsonb not null,                  -- contract: Header
  begun_at timestamptz not null,
  approved_at timestamptz,
  approved_by uuid,
  told_id uuid,                           -- who signed, where somebody entered it for them
  how text,
  number text,
  in_force_from date,
  files uuid[] not null default '{}',     -- the scan of the signed page
  rests jsonb,                            -- contract: Rests; what it rests on, as it was when it was approved
  tables_id uuid,                         -- private text: its live tables as they were
  primary key (plan_id, n)
);
create table plan_sections (
  plan_id uuid not null references plans (id),
  n integer not null,
  id uuid not null,
  place integer not null,
  code text collate "C",                  -- of the outline; null: a section of one's own
  title text not null,
  text_id uuid,                           -- private text: Content; null: nothing written yet
  tables text[] not null,
  units uuid[] not null,                  -- named by its actions
  version integer not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  primary key (plan_id, n, id)
);
-- Units that may read a plan because they were asked or appraise it.
create table plan_readers (
  plan_id uuid not null references plans (id),
  unit_id uuid not null,
  primary key (plan_id, unit_id)
);
create index plan_readers_by_unit on plan_readers (unit_id);
create table plan_consultations (
  plan_id uuid not null references plans (id),
  n integer not null,
  unit_id uuid not null,
  due_on date not null,
  verdict text,
  text_id uuid,
  answered_at timestamptz,
  answered_by uuid,
  told_id uuid,
  files uuid[] not null default '{}',
  primary key (plan_id, n, unit_id)
);
create table plan_comments (
  id uuid primary key,
  plan_id uuid not null references plans (id),
  n integer not null,
  section_id uuid not null,
  quote_id uuid,
  text_id uuid not null,
  said_at timestamptz not null,
  said_by uuid not null,
  told_id uuid,
  resolved boolean not null
);
create index plan_comments_by_plan on plan_comments (plan_id, said_at);
create table plan_appraisals (
  plan_id uuid not null references plans (id),
  n integer not null,
  body_id uuid,
  unit_id uuid not null,
  units uuid[] not null,                  -- whoever appraises for one of these may
  due_on date,
  verdict text,
  text_id uuid,
  judged_at timestamptz,
  judged_by uuid,
  told_id uuid,
  primary key (plan_id, n)
);
create table plan_points (
  id uuid primary key,
  plan_id uuid not null references plans (id),
  n integer not null,
  place integer not null,
  section_id uuid,
  text_id uuid not null,
  raised_at timestamptz not null,
  raised_by uuid not null,
  told_id uuid,
  how text,
  answer_id uuid,
  settled_at timestamptz
);
create index plan_points_by_plan on plan_points (plan_id, n, place);
create table plan_tasks (
  plan_id uuid not null references plans (id),
  action_id uuid not null,
  n integer not null,                     -- the version that made it
  task_id uuid not null,
  primary key (plan_id, action_id)
);
create view public_plans_plans as select id as plan_id, unit_id, kind, matter, title, phase, event_id, in_force_n from plans;

-- Directives and their tasks. Everything here is a cache of the journal.
create table directives (
  id uuid primary key,
  issuer_unit_id uuid not null,
  programme_id uuid,
  number text,
  title text not null,
  lang text not null,
  fold text not null,               -- number and title folded, for search
  body text,
  basis text,
  issued_on date not null,
  issued_at timestamptz not null,
  issued_by uuid not null
);
create index directives_by_issuer on directives (issuer_unit_id, issued_at desc);
create index directives_by_time on directives (issued_at desc, id);

create table tasks (
  id uuid primary key,
  event_id uuid,
  programme_id uuid,
  template_version_id uuid,         -- with item: whose text and product the task has
  item text collate "C",
  directive_id uuid references directives (id),
  import_id uuid,
  root_unit_id uuid,                -- without an event: the unit whose stream records what happens to it
  lineage uuid[],                   -- the tasks it was split from, nearest first
  title text,                       -- null: the template's
  lang text,
  fold text,                        -- own title folded, for search
  product text,
  workstream text collate "C" not null,
  level text collate "C" not null,  -- kind of the event's host, else of the lead unit when it was given
  issuer_unit_id uuid,              -- null: the unit above the lead unit, as the tree stands
  unit_id uuid not null,            -- lead unit; the one place by which rights and roll-ups count
  due_at timestamptz not null,      -- infinity: no date
  due_rule text,
  zone text not null,
  priority text collate "C" not null,
  state text collate "C" not null,
  -- What lists ask for most: one run per unit holds all that is open, whichever of the four open states it is in.
  stage text collate "C" not null generated always as (case when state in ('assigned', 'accepted', 'under_way', 'returned') then 'open' else state end) stored,
  target_kind text collate "C",
  target_count numeric(18, 3),
  target_unit text,
  reached numeric(18, 3),
  base numeric(18, 3),
  evidence_kind text collate "C",
  evidence_label text,
  evidence_at timestamptz,
  evidence_expires_at timestamptz,
  reported_at timestamptz,
  reported_by uuid,
  extension_id uuid,                -- the one that waits for an answer
  extension_until timestamptz,
  parts integer,                    -- leaves of the tasks it was split into, and how many of them are verified
  parts_done integer,
  version integer not null default 1,       -- of what is asked, not of its state
  changes jsonb,                    -- which part of what is asked last changed in which version
  assigned_at timestamptz not null,
  assigned_by uuid not null,
  changed_at timestamptz not null
);
-- A cascaded task's id is made from its natural key (programme's time, event, item, unit), so the primary key keeps that key unique.
create index tasks_by_event on tasks (event_id);
-- Lists merge one ordered run per unit (up to a province) or per item (a nation), so each has its own order by due date, whatever the share of done ones.
-- Every index here costs a cascade of a million tasks some five seconds: four are for all tasks, the others for few.
create index tasks_by_unit on tasks (unit_id, stage, due_at, id) include (state);
create index tasks_by_item on tasks (item, stage, due_at, id) where item is not null;
create index tasks_own_by_stage on tasks (stage, due_at, id) where item is null;
create index tasks_by_change on tasks (changed_at desc, id desc) where item is null or state <> 'assigned';
create index tasks_by_issuer on tasks (issuer_unit_id, stage, due_at, id) where item is null;
create index tasks_by_parent on tasks ((lineage[1])) where lineage is not null;
create index tasks_by_directive on tasks (directive_id) where directive_id is not null;
create index tasks_by_import on tasks (import_id) where import_id is not null;
-- Word prefixes of own titles. Text search of PostgreSQL itself with the configuration `simple`: no extension, nothing of the server's locale.
create index tasks_by_words on tasks using gin (to_tsvector('pg_catalog.simple', fold)) where fold is not null;

create table task_supports (
  task_id uuid not null references tasks (id),
  unit_id uuid not null,
  primary key (task_id, unit_id)
);
create index task_supports_by_unit on task_supports (unit_id);

create table task_reports (
  id uuid primary key,
  task_id uuid not null,
  done boolean not null,
  reached numeric(18, 3),
  base numeric(18, 3),
  note_id uuid,                     -- private text
  evidence_label text,
  evidence_on date,
  evidence_expires_at timestamptz,
  files uuid[] not null default '{}',
  reported_at timestamptz not null,
  reported_by uuid not null,
  on_behalf_of uuid,
  told_id uuid                      -- private text: who told it
);
create index task_reports_by_task on task_reports (task_id, reported_at);

create table task_extensions (
  id uuid primary key,
  task_id uuid not null references tasks (id),
  asked_at timestamptz,
  asked_by uuid,
  until timestamptz not null,
  state text not null check (state in ('asked', 'granted', 'declined')),
  reason_id uuid,                   -- private text
  answer_id uuid,                   -- private text
  answered_at timestamptz,
  answered_by uuid
);
create index task_extensions_by_task on task_extensions (task_id);

-- Reasons and comments: who, when, and a private text.
create table task_remarks (
  id uuid primary key,
  task_id uuid not null references tasks (id),
  what text not null check (what in ('returned', 'refused', 'withdrawn', 'verified', 'comment', 'reminded')),
  text_id uuid,
  mentions uuid[] not null default '{}',
  said_at timestamptz not null,
  said_by uuid not null
);
create index task_remarks_by_task on task_remarks (task_id, said_at);

-- What was looked at before an import is done. Not the journal's.
create table import_previews (
  id uuid primary key,
  kind text not null,
  actor_id uuid not null,
  made_at timestamptz not null,
  until timestamptz not null,
  body jsonb not null
);
create index import_previews_by_until on import_previews (until);

create function task_month(due_at timestamptz, zone text) returns date language sql stable
  return case when due_at = 'infinity' then 'infinity'::date else date_trunc('month', due_at at time zone zone)::date end;
-- What each order changes in the counts: from one state and due date to another. Folded by one follower, then gone.
create table task_deltas (
  position bigint not null,
  unit_id uuid not null,
  programme_id uuid not null,
  level text collate "C" not null,
  workstream text collate "C" not null,
  zone text not null,
  was_state text collate "C",
  was_due_at timestamptz,
  state text collate "C",           -- both states null: a cascade that is counted from its fact
  due_at timestamptz
);
create index task_deltas_by_position on task_deltas (position);

-- Counts of each unit and everything below it. Only the follower writes here: one writer, no hot row for orders.
create table task_totals (
  unit_id uuid not null,
  programme_id uuid not null,       -- all zeros: without a programme
  level text collate "C" not null,
  workstream text collate "C" not null,  -- empty: all; single ones only where units stand below
  total integer not null,           -- all but withdrawn
  reported integer not null,        -- waiting for verification
  done integer not null,            -- verified
  refused integer not null,
  overdue integer not null,         -- open and due at or before the watermark
  changed_on date not null,
  version bigint not null,
  primary key (unit_id, programme_id, level, workstream)
) with (fillfactor = 70);
create table task_months (
  unit_id uuid not null,
  programme_id uuid not null,
  level text collate "C" not null,
  month date not null,              -- of the due date in the task's zone; infinity: no date
  total integer not null,
  reported integer not null,
  done integer not null,
  refused integer not null,
  overdue integer not null,
  primary key (unit_id, programme_id, level, month)
) with (fillfactor = 70);
-- The closing values of a day, written when a later day changes them: every past day's board, and no row for a day without change.
create table task_days (
  unit_id uuid not null,
  programme_id uuid not null,
  level text collate "C" not null,
  on_day date not null,
  total integer not null,
  reported integer not null,
  done integer not null,
  refused integer not null,
  overdue integer not null,
  primary key (unit_id, programme_id, level, on_day)
);
-- The moment up to which passing due dates are counted.
create table task_clock (one boolean primary key default true check (one), watermark timestamptz not null);
insert into task_clock (watermark) values ('-infinity');
-- Every unit with itself and each unit above it, as the follower last read the tree.
create table task_ancestors (
  unit_id uuid not null,
  ancestor_id uuid not null,
  below boolean not null,           -- the ancestor has units below it
  primary key (unit_id, ancestor_id)
);
create index task_ancestors_by_ancestor on task_ancestors (ancestor_id);

create view public_tasks_evidence as
  select t.event_id, t.programme_id, t.template_version_id, t.item, t.id as task_id, t.lineage[1] as parent_id, t.unit_id, t.workstream, i.milestone, t.state, t.stage = 'open' as open,
    nullif(t.due_at, 'infinity') as due_at, t.evidence_kind, t.evidence_at, t.evidence_label, t.evidence_expires_at, t.reached::float8 as reached, t.base::float8 as base,
    t.target_kind, t.target_count::float8 as target_number, t.target_unit
  from tasks t left join public_programmes_items i on i.template_version_id = t.template_version_id and i.item = t.item where t.event_id is not null;
create view public_tasks_totals as select unit_id, programme_id, level, workstream, total, reported, done, refused, overdue, changed_on as day_on, version from task_totals;
create view public_tasks_months as select unit_id, programme_id, level, month, total, reported, done, refused, overdue from task_months;
create view public_tasks_days as select unit_id, programme_id, level, on_day, total, reported, done, refused, overdue from task_days;
create view public_tasks_clock as select watermark from task_clock;
create view public_tasks_places as select id as task_id, unit_id from tasks;
create view public_tasks_directives as select id as directive_id, issuer_unit_id as unit_id from directives;

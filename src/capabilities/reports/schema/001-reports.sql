-- Forms, requests and reports, as their last facts say. A published version of a form never changes.
create table report_forms (
  id uuid primary key,
  code text collate "C" not null,
  unit_id uuid not null,                  -- whose form it is: only there a next version is published
  version integer not null,
  unique (unit_id, code)
);
create table report_form_versions (
  id uuid primary key,
  form_id uuid not null references report_forms (id),
  version integer not null,
  form jsonb not null,                    -- contract: Form
  text text not null,                     -- as it was written
  published_at timestamptz not null,
  published_by uuid not null,
  unique (form_id, version)
);
create table report_collections (
  id uuid primary key,
  unit_id uuid not null,                  -- who asks
  form_version_id uuid not null references report_form_versions (id),
  title text not null,
  schedule jsonb not null,                -- contract: Schedule
  owing jsonb not null,                   -- contract: Owing
  levels text[] collate "C" not null,     -- kinds of those who owe, the highest first; each adds up by itself
  zone text not null,
  from_on date not null,
  until_on date,
  next_on date,                           -- the period that opens next, and when; null after the last
  next_opens_at timestamptz,
  ended_at timestamptz,
  asked_at timestamptz not null,
  asked_by uuid not null,
  version integer not null
);
create index report_collections_by_form on report_collections (form_version_id);
create index report_collections_by_unit on report_collections (unit_id, asked_at desc);
create index report_collections_by_time on report_collections (asked_at desc, id desc);
create index report_collections_waiting on report_collections (next_opens_at) where ended_at is null and next_opens_at is not null;
create table report_periods (
  collection_id uuid not null references report_collections (id),
  on_day date not null,                   -- the day on which it is due
  opens_at timestamptz not null,
  due_at timestamptz not null,
  primary key (collection_id, on_day)
);
-- One row for each unit that owes in a period, made when the period opens; later it is the report itself.
create table reports (
  id uuid primary key,                    -- computed from the three below
  collection_id uuid not null references report_collections (id),
  on_day date not null,
  unit_id uuid not null,
  level text collate "C" not null,        -- kind of the unit on the day the period opened
  above uuid[] not null,                  -- from who asks down to the unit itself, as the tree stood that day: a period stays in the tree of its day
  due_at timestamptz not null,
  state text collate "C" not null check (state in ('owed', 'submitted', 'returned', 'signed', 'excused')),
  version integer not null,
  sent integer not null default 0,        -- how many times it was submitted or corrected
  late boolean not null default false,    -- first submitted after the due hour
  numbers bigint[],                       -- thousandths, in the order of the form's number fields
  rest jsonb,                             -- options, tables, files: contract Sent
  words_id uuid,                          -- private text
  submitted_at timestamptz,
  submitted_by uuid,
  told_id uuid,                           -- who told it by telephone, where another entered it
  signed_at timestamptz,
  signed_by uuid,
  signed_told_id uuid,
  reason_id uuid,                         -- why it was returned, or the unit excused
  unique (collection_id, unit_id, on_day)
) with (fillfactor = 60);
create index reports_by_period on reports (collection_id, on_day);
create index reports_by_unit on reports (unit_id, due_at);
create table report_versions (
  report_id uuid not null references reports (id),
  n integer not null,
  at timestamptz not null,
  by uuid not null,
  told_id uuid,
  numbers bigint[] not null,
  rest jsonb not null,
  words_id uuid,
  reason_id uuid,                         -- of a correction
  primary key (report_id, n)
);
-- Beside the journal: what somebody has typed so far. It belongs to one version of the report and is nothing after that was submitted.
create table report_drafts (
  report_id uuid primary key,
  version integer not null,
  values jsonb not null,
  saved_at timestamptz not null,
  saved_by uuid not null
);
create index report_drafts_by_time on report_drafts (saved_at);
-- Folded by one follower: what each report added when it was last counted, and the totals of every unit above.
create table report_counted (
  report_id uuid primary key,
  state text collate "C" not null,
  late boolean not null,
  numbers bigint[]
) with (fillfactor = 60);
create table report_totals (
  collection_id uuid not null,
  unit_id uuid not null,
  level text collate "C" not null,        -- kind of those who report
  on_day date not null,
  parent_id uuid,                         -- the unit above, as the tree stood that day; null: who asks
  owes integer not null,
  reported integer not null,
  late integer not null,
  signed integer not null,
  returned integer not null,
  excused integer not null,
  sums bigint[] not null,                 -- thousandths
  counts integer[] not null,              -- how many gave that number
  version bigint not null,
  primary key (collection_id, unit_id, level, on_day)
) with (fillfactor = 70);
create index report_totals_by_parent on report_totals (collection_id, on_day, parent_id);

create view public_reports_places as select id as report_id, unit_id from reports;
create view public_reports_collections as select id as collection_id, unit_id from report_collections;
create view public_reports_forms as select id as form_id, unit_id from report_forms;
create view public_reports_due as select id as report_id, collection_id, on_day, unit_id, due_at, state from reports;

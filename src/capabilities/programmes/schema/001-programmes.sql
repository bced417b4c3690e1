-- Templates, programmes and events. Everything here is a cache of the journal.
create table templates (
  id uuid primary key,
  code text collate "C" not null unique,
  unit_id uuid not null,                   -- whose template it is
  name jsonb not null,                     -- of its newest version
  newest integer not null
);
create index templates_by_unit on templates (unit_id);
-- A version never changes: facts name it, and replays read it.
create table template_versions (
  id uuid primary key,
  template_id uuid not null references templates (id),
  version integer not null,
  hash text not null,
  body jsonb not null,                     -- contract/template.ts: TemplateBody
  imported_at timestamptz not null,
  imported_by uuid not null,
  unique (template_id, version)
);
-- The parts of a version that set-based projections join with.
create table template_items (
  template_version_id uuid not null references template_versions (id),
  item text collate "C" not null,
  n smallint not null,
  workstream text collate "C" not null,
  name jsonb not null,
  fold text collate "C" not null,          -- the name in its first language without accents, to search by
  milestone text collate "C",              -- null: a rule of its own
  evidence_kind text collate "C",
  evidence_days integer,                   -- how long the evidence holds
  target_unit text collate "C",
  target_count numeric(18, 3),             -- null: all of them
  target_kind text collate "C",            -- number, percent, all
  product jsonb,
  priority text collate "C" not null,
  due_rule text not null,                  -- milestone:surveyed, day:-30, working:-3, on:2026-05-22, child:appraised
  primary key (template_version_id, item)
);
create table template_requirements (
  template_version_id uuid not null references template_versions (id),
  requirement text collate "C" not null,
  n smallint not null,
  by_milestone text collate "C" not null,
  name jsonb not null,
  holds jsonb,
  warn_days integer not null,
  "check" jsonb not null,
  check_kind text collate "C" not null,
  primary key (template_version_id, requirement)
);

create table programmes (
  id uuid primary key,
  code text collate "C" not null unique,
  name jsonb not null,
  unit_id uuid not null,                   -- its owner: events are held in this unit's subtree
  template_version_id uuid not null references template_versions (id),
  zone text not null,
  country text not null,
  gate text not null check (gate in ('open', 'pilot', 'released')),
  rules jsonb not null,
  made_at timestamptz not null,            -- the time inside the ids of its events and tasks
  version integer not null
);
create index programmes_by_unit on programmes (unit_id);
create index programmes_by_template on programmes (template_version_id);
create table lessons (
  id uuid primary key,
  programme_id uuid not null references programmes (id),
  event_id uuid,
  text_id uuid not null,                   -- private text
  recorded_at timestamptz not null,
  recorded_by uuid not null
);
create index lessons_by_programme on lessons (programme_id, recorded_at);

-- One event of one unit. Its natural key is (programme, unit): the id is made from both.
create table events (
  id uuid primary key,
  programme_id uuid not null references programmes (id),
  template_version_id uuid not null references template_versions (id),
  unit_id uuid not null,
  level text collate "C" not null,         -- kind of the host when the event was made
  class text collate "C" not null,
  phase text collate "C" not null check (phase in ('planned', 'preparing', 'ready', 'live', 'closed', 'postponed', 'cancelled')),
  pilot boolean not null,
  day_on date,                             -- null: postponed without a new day
  opens_at timestamptz,
  zone text not null,
  milestones jsonb not null,               -- {code: instant}
  requirements jsonb not null,             -- {code: the instant from which it counts}
  reason_id uuid,                          -- private text: why postponed or cancelled
  version integer not null,
  changed_at timestamptz not null,
  unique (programme_id, unit_id)
);
create index events_by_unit on events (unit_id);
create index events_by_version on events (template_version_id);
create index events_by_day on events (day_on, id);
-- The run sheet of an event, where it differs from its template's agenda: parts of its own, and parts of the agenda (whose ids are made from event and code) that
-- were changed or taken out. What is not here follows the template and the event's day.
create table activities (
  id uuid primary key,
  event_id uuid not null references events (id),
  name jsonb not null,
  site text,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  gone boolean not null,
  version integer not null
);
create index activities_by_event on activities (event_id, starts_at);

create view public_programmes_events as
  select id as event_id, programme_id, template_version_id, unit_id, level, class, phase, pilot, day_on, opens_at, zone, milestones, requirements, version from events;
create view public_programmes_programmes as
  select id as programme_id, code, name, unit_id, template_version_id, zone, country, gate, made_at from programmes;
create view public_programmes_templates as
  select v.id as template_version_id, v.template_id, t.unit_id, t.code, v.version, v.body, v.body -> 'requirements' as requirements, v.body -> 'milestones' as milestones
  from template_versions v join templates t on t.id = v.template_id;
create view public_programmes_items as
  select template_version_id, item, n, workstream, name, fold, milestone, evidence_kind, evidence_days, target_unit, target_count, target_kind,
    case target_kind when 'percent' then 'percent' when 'number' then 'number' when 'all' then 'number' end as target_as, product, priority, due_rule, due_rule as due
  from template_items;
create view public_programmes_requirements as select * from template_requirements;
create view public_programmes_milestones as
  select v.id as template_version_id, m.value ->> 'code' as milestone, m.ordinality::int as n, m.value -> 'name' as name
  from template_versions v, jsonb_array_elements(v.body -> 'milestones') with ordinality m;
create view public_programmes_workstreams as
  select v.id as template_version_id, w.value ->> 'code' as workstream, w.ordinality::int as n, w.value -> 'name' as name
  from template_versions v, jsonb_array_elements(v.body -> 'workstreams') with ordinality w;
create view public_programmes_classes as
  select v.id as template_version_id, c.value ->> 'code' as class, c.ordinality::int as n, c.value -> 'name' as name
  from template_versions v, jsonb_array_elements(v.body -> 'classes') with ordinality c;

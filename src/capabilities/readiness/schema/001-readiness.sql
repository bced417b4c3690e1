-- Waivers and conclusions come from facts. Everything else here is folded by the follower from what capabilities publish: a cache of a cache.
create table waivers (
  event_id uuid not null,
  requirement text collate "C" not null,
  given_by uuid not null,
  given_at timestamptz not null,
  until_at timestamptz not null,
  reason_id uuid not null,                -- private text
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (event_id, requirement)     -- the last one given; those before stand in the journal
);
create table conclusions (
  event_id uuid primary key,
  verdict text not null check (verdict in ('go', 'no_go')),
  concluded_by uuid not null,
  concluded_at timestamptz not null,
  note_id uuid,                           -- private text
  states jsonb not null                   -- requirement → state, as seen then
);

-- One row an event: thirteen requirements in one map, so a cascade of 53,000 events writes 53,000 rows and not 689,000. The sentence why is worked out when read.
create table event_checks (
  event_id uuid primary key,
  programme_id uuid not null,
  unit_id uuid not null,
  level text collate "C" not null,        -- kind of the host unit
  day_on date,
  states jsonb not null,                  -- requirement → state
  rank smallint not null,                 -- the event's own state by its place in STATES: 0 is unmet
  next_change_at timestamptz,             -- when the clock alone may change a state
  version integer not null,
  changed_at timestamptz not null
) with (fillfactor = 80);
create index event_checks_by_unit on event_checks (unit_id);
create index event_checks_red_first on event_checks (rank, coalesce(day_on, 'infinity'), event_id);
create index event_checks_by_clock on event_checks (next_change_at) where next_change_at is not null;

-- Events whose records changed and that wait for their turn: a cascade is re-checked in slices, so that a report passes between.
create table check_queue (
  event_id uuid primary key
);

-- Figures of a unit with all below it. day_on: the civil day of the last change.
create table check_totals (
  unit_id uuid not null,
  programme_id uuid not null,
  level text collate "C" not null,
  events_unmet integer not null, events_at_risk integer not null, events_not_assessed integer not null, events_waived integer not null, events_not_due integer not null, events_met integer not null,
  checks_unmet integer not null, checks_at_risk integer not null, checks_not_assessed integer not null, checks_waived integer not null, checks_not_due integer not null, checks_met integer not null,
  day_on date not null,
  version bigint not null,
  primary key (unit_id, programme_id, level)
) with (fillfactor = 70);
-- What the figures were at the end of a day after which they changed: with the row above, every past day's board.
create table check_days (
  unit_id uuid not null,
  programme_id uuid not null,
  level text collate "C" not null,
  events_unmet integer not null, events_at_risk integer not null, events_not_assessed integer not null, events_waived integer not null, events_not_due integer not null, events_met integer not null,
  checks_unmet integer not null, checks_at_risk integer not null, checks_not_assessed integer not null, checks_waived integer not null, checks_not_due integer not null, checks_met integer not null,
  day_on date not null,
  version bigint not null,
  primary key (unit_id, programme_id, level, day_on)
);
-- Each requirement over the events of a unit and below, for the two highest levels; of a unit further down the events are counted when asked.
create table requirement_totals (
  unit_id uuid not null,
  programme_id uuid not null,
  requirement text collate "C" not null,
  unmet integer not null, at_risk integer not null, not_assessed integer not null, waived integer not null, not_due integer not null, met integer not null,
  primary key (unit_id, programme_id, requirement)
) with (fillfactor = 70);

create view public_readiness_checks as
  select c.event_id, c.programme_id, c.unit_id, c.level, s.key as requirement, s.value as state, c.changed_at
  from event_checks c cross join lateral jsonb_each_text(c.states) s;
create view public_readiness_events as
  select event_id, programme_id, unit_id, level, day_on, (array['unmet', 'at_risk', 'not_assessed', 'waived', 'not_due', 'met'])[rank + 1] as state, version, changed_at from event_checks;

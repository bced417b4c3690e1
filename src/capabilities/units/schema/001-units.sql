-- The tree of units, today's and that of every day before. All of it follows from the facts of the stream `tree`.
create table unit_lists (
  scheme text collate "C" primary key,    -- a list of units with codes of its own: admin, force
  last_on date not null                   -- the day of its last change; nothing earlier is taken any more
);
create table tree_versions (
  version integer primary key,            -- 1, 2, 3 …: one for each order that changed the tree
  on_day date not null,
  scheme text collate "C",
  made_at timestamptz not null
);
-- Every unit there ever was, as it is now or was at its end.
create table units (
  id uuid primary key,
  scheme text collate "C" not null,
  code text collate "C" not null,         -- may be reused by another unit after this one ended
  kind text collate "C" not null,         -- in the words of its list
  name text not null,                     -- NFC, one space, one apostrophe
  name_original text,                     -- as the list wrote it, where that differs
  name_en text,
  fold text collate "C" not null,         -- the name without accents, to search and sort by
  number integer not null unique,         -- its place in paths; never used again
  step text collate "C" not null,         -- the number in base 36 with a dot
  path text collate "C" not null,         -- steps from the root down to itself; below p: path >= p and path < left(p, -1) || '/'
  parent_id uuid references units (id),
  valid_from date not null,
  valid_until date,                       -- the first day it was no more
  lat double precision,
  lon double precision,
  version integer not null,
  touched jsonb not null default '{}',    -- {field: version in which it last changed}
  tree integer not null                   -- version of the tree that last touched it
);
create unique index units_by_code on units (scheme, code) where valid_until is null;
create index units_by_any_code on units (code);
create index units_by_parent on units (parent_id);
create unique index units_by_path on units (path);
create index units_by_tree on units (tree);
-- What a unit was called and where it stood, day by day. Spans of a unit never overlap.
create table unit_spans (
  unit_id uuid not null references units (id),
  from_on date not null,
  until_on date,
  code text collate "C" not null,
  name text not null,
  name_original text,
  name_en text,
  fold text collate "C" not null,
  kind text collate "C" not null,
  parent_id uuid references units (id),
  primary key (unit_id, from_on),
  check (until_on > from_on)
);
create index unit_spans_by_parent on unit_spans (parent_id, from_on);
-- Paths day by day: they also change when something above moves. Computed from spans.
create table unit_paths (
  unit_id uuid not null references units (id),
  from_on date not null,
  until_on date,
  path text collate "C" not null,
  primary key (unit_id, from_on)
);
create index unit_paths_by_path on unit_paths (path);
-- Which unit went over into which. A unit may go on into itself: the code stayed, the extent grew.
create table unit_successors (
  from_id uuid not null references units (id),
  to_id uuid not null references units (id),
  succeeded_on date not null,
  part text not null check (part in ('full', 'partial')),
  primary key (from_id, to_id, succeeded_on)
);
create index unit_successors_by_to on unit_successors (to_id);
-- Ties beside the parent. Rights and roll-ups never follow them; views may.
create table unit_links (
  id uuid primary key,
  kind text not null check (kind in ('professional', 'works_in', 'neighbour')),
  from_id uuid not null references units (id),
  to_id uuid not null references units (id),
  from_on date not null,
  until_on date,
  check (from_id <> to_id)
);
create unique index unit_links_standing on unit_links (from_id, to_id, kind) where until_on is null;
create index unit_links_by_from on unit_links (from_id);
create index unit_links_by_to on unit_links (to_id);

create view access_units as select id as unit_id, path from units;
create view public_units_tree as
  select id as unit_id, scheme, code, name, name_en, kind, parent_id, path, number, fold, valid_from, valid_until, tree from units;
create view public_units_spans as
  select s.unit_id, u.scheme, s.code, s.name, s.name_en, s.kind, s.parent_id, p.path, s.fold,
    greatest(s.from_on, p.from_on) as from_on, least(s.until_on, p.until_on) as until_on
  from unit_spans s join units u on u.id = s.unit_id
  join unit_paths p on p.unit_id = s.unit_id and p.from_on < coalesce(s.until_on, 'infinity') and coalesce(p.until_on, 'infinity') > s.from_on;
create view public_units_successors as select from_id as from_unit_id, to_id as to_unit_id, part, succeeded_on from unit_successors;
-- A neighbour is one from both sides.
create view public_units_links as
  select from_id as unit_id, to_id as other_unit_id, kind, from_on, until_on from unit_links
  union all
  select to_id, from_id, kind, from_on, until_on from unit_links where kind = 'neighbour';

-- What concerns whom, folded by a follower from the facts of all capabilities. An item goes to a unit (whoever holds a role at that very unit) or to a person.
create table inbox_items (
  id uuid primary key,
  unit_id uuid,
  person_id uuid,
  kind text collate "C" not null,
  about_kind text collate "C" not null,
  about_id text collate "C" not null,
  code text collate "C" not null,         -- names the sentence
  params jsonb not null,
  count integer not null,                 -- how many things it stands for
  due_at timestamptz,
  by_id uuid not null,
  at timestamptz not null,                -- the latest of them: what comes after a mark is new again
  check ((unit_id is null) <> (person_id is null))
);
create index inbox_items_by_unit on inbox_items (unit_id, at desc, id desc) where unit_id is not null;
create index inbox_items_by_person on inbox_items (person_id, at desc, id desc) where person_id is not null;
-- What each person did with an item. Not the journal's.
create table inbox_marks (
  person_id uuid not null,
  item_id uuid not null,
  mark text collate "C" not null check (mark in ('read', 'done')),
  marked_at timestamptz not null,
  primary key (person_id, item_id)
);
create index inbox_marks_by_item on inbox_marks (item_id);
-- A cache of the journal: who watches what.
create table watches (
  person_id uuid not null,
  about_kind text collate "C" not null,
  about_id text collate "C" not null,
  since timestamptz not null,
  primary key (person_id, about_kind, about_id)
);
create index watches_by_about on watches (about_kind, about_id);

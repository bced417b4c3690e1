-- Bodies whole, as their last fact says. Members name units, and may name accounts by id; nothing else of a person is here.
create table bodies (
  id uuid primary key,
  unit_id uuid not null,                  -- the standing office: its readers read the body
  parent_id uuid references bodies (id),
  kind text not null check (kind in ('steering', 'subcommittee', 'helpers', 'inspection', 'appraisal')),
  name text not null,
  fold text collate "C" not null,         -- the name as it is searched
  legal_basis text,
  mandate text,
  from_on date,
  until_on date,
  ended_on date,
  members jsonb not null,                 -- [{unitId, personId, role}]
  version integer not null
);
create index bodies_by_unit on bodies (unit_id);
create index bodies_by_parent on bodies (parent_id) where parent_id is not null;
create index bodies_by_name on bodies (fold, id);
create view public_bodies_bodies as select id as body_id, unit_id, kind, name, members, ended_on from bodies;

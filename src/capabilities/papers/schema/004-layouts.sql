-- Layouts that an office made from a shipped one; each paper holds a copy of what it was drawn with.
create table paper_layouts (
  id uuid primary key,
  unit_id uuid not null,                  -- whose it is; units below may use it
  name text not null,
  base text collate "C" not null,         -- the shipped profile that it changes
  layout jsonb not null,
  version integer not null
);
create index paper_layouts_by_unit on paper_layouts (unit_id);
create view public_papers_layouts as select id as layout_id, unit_id from paper_layouts;

-- Views of the board that a person keeps: theirs alone, no part of the record.
create table views_saved (
  id uuid primary key,
  person_id uuid not null,
  name text not null,
  search jsonb not null,                  -- what stands after the ? of the address
  kept_at timestamptz not null,
  unique (person_id, name)
);

-- Boundary files in use. The outlines themselves lie with the files; here stands which file, and what its codes mean.
create table boundaries (
  id uuid primary key,
  file_id uuid not null,                  -- what is drawn, made from the file below
  source_id uuid not null,                -- as uploaded
  property text not null,
  scheme text collate "C" not null,
  shapes integer not null,
  matched integer not null,
  added_by uuid not null,
  added_at timestamptz not null,
  removed_at timestamptz
);

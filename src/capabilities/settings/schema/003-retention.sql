-- How many years an administrator chose for a class of retention; a class without a row keeps the program's own.
create table retention_periods (
  class text collate "C" primary key,
  years integer not null check (years > 0),
  changed_by uuid not null,
  changed_at timestamptz not null
);

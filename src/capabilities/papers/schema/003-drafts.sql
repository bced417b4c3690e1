-- Papers that are being written, and letters to many units while they are made: no part of the record, so the journal does not hold them.
create table paper_drafts (
  id uuid primary key,
  unit_id uuid not null,                  -- who may issue for it may go on writing
  person_id uuid not null,                -- who began it
  kind text collate "C" not null,
  subject text not null,
  form text not null,                     -- as it was typed
  version integer not null,               -- of the draft alone: who saves says which one they changed
  saved_by uuid not null,
  saved_at timestamptz not null,
  until timestamptz not null              -- then it is deleted
);
create index paper_drafts_by_unit on paper_drafts (unit_id, saved_at desc, id desc);
create index paper_drafts_until on paper_drafts (until);
create table paper_runs (
  id uuid primary key,
  unit_id uuid not null,
  person_id uuid not null,
  letter text not null,                   -- with its fields, before they are filled in
  asked jsonb not null,                   -- units, whether the annex of overdue tasks comes with it, filing
  made_at timestamptz not null,
  until timestamptz not null
);
create index paper_runs_until on paper_runs (until);
-- Papers that were issued together, one to each unit.
alter table papers add column run_id uuid;
create index papers_of_run on papers (run_id, number) where run_id is not null;
-- What waits for a unit to acknowledge it.
create index paper_recipients_waiting on paper_recipients (unit_id) where acknowledged_at is null;
-- A year of the register, newest first, without walking the years after it.
create index papers_by_year on papers (year, recorded_at desc, id desc);

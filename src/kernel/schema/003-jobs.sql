-- How far a job has come, and what became of each of its rows. The queue itself is graphile-worker's, in the schema sansang_jobs.
create table job_progress (
  id uuid primary key,
  name text not null,
  asked_by uuid not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  done integer not null default 0,
  total integer,
  results jsonb not null default '[]',     -- [{id, ok, code?, message?}], the same shape as a bulk order's answer
  problem text,                            -- a code, never the text of an error
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz
);
create index job_progress_by_asker on job_progress (asked_by, created_at desc);
create index job_progress_by_end on job_progress (ended_at) where ended_at is not null;

-- Who may know what is graded, who holds which copy, what was printed. Nothing of what a graded record says stands here.
create table custodies (
  record_id uuid primary key,
  kind text not null check (kind in ('paper', 'plan', 'collection')),
  grade text not null check (grade in ('none', 'confidential', 'secret', 'top_secret')),   -- none: lifted
  here boolean not null,                  -- its content lies on this server; else only its number stands in the register
  version integer not null,
  basis text,                             -- number of the paper on which the last grade rests
  reason_id uuid,                         -- private text: why it was changed
  graded_at timestamptz not null,
  graded_by uuid not null
);
-- Readers are accounts of staff, or the office of a unit (those with a role at that very unit); each with an end.
create table custody_readers (
  id uuid primary key,
  record_id uuid not null references custodies (record_id),
  person_id uuid,
  unit_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  way text not null check (way in ('author', 'recipient', 'order')),  -- by writing it, by being sent it, or by an order
  why_id uuid,                            -- private text: what they need it for
  named_at timestamptz not null,
  named_by uuid not null,
  ended_at timestamptz,                   -- before its time, by an order
  check ((person_id is null) <> (unit_id is null))
);
create index custody_readers_by_record on custody_readers (record_id);
create index custody_readers_by_person on custody_readers (person_id) where person_id is not null;
create index custody_readers_by_unit on custody_readers (unit_id) where unit_id is not null;
-- Numbered copies on paper: given to an account or an office, then returned or destroyed; a number is never given twice.
create table custody_copies (
  record_id uuid not null references custodies (record_id),
  n integer not null,
  person_id uuid,
  unit_id uuid,
  given_at timestamptz not null,
  given_by uuid not null,
  returned_at timestamptz,
  returned_by uuid,
  destroyed_at timestamptz,
  destroyed_by uuid,
  destroyed_paper text,                   -- number of the record of destruction
  primary key (record_id, n),
  check ((person_id is null) <> (unit_id is null)),
  check ((destroyed_at is null) = (destroyed_paper is null))
);
create table custody_prints (
  id uuid primary key,
  record_id uuid not null references custodies (record_id),
  n integer not null,                     -- the how many-th order to print it
  copies integer not null,
  person_id uuid not null,
  why_id uuid not null,
  ordered_at timestamptz not null,
  unique (record_id, n)
);
-- Beside the journal: who read what, the first time in each ten minutes.
create table custody_reads (
  record_id uuid not null,
  subject text collate "C" not null,      -- paper:<id>, plan:<id>, report:<id>, file:<id>…
  person_id uuid not null,
  how text not null check (how in ('read', 'file', 'print')),
  slot bigint not null,                   -- which ten minutes
  read_at timestamptz not null,
  purpose text not null,
  retention text not null check (retention in ('custody_read')),
  until timestamptz not null,
  primary key (record_id, subject, person_id, how, slot)
);
create index custody_reads_by_time on custody_reads (record_id, read_at desc);
create index custody_reads_by_person on custody_reads (person_id, read_at);
create index custody_reads_until on custody_reads (until);
-- Papers that stood in the register by their number alone before there was custody.
insert into custodies (record_id, kind, grade, here, version, graded_at, graded_by) select id, 'paper', grade, false, 1, recorded_at, recorded_by from papers where grade <> 'none';

create view public_custodies_records as
  select paper_id as record_id, 'paper' as kind, unit_id from public_papers_places union all select plan_id, 'plan', unit_id from public_plans_plans union all select collection_id, 'collection', unit_id from public_reports_collections;
create view public_custodies_places as select c.record_id, r.unit_id from custodies c join public_custodies_records r on r.record_id = c.record_id and r.kind = c.kind;
create view public_custodies_grades as select record_id, grade, here, version from custodies;
-- What the rights ask. A report has the grade of its request, and is read by who reads that, and by the office that owes it.
-- `kind`: so that a list of papers or plans leaves the reports, which are many, aside.
create view access_graded as
  select record_id, kind, grade from custodies where here and grade <> 'none'
  union all
  select r.report_id, 'report', c.grade from custodies c join public_reports_due r on r.collection_id = c.record_id where c.here and c.grade <> 'none';
create view access_readers as
  select n.record_id, n.person_id, n.unit_id, n.starts_at, least(n.ends_at, n.ended_at) as ends_at from custody_readers n join custodies c on c.record_id = n.record_id and c.here and c.grade <> 'none'
  union all
  select r.report_id, n.person_id, n.unit_id, n.starts_at, least(n.ends_at, n.ended_at) from custody_readers n join custodies c on c.record_id = n.record_id and c.here and c.grade <> 'none' join public_reports_due r on r.collection_id = c.record_id
  union all
  select r.report_id, null, r.unit_id, '-infinity', 'infinity' from custodies c join public_reports_due r on r.collection_id = c.record_id where c.here and c.grade <> 'none';

-- Sessions of bodies, as their last facts say. What was said is private text: here stands its id.
create table meetings (
  id uuid primary key,
  body_id uuid not null,
  unit_id uuid not null,                  -- the standing office of the body: whose readers may read it
  number integer not null,                -- within the body, without gap
  title text not null,
  starts_at timestamptz not null,
  zone text not null,
  place text,
  link text,
  phase text not null check (phase in ('planned', 'held', 'signed', 'cancelled')),
  agenda jsonb not null,                  -- contract: AgendaItem[]
  attendance jsonb not null,              -- contract: Attendance[]
  signed_at timestamptz,
  signed_by uuid,
  told_id uuid,                           -- who signed, where somebody entered it for them
  reason_id uuid,                         -- why it was cancelled
  version integer not null,
  unique (body_id, number)
);
create index meetings_by_unit on meetings (unit_id);
create index meetings_by_time on meetings (starts_at desc, id desc);
create table meeting_points (
  id uuid primary key,
  meeting_id uuid not null references meetings (id),
  n integer not null,
  agenda_id uuid,
  text_id uuid not null
);
create index meeting_points_by_meeting on meeting_points (meeting_id, n);
create table meeting_conclusions (
  id uuid primary key,
  meeting_id uuid not null references meetings (id),
  n integer not null,
  text text not null,
  unit_id uuid not null,
  task_id uuid not null
);
create index meeting_conclusions_by_meeting on meeting_conclusions (meeting_id, n);
create index meeting_conclusions_by_task on meeting_conclusions (task_id);
create view public_meetings_meetings as select id as meeting_id, body_id, unit_id, number, title, starts_at, zone, phase from meetings;

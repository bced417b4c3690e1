-- Proposals and the decisions on them, as their last facts say. What they say is private text: here stands its id.
create table proposals (
  id uuid primary key,
  unit_id uuid not null,                  -- who proposes
  to_unit_id uuid not null,               -- who decides; of a body its standing office
  to_body_id uuid,
  subject text not null,
  fold text collate "C" not null,
  due_on date,
  plan_id uuid,
  content_id uuid not null,
  files uuid[] not null,
  phase text collate "C" not null check (phase in ('sent', 'decided', 'returned', 'withdrawn')),
  sent_at timestamptz not null,
  sent_by uuid not null,
  sent_told_id uuid,
  verdict text,
  option_id uuid,
  text_id uuid,
  decided_at timestamptz,
  decided_by uuid,
  told_id uuid,                           -- who decided, where somebody entered it for them
  how text,
  decided_files uuid[] not null default '{}',
  reason_id uuid,                         -- why it was withdrawn
  ended_at timestamptz,
  ended_by uuid,
  version integer not null
);
create index proposals_by_unit on proposals (unit_id, sent_at desc, id desc);
create index proposals_by_addressee on proposals (to_unit_id, sent_at desc, id desc);
create index proposals_by_time on proposals (sent_at desc, id desc);
create table proposal_tasks (
  proposal_id uuid not null references proposals (id),
  n integer not null,
  task_id uuid not null,
  title text not null,
  unit_id uuid not null,
  primary key (proposal_id, n)
);
create view public_proposals_proposals as select id as proposal_id, unit_id, to_unit_id, phase from proposals;

-- A conclusion is never undone, only withdrawn with a reason; the next conclusion takes its place.
alter table conclusions add column withdrawn_at timestamptz, add column withdrawn_by uuid, add column withdrawn_reason_id uuid;

-- A conclusion that no longer holds: when and by whom it was withdrawn, and why. It stays, struck.
alter table meeting_conclusions add column withdrawn_at timestamptz;
alter table meeting_conclusions add column withdrawn_by uuid;
alter table meeting_conclusions add column told_id uuid;      -- who withdrew it, where somebody entered it for them
alter table meeting_conclusions add column withdrawn_id uuid; -- the reason, a private text

-- A signature that was withdrawn: when, and why. The session is held again until it is signed anew.
alter table meetings add column reopened_at timestamptz;
alter table meetings add column reopened_id uuid;
-- Whose readers read a session: those of its body.
create view public_meetings_readers as select m.id as meeting_id, r.unit_id from meetings m join public_bodies_readers r on r.body_id = m.body_id;

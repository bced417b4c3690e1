-- A leader who does not sign in waives too: who entered it for whom, and the scan of the signed page.
alter table waivers add column told_id uuid, add column files uuid[] not null default '{}';

-- A leader who does not sign in: who entered the conclusion for whom, and the scan of the signed page.
alter table conclusions add column told_id uuid, add column files uuid[] not null default '{}';

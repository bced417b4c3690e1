-- A body issues through its standing office: in that unit's register, under numbers of its own.
alter table papers add column body_id uuid;
drop index papers_numbers;
create unique index papers_numbers on papers (unit_id, coalesce(body_id, unit_id), year, kind, number) where way = 'issued';
create index papers_of_body on papers (body_id, recorded_at desc) where body_id is not null;

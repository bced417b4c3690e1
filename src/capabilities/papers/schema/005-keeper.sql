-- Who keeps a paper's register now: the unit itself, or the one that took over when it closed. Numbers stay those of the unit that gave them.
alter table papers add column keeper_id uuid;
update papers set keeper_id = unit_id;
alter table papers alter column keeper_id set not null;
create index papers_by_keeper on papers (keeper_id, recorded_at desc, id desc);
create or replace view public_papers_places as select id as paper_id, keeper_id as unit_id from papers;

-- A paper may be carried out by tasks; links may be added later, so a paper's links are counted on.
alter table paper_links add column task_id uuid;
alter table paper_links drop constraint paper_links_relation_check, add constraint paper_links_relation_check check (relation in ('basis', 'replaces', 'with', 'carried_out'));
create index paper_links_task on paper_links (task_id) where task_id is not null;

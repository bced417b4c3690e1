-- A paper says what it was made from: a plan, a report, what a period adds up to, a body, a session.
alter table paper_links add column about_kind text collate "C", add column about_id uuid;
alter table paper_links drop constraint paper_links_relation_check, add constraint paper_links_relation_check check (relation in ('basis', 'replaces', 'with', 'carried_out', 'from'));
create index paper_links_about on paper_links (about_id) where about_id is not null;

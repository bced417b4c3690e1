-- Graded papers stand in the register by their number alone: no subject, no scan, no links. What is graded may not lie on this server.
alter table papers add column grade text not null default 'none' check (grade in ('none', 'confidential', 'secret', 'top_secret')),
  add constraint papers_graded_by_number check (grade = 'none' or (subject = '' and content_id is null));

-- A draft of a graded paper is seen by who began it and who saved it last, and by nobody else who may issue there.
alter table paper_drafts add column grade text not null default 'none' check (grade in ('none', 'confidential', 'secret', 'top_secret'));

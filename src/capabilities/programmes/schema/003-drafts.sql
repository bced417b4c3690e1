-- What somebody is changing in a template before it is a version. One a template; `body` is null between two drafts, the version goes on.
create table template_drafts (
  template_id uuid primary key references templates (id),
  version integer not null,
  based_on integer not null,               -- the version that the draft began from
  body text,                               -- a file as JSON, faulty or not
  saved_at timestamptz not null,
  saved_by uuid not null
);

-- A view may be shared with those whose own unit is the same.
alter table views_saved add column shared boolean not null default false;

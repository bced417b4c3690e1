-- Which list brought an account or a role, so that it can be taken back as one.
alter table people add column import_id uuid;
alter table grants add column import_id uuid;
create index people_by_import on people (import_id) where import_id is not null;
create index grants_by_import on grants (import_id) where import_id is not null;

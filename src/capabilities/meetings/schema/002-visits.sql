-- A visit of a delegation is a meeting too: it hears reports at a place and ends with conclusions.
alter table meetings add column kind text not null default 'session' check (kind in ('session', 'visit'));

-- What a body is found by: its name, what it rests on and what it is for, folded once. Bodies are thousands at most, so they are read through.
alter table bodies add column words text not null generated always as (folded(name || ' ' || coalesce(legal_basis, '') || ' ' || coalesce(mandate, ''))) stored;

-- Bodies go in the order of a Vietnamese dictionary, by the same key as units.
alter table bodies add column place text collate "C" not null generated always as (sort_key(name)) stored;
drop index bodies_by_name;
create index bodies_by_place on bodies (place, id);

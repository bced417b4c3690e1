-- What directives say is searched by words, beside their number and title: folded when it is written, not at each search.
alter table directives add column words text not null generated always as (fold || ' ' || folded(coalesce(body, '') || ' ' || coalesce(basis, ''))) stored;
create index directives_by_words on directives using gin (to_tsvector('pg_catalog.simple', words));

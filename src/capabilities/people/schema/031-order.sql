-- A roll of people goes by the given name, which a Vietnamese name ends with, then by the rest: Nguyễn Văn An, Trần Thị An, Lê Bình.
alter table contacts add column place text collate "C" generated always as (sort_key(regexp_replace(name, '^(.*\S)\s+(\S+)\s*$', '\2 \1'))) stored;

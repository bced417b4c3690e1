-- Addresses by which a person's calendar program reads what is due: secret, revocable, reading only. Beside the journal, as tokens are, and gone with the person.
create table calendar_feeds (
  id uuid primary key,
  token_hash bytea not null unique,       -- SHA-256 of 256 random bits; the address is shown once
  person_id uuid not null,
  name text not null,
  below boolean not null,                 -- with the events of the units below
  lang text not null check (lang in ('vi', 'en')),
  made_at timestamptz not null,
  used_at timestamptz,                    -- moved at most once an hour
  until timestamptz not null              -- put off by each use; after it the address is dead
);
create index calendar_feeds_by_person on calendar_feeds (person_id, made_at);

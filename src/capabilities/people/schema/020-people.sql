-- From the journal: ids, units, roles and dates. No name and no contact stands here.
create table people (
  id uuid primary key,
  unit_id uuid,                           -- whose level above looks after the account; null: only whoever holds the whole forest
  added_at timestamptz not null,
  left_at timestamptz,
  erased_at timestamptz,
  version integer not null
);
create index people_by_unit on people (unit_id);
create table grants (
  id uuid primary key,
  person_id uuid not null references people (id),
  role text collate "C" not null,
  unit_id uuid,                           -- null: the whole forest
  starts_at timestamptz not null,
  ends_at timestamptz,
  from_grant_id uuid references grants (id),  -- a delegation: in force only while this one is
  from_person_id uuid references people (id),
  given_at timestamptz not null,
  given_by uuid not null,
  check ((from_grant_id is null) = (from_person_id is null))
);
create index grants_by_person on grants (person_id);
create index grants_by_unit on grants (unit_id);
create index grants_by_from on grants (from_grant_id) where from_grant_id is not null;
create index grants_by_from_person on grants (from_person_id) where from_person_id is not null;

-- Beside the journal, erasable. Each row says why it is kept, by which class of retention, and until when.
create table contacts (
  person_id uuid primary key,
  account text collate "C",               -- what is typed to sign in; null once erased
  name text,                              -- null: not known yet (issued in bulk), or erased
  fold text collate "C",                  -- the name without accents, to search by
  title text,
  phone text,
  email text,
  purpose text not null,
  retention text not null check (retention in ('account')),
  until timestamptz not null              -- put off by each sign-in; after it, the retention job erases the person
);
create unique index contacts_by_account on contacts (account);
create index contacts_by_until on contacts (until) where account is not null;
create table passwords (
  person_id uuid primary key,
  hash text,                              -- argon2id with its parameters; null: none set yet
  alone boolean not null default false,   -- long enough without a second factor
  set_at timestamptz,
  slip_hash bytea,                        -- SHA-256 of a printed code of 120 random bits
  slip_until timestamptz,
  purpose text not null,
  retention text not null check (retention in ('account')),
  until timestamptz not null
);
create table second_factors (
  person_id uuid primary key,
  secret bytea not null,
  confirmed_at timestamptz,               -- null: started, not on
  last_step bigint not null default 0,    -- of the last code taken: an older or equal one is a replay
  purpose text not null,
  retention text not null check (retention in ('account')),
  until timestamptz not null
);
create table sessions (
  id uuid primary key,
  token_hash bytea not null,              -- SHA-256 of 256 random bits; the token itself is only in the browser
  person_id uuid not null,
  by text not null check (by in ('password', 'slip', 'link', 'demo')),
  second_factor boolean not null,
  must_set_password boolean not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,           -- moved at most once a minute
  idle_until timestamptz not null,
  ends_at timestamptz not null,
  place bytea,                            -- SHA-256 of the address: a place the account was signed in from
  address text,
  agent text,
  purpose text not null,
  retention text not null check (retention in ('session')),
  until timestamptz not null              -- when the row goes
);
create unique index sessions_by_token on sessions (token_hash);
create index sessions_by_person on sessions (person_id, ends_at);
create index sessions_by_until on sessions (until);
create table tokens (
  id uuid primary key,
  token_hash bytea not null,
  person_id uuid not null,
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  used_at timestamptz,                    -- moved at most once a minute
  ends_at timestamptz not null,
  purpose text not null,
  retention text not null check (retention in ('account')),
  until timestamptz not null
);
create unique index tokens_by_token on tokens (token_hash);
create index tokens_by_person on tokens (person_id);
create index tokens_by_until on tokens (until);
create table sign_in_links (
  id uuid primary key,
  token_hash bytea not null,
  person_id uuid not null,
  kind text not null check (kind in ('once', 'demo')),  -- demo: more than once, and only while the server runs the demonstration
  ends_at timestamptz not null,
  used_at timestamptz,
  purpose text not null,
  retention text not null check (retention in ('session')),
  until timestamptz not null
);
create unique index sign_in_links_by_token on sign_in_links (token_hash);
create index sign_in_links_by_person on sign_in_links (person_id);
create index sign_in_links_by_until on sign_in_links (until);
-- Counters of wrong attempts. The key is a hash: neither an account typed wrongly nor an address stands here.
create table sign_in_failures (
  key bytea primary key,
  failures integer not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null,
  purpose text not null,
  retention text not null check (retention in ('throttle')),
  until timestamptz not null
);
create index sign_in_failures_by_until on sign_in_failures (until);
-- Who read whose contacts. Shown to the person they are about.
create table access_log (
  id uuid primary key,
  person_id uuid not null,
  reader_id uuid not null,
  what text not null,
  read_at timestamptz not null,
  via text,
  purpose text not null,
  retention text not null check (retention in ('access_log')),
  until timestamptz not null
);
create index access_log_by_person on access_log (person_id, read_at);
create index access_log_by_reader on access_log (reader_id);
create index access_log_by_until on access_log (until);

-- Who holds which role where. A delegation has the dates that both it and its source allow. The whole forest is every root, and a row without unit.
create view access_grants as
  select g.person_id, g.role, g.unit_id, greatest(g.starts_at, f.starts_at) as starts_at, least(g.ends_at, f.ends_at) as ends_at
  from grants g left join grants f on f.id = g.from_grant_id
  union all
  select g.person_id, g.role, t.unit_id, greatest(g.starts_at, f.starts_at), least(g.ends_at, f.ends_at)
  from grants g left join grants f on f.id = g.from_grant_id join public_units_tree t on t.parent_id is null
  where g.unit_id is null;
create view public_people_names as
  select p.id as person_id, c.name, p.unit_id from people p left join contacts c on c.person_id = p.id;

-- Settings of the whole installation: one row once something was changed.
create table settings (
  one boolean primary key default true check (one),
  lang text not null default 'vi' check (lang in ('vi', 'en')),
  issuer text,                            -- of the identity provider; null: none connected
  client_id text,
  scopes text,
  match text check (match in ('email', 'account')),
  claim text,
  provider_name text,
  version integer not null,
  check ((issuer is null) = (client_id is null))
);
create table backups (
  id uuid primary key,
  name text not null,                     -- of its folder
  bytes bigint not null,
  files integer not null,
  lines bigint not null,                  -- of the journal
  sha256 text not null,                   -- of its manifest
  made_by uuid not null,
  made_at timestamptz not null
);
create index backups_by_time on backups (made_at desc, id desc);
create table verifications (
  position bigint primary key,            -- of its fact
  lines bigint not null,
  streams integer not null,
  broken integer not null,
  first text,                             -- the stream of the first break
  made_by uuid not null,
  made_at timestamptz not null
);
-- Beside the journal: secrets of the installation, encrypted with a key outside the database.
create table sealed_secrets (
  name text collate "C" primary key,
  about text not null,                    -- what it belongs to: a changed issuer does not get the secret of the one before
  key_id text collate "C" not null,
  bytes bytea not null
);

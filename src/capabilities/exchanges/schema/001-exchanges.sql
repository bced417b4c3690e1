-- Keys of other installations: whose packages are taken in, and for which unit and what is below it each may speak.
create table exchange_keys (
  id uuid primary key,
  installation_id uuid not null,
  public_key text collate "C" not null unique,  -- 32 bytes, base64
  fingerprint text collate "C" not null,
  name text not null,
  unit_id uuid not null,
  since date not null,
  until date,
  registered_at timestamptz not null,
  registered_by uuid not null,
  revoked_at timestamptz,                 -- from then on nothing signed by it is taken in, whenever it was made
  revoked_by uuid,
  reason_id uuid                          -- private text
);
create table exchange_packages (
  id uuid primary key,                    -- received: from the manifest's hash and the unit, so the same file twice is one
  direction text not null check (direction in ('made', 'received')),
  unit_id uuid not null,                  -- made: whose subtree; received: for whom it is taken in
  key_id uuid references exchange_keys (id),
  installation_id uuid,                   -- received: who made it
  hash text collate "C",                  -- SHA-256 of the manifest; null, as what follows it: still being made
  of_name text,                           -- received: the sender's unit as it calls it
  made_at timestamptz,
  at timestamptz not null,
  by_id uuid not null,
  choices text[] not null,
  programme text,
  from_on date,
  until_on date,
  purpose_id uuid,                        -- private text
  files boolean not null,                 -- with attached files
  counts jsonb,                           -- contract: Counts
  file_id uuid,
  size bigint,
  taken jsonb,                            -- the last time that it was taken in: taken, here, refused
  taken_at timestamptz
);
create index exchange_packages_by_time on exchange_packages (at desc, id desc);
create index exchange_packages_by_unit on exchange_packages (unit_id);
create index exchange_packages_by_key on exchange_packages (key_id);
-- Every record that came with a package: whose it is, and what it is called here. The same record is known again by its home and its id there.
create table exchange_records (
  home_id uuid not null,
  kind text collate "C" not null,
  record_id uuid not null,
  local_id uuid not null,
  unit_id uuid not null,
  hash text collate "C" not null,         -- of its content as it was last taken in
  changed_at timestamptz not null,        -- when it was last changed at home: an older package changes nothing back
  package_id uuid not null references exchange_packages (id),
  from_name text not null,
  taken_at timestamptz not null,
  primary key (home_id, kind, record_id)
);
create index exchange_records_by_local on exchange_records (local_id);
create index exchange_records_by_package on exchange_records (package_id);
-- Plans in force of others, as they came. Their text is private text.
create table exchange_documents (
  id uuid primary key,
  unit_id uuid not null,                  -- who took it in: its readers of plans read it
  of_unit_id uuid not null,               -- whose plan it is
  kind text not null check (kind in ('plan', 'scheme')),
  lang text not null,
  title text not null,
  fold text collate "C" not null,
  n integer not null,
  number text,
  in_force_from date not null,
  content_id uuid not null,
  files uuid[] not null,
  received_at timestamptz not null
);
create index exchange_documents_by_time on exchange_documents (received_at desc, id desc);
create index exchange_documents_by_unit on exchange_documents (unit_id);
create view public_exchanges_documents as select id as document_id, unit_id from exchange_documents;
create view public_exchanges_packages as select id as package_id, unit_id from exchange_packages;
create view public_exchanges_keys as select id as key_id, unit_id from exchange_keys;

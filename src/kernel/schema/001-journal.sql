-- The append-only record. A line is never changed: triggers refuse it, and the chain of hashes would show it.
create sequence journal_positions;
create table journal (
  position bigint primary key,            -- order of replay over all streams; gaps are allowed
  stream text collate "C" not null,       -- one hash chain each: event:<id>, unit:<id>, tree
  seq integer not null,                   -- 1, 2, 3 … without gap in its stream
  subject text collate "C" not null,      -- the one thing that the fact is about: task:<id>; else the stream
  type text collate "C" not null,         -- task.reported.v1; a line is never rewritten, a new shape is a new version
  order_id uuid not null,
  order_kind text collate "C" not null,
  origin uuid not null,                   -- the installation that recorded it
  claimed_at timestamptz,                 -- when the sender says it happened
  recorded_at timestamptz not null,
  actor_id uuid not null,
  on_behalf_of uuid,
  told uuid,                              -- private text: who told it by telephone or on paper, when another entered it
  told_how text collate "C",
  via text collate "C",                   -- session, token or command
  cause text collate "C",                 -- the hash of the fact that a follower answered to
  body text not null,                     -- the fact as JSON, byte for byte as hashed
  prev_hash bytea not null,
  hash bytea not null,
  xid xid8 not null default pg_current_xact_id(),  -- outside the hash: lets followers read without skipping; reset on restore
  unique (stream, seq)
);
create index journal_by_xid on journal (xid, position);
create index journal_by_subject on journal (subject, position);
create index journal_by_actor on journal (actor_id, position);
create table journal_heads (
  stream text collate "C" primary key,
  seq integer not null,
  hash bytea not null
) with (fillfactor = 70);
-- Each order once: the same id, actor and body gets the stored answer again.
create table journal_orders (
  order_id uuid primary key,
  kind text collate "C" not null,
  actor_id uuid not null,
  body_hash bytea not null,
  answer text not null,
  recorded_at timestamptz not null
);
-- Once a day: a hash over all heads, to be kept off the machine. A line cut off the end of a stream shows against it.
create table journal_anchors (
  day_on date primary key,
  position bigint not null,
  streams integer not null,
  heads text not null,                    -- JSON [[stream, seq, hash]…] of the streams that moved since the anchor before
  hash bytea not null,
  made_at timestamptz not null
);
create function journal_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only';
end $$;
create trigger journal_keeps_lines before update or delete on journal for each row execute function journal_is_append_only();
create trigger journal_keeps_all before truncate on journal for each statement execute function journal_is_append_only();

-- What is not the journal's: kept by a rebuild, carried by a backup.
create table installation (
  id uuid primary key,
  made_at timestamptz not null
);
create table private_texts (
  id uuid primary key,
  subject text collate "C" not null,
  purpose text not null,
  retention text not null,
  until timestamptz not null,
  salt bytea not null,
  text text,                              -- null: erased
  erased_at timestamptz
);
create index private_texts_by_subject on private_texts (subject);
create index private_texts_by_until on private_texts (until) where text is not null;
create table follower_cursors (
  name text primary key,
  xid xid8 not null default '0',
  position bigint not null default 0
);

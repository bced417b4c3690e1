-- Addresses of the operator's own programs that are told of facts. The secret that signs stands among the sealed secrets.
create table webhooks (
  id uuid primary key,
  address text not null,
  types text[] not null,                  -- of facts
  from_position bigint not null,          -- what came before it was added is not told
  added_by uuid not null,
  added_at timestamptz not null,
  paused_at timestamptz,
  paused_why text check (paused_why in ('failing', 'gone', 'asked')),
  removed_at timestamptz,
  version integer not null
);
-- Beside the journal: what was told or is to be told. Ids and types only; forgotten after 30 days.
create table webhook_deliveries (
  id uuid primary key,                    -- webhook-id: the same at every attempt
  webhook_id uuid not null,
  type text not null,
  position bigint,                        -- of the journal's line; null: a test
  stream text,
  subject text,
  order_id text,
  at timestamptz not null,                -- when it happened
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'held')),
  attempts integer not null default 0,
  status integer,                         -- what the receiver answered last
  problem text,                           -- a word, where it did not answer
  tried_at timestamptz
);
create index webhook_deliveries_by_hook on webhook_deliveries (webhook_id, at desc, id desc);
create index webhook_deliveries_by_time on webhook_deliveries (at);
-- Beside the journal: failures in a row.
create table webhook_health (
  webhook_id uuid primary key,
  failures integer not null,
  since timestamptz not null
);

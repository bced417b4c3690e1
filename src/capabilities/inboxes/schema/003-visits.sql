-- When a person last opened the first screen: what came since is shown there. Theirs alone, no fact, gone with them.
create table inbox_visits (
  person_id uuid primary key,
  seen_at timestamptz not null,           -- the last look
  before_at timestamptz                   -- the look before this sitting: what is new counts from here; null: there was none
);

-- The register of papers issued and received. Numbers come from a counter that the projection moves: a number is never worked out from the rows.
create table letterheads (
  unit_id uuid primary key,
  head jsonb not null,
  version integer not null
);
create table papers (
  id uuid primary key,
  unit_id uuid not null,                  -- whose register
  way text not null check (way in ('issued', 'received')),
  kind text collate "C" not null,
  year integer not null,                  -- of the paper's day; of a received one, of its arrival
  number integer not null,                -- of its kind and year; of a received one, of arrivals in the year
  written text not null,                  -- number and symbol as they stand on the paper
  subject text not null,
  fold text collate "C" not null,         -- what is searched
  lang text not null,
  day_on date not null,
  received_on date,
  issuer text not null,
  filing text,                            -- where the paper original lies
  content_id uuid,                        -- the words, a private text; null for one that came in
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  reason_id uuid,
  check ((way = 'received') = (received_on is not null))
);
create unique index papers_numbers on papers (unit_id, year, kind, number) where way = 'issued';
create unique index papers_arrivals on papers (unit_id, year, number) where way = 'received';
create index papers_by_unit on papers (unit_id, recorded_at desc, id desc);
create index papers_newest on papers (recorded_at desc, id desc);
create index papers_words on papers using gin (to_tsvector('pg_catalog.simple', fold));
create table paper_counters (
  unit_id uuid not null,
  year integer not null,
  series text collate "C" not null,       -- the kind, or `received`
  last integer not null,
  last_on date not null,
  primary key (unit_id, year, series)
);
create table paper_recipients (
  paper_id uuid not null references papers (id),
  unit_id uuid not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  primary key (paper_id, unit_id)
);
create index paper_recipients_unit on paper_recipients (unit_id);
create table paper_links (
  paper_id uuid not null references papers (id),
  n integer not null,
  relation text not null check (relation in ('basis', 'replaces', 'with')),
  to_paper_id uuid,
  directive_id uuid,
  text text,
  primary key (paper_id, n)
);
create index paper_links_to on paper_links (to_paper_id) where to_paper_id is not null;
create index paper_links_directive on paper_links (directive_id) where directive_id is not null;
create view public_papers_places as select id as paper_id, unit_id from papers;

-- Generated from the migrations by `npx sansang schema`. Never edited: add a numbered file in a schema folder.

create sequence inbox_turns;

create sequence journal_positions;

create table access_log (
  id uuid not null,
  person_id uuid not null,
  reader_id uuid not null,
  what text not null,
  read_at timestamp with time zone not null,
  via text,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  constraint access_log_pkey PRIMARY KEY (id),
  constraint access_log_retention_check CHECK ((retention = 'access_log'::text))
);

create table activities (
  id uuid not null,
  event_id uuid not null,
  name jsonb not null,
  site text,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  gone boolean not null,
  version integer not null,
  constraint activities_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id),
  constraint activities_pkey PRIMARY KEY (id)
);

create table backups (
  id uuid not null,
  name text not null,
  bytes bigint not null,
  files integer not null,
  lines bigint not null,
  sha256 text not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint backups_pkey PRIMARY KEY (id)
);

create table basemaps (
  id uuid not null,
  file_id uuid not null,
  format text collate "C" not null,
  tiles text collate "C" not null,
  min_zoom integer not null,
  max_zoom integer not null,
  bounds double precision[] not null,
  credit text not null,
  added_by uuid not null,
  added_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint basemaps_bounds_check CHECK ((cardinality(bounds) = 4)),
  constraint basemaps_format_check CHECK ((format = ANY (ARRAY['pmtiles'::text, 'mbtiles'::text]))),
  constraint basemaps_pkey PRIMARY KEY (id),
  constraint basemaps_tiles_check CHECK ((tiles = ANY (ARRAY['vector'::text, 'raster'::text])))
);

create table bodies (
  id uuid not null,
  unit_id uuid not null,
  parent_id uuid,
  kind text not null,
  name text not null,
  fold text collate "C" not null,
  legal_basis text,
  mandate text,
  from_on date,
  until_on date,
  ended_on date,
  members jsonb not null,
  version integer not null,
  standing_items jsonb not null default '[]'::jsonb,
  place text collate "C" not null default sort_key(name),
  words text not null default folded(((((name || ' '::text) || COALESCE(legal_basis, ''::text)) || ' '::text) || COALESCE(mandate, ''::text))),
  constraint bodies_kind_check CHECK ((kind = ANY (ARRAY['steering'::text, 'subcommittee'::text, 'helpers'::text, 'inspection'::text, 'appraisal'::text]))),
  constraint bodies_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES bodies(id),
  constraint bodies_pkey PRIMARY KEY (id)
);

create table boundaries (
  id uuid not null,
  file_id uuid not null,
  source_id uuid not null,
  property text not null,
  scheme text collate "C" not null,
  shapes integer not null,
  matched integer not null,
  added_by uuid not null,
  added_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint boundaries_pkey PRIMARY KEY (id)
);

create table calendar_days (
  country text collate "C" not null,
  version integer not null,
  days jsonb not null,
  changed_by uuid not null,
  changed_at timestamp with time zone not null,
  constraint calendar_days_pkey PRIMARY KEY (country, version)
);

create table calendar_feeds (
  id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  name text not null,
  below boolean not null,
  lang text not null,
  made_at timestamp with time zone not null,
  used_at timestamp with time zone,
  until timestamp with time zone not null,
  constraint calendar_feeds_lang_check CHECK ((lang = ANY (ARRAY['vi'::text, 'en'::text]))),
  constraint calendar_feeds_pkey PRIMARY KEY (id),
  constraint calendar_feeds_token_hash_key UNIQUE (token_hash)
);

create table check_days (
  unit_id uuid not null,
  programme_id uuid not null,
  level text collate "C" not null,
  events_unmet integer not null,
  events_at_risk integer not null,
  events_not_assessed integer not null,
  events_waived integer not null,
  events_not_due integer not null,
  events_met integer not null,
  checks_unmet integer not null,
  checks_at_risk integer not null,
  checks_not_assessed integer not null,
  checks_waived integer not null,
  checks_not_due integer not null,
  checks_met integer not null,
  day_on date not null,
  version bigint not null,
  constraint check_days_pkey PRIMARY KEY (unit_id, programme_id, level, day_on)
);

create table check_queue (
  event_id uuid not null,
  constraint check_queue_pkey PRIMARY KEY (event_id)
);

create table check_totals (
  unit_id uuid not null,
  programme_id uuid not null,
  level text collate "C" not null,
  events_unmet integer not null,
  events_at_risk integer not null,
  events_not_assessed integer not null,
  events_waived integer not null,
  events_not_due integer not null,
  events_met integer not null,
  checks_unmet integer not null,
  checks_at_risk integer not null,
  checks_not_assessed integer not null,
  checks_waived integer not null,
  checks_not_due integer not null,
  checks_met integer not null,
  day_on date not null,
  version bigint not null,
  constraint check_totals_pkey PRIMARY KEY (unit_id, programme_id, level)
);

create table conclusions (
  event_id uuid not null,
  verdict text not null,
  concluded_by uuid not null,
  concluded_at timestamp with time zone not null,
  note_id uuid,
  states jsonb not null,
  told_id uuid,
  files uuid[] not null default '{}'::uuid[],
  withdrawn_at timestamp with time zone,
  withdrawn_by uuid,
  withdrawn_reason_id uuid,
  constraint conclusions_pkey PRIMARY KEY (event_id),
  constraint conclusions_verdict_check CHECK ((verdict = ANY (ARRAY['go'::text, 'no_go'::text])))
);

create table contacts (
  person_id uuid not null,
  account text collate "C",
  name text,
  fold text collate "C",
  title text,
  phone text,
  email text,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  lang text,
  mails text not null default 'all'::text,
  place text collate "C" default sort_key(regexp_replace(name, '^(.*\S)\s+(\S+)\s*$'::text, '\2 \1'::text)),
  constraint contacts_lang_check CHECK ((lang = ANY (ARRAY['vi'::text, 'en'::text]))),
  constraint contacts_mails_check CHECK ((mails = ANY (ARRAY['all'::text, 'daily'::text, 'off'::text]))),
  constraint contacts_pkey PRIMARY KEY (person_id),
  constraint contacts_retention_check CHECK ((retention = 'account'::text))
);

create table custodies (
  record_id uuid not null,
  kind text not null,
  grade text not null,
  here boolean not null,
  version integer not null,
  basis text,
  reason_id uuid,
  graded_at timestamp with time zone not null,
  graded_by uuid not null,
  constraint custodies_grade_check CHECK ((grade = ANY (ARRAY['none'::text, 'confidential'::text, 'secret'::text, 'top_secret'::text]))),
  constraint custodies_kind_check CHECK ((kind = ANY (ARRAY['paper'::text, 'plan'::text, 'collection'::text]))),
  constraint custodies_pkey PRIMARY KEY (record_id)
);

create table custody_copies (
  record_id uuid not null,
  n integer not null,
  person_id uuid,
  unit_id uuid,
  given_at timestamp with time zone not null,
  given_by uuid not null,
  returned_at timestamp with time zone,
  returned_by uuid,
  destroyed_at timestamp with time zone,
  destroyed_by uuid,
  destroyed_paper text,
  constraint custody_copies_check CHECK (((person_id IS NULL) <> (unit_id IS NULL))),
  constraint custody_copies_check1 CHECK (((destroyed_at IS NULL) = (destroyed_paper IS NULL))),
  constraint custody_copies_pkey PRIMARY KEY (record_id, n),
  constraint custody_copies_record_id_fkey FOREIGN KEY (record_id) REFERENCES custodies(record_id)
);

create table custody_files (
  file_id uuid not null,
  record_id uuid not null,
  grade text not null,
  constraint custody_files_grade_check CHECK ((grade = ANY (ARRAY['confidential'::text, 'secret'::text, 'top_secret'::text]))),
  constraint custody_files_pkey PRIMARY KEY (file_id)
);

create table custody_prints (
  id uuid not null,
  record_id uuid not null,
  n integer not null,
  copies integer not null,
  person_id uuid not null,
  why_id uuid not null,
  ordered_at timestamp with time zone not null,
  constraint custody_prints_pkey PRIMARY KEY (id),
  constraint custody_prints_record_id_fkey FOREIGN KEY (record_id) REFERENCES custodies(record_id),
  constraint custody_prints_record_id_n_key UNIQUE (record_id, n)
);

create table custody_readers (
  id uuid not null,
  record_id uuid not null,
  person_id uuid,
  unit_id uuid,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  way text not null,
  why_id uuid,
  named_at timestamp with time zone not null,
  named_by uuid not null,
  ended_at timestamp with time zone,
  constraint custody_readers_check CHECK (((person_id IS NULL) <> (unit_id IS NULL))),
  constraint custody_readers_pkey PRIMARY KEY (id),
  constraint custody_readers_record_id_fkey FOREIGN KEY (record_id) REFERENCES custodies(record_id),
  constraint custody_readers_way_check CHECK ((way = ANY (ARRAY['author'::text, 'recipient'::text, 'order'::text])))
);

create table custody_reads (
  record_id uuid not null,
  subject text collate "C" not null,
  person_id uuid not null,
  how text not null,
  slot bigint not null,
  read_at timestamp with time zone not null,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  constraint custody_reads_how_check CHECK ((how = ANY (ARRAY['read'::text, 'file'::text, 'print'::text]))),
  constraint custody_reads_pkey PRIMARY KEY (record_id, subject, person_id, how, slot),
  constraint custody_reads_retention_check CHECK ((retention = 'custody_read'::text))
);

create table directives (
  id uuid not null,
  issuer_unit_id uuid not null,
  programme_id uuid,
  number text,
  title text not null,
  lang text not null,
  fold text not null,
  body text,
  basis text,
  issued_on date not null,
  issued_at timestamp with time zone not null,
  issued_by uuid not null,
  body_id uuid,
  words text not null default ((fold || ' '::text) || folded(((COALESCE(body, ''::text) || ' '::text) || COALESCE(basis, ''::text)))),
  constraint directives_pkey PRIMARY KEY (id)
);

create table event_checks (
  event_id uuid not null,
  programme_id uuid not null,
  unit_id uuid not null,
  level text collate "C" not null,
  day_on date,
  states jsonb not null,
  rank smallint not null,
  next_change_at timestamp with time zone,
  version integer not null,
  changed_at timestamp with time zone not null,
  constraint event_checks_pkey PRIMARY KEY (event_id)
);

create table events (
  id uuid not null,
  programme_id uuid not null,
  template_version_id uuid not null,
  unit_id uuid not null,
  level text collate "C" not null,
  class text collate "C" not null,
  phase text collate "C" not null,
  pilot boolean not null,
  day_on date,
  opens_at timestamp with time zone,
  zone text not null,
  milestones jsonb not null,
  requirements jsonb not null,
  reason_id uuid,
  version integer not null,
  changed_at timestamp with time zone not null,
  constraint events_phase_check CHECK ((phase = ANY (ARRAY['planned'::text, 'preparing'::text, 'ready'::text, 'live'::text, 'closed'::text, 'postponed'::text, 'cancelled'::text]))),
  constraint events_pkey PRIMARY KEY (id),
  constraint events_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id),
  constraint events_template_version_id_fkey FOREIGN KEY (template_version_id) REFERENCES template_versions(id)
);

create table exchange_documents (
  id uuid not null,
  unit_id uuid not null,
  of_unit_id uuid not null,
  kind text not null,
  lang text not null,
  title text not null,
  fold text collate "C" not null,
  n integer not null,
  number text,
  in_force_from date not null,
  content_id uuid not null,
  files uuid[] not null,
  received_at timestamp with time zone not null,
  constraint exchange_documents_kind_check CHECK ((kind = ANY (ARRAY['plan'::text, 'scheme'::text]))),
  constraint exchange_documents_pkey PRIMARY KEY (id)
);

create table exchange_keys (
  id uuid not null,
  installation_id uuid not null,
  public_key text collate "C" not null,
  fingerprint text collate "C" not null,
  name text not null,
  unit_id uuid not null,
  since date not null,
  until date,
  registered_at timestamp with time zone not null,
  registered_by uuid not null,
  revoked_at timestamp with time zone,
  revoked_by uuid,
  reason_id uuid,
  constraint exchange_keys_pkey PRIMARY KEY (id),
  constraint exchange_keys_public_key_key UNIQUE (public_key)
);

create table exchange_packages (
  id uuid not null,
  direction text not null,
  unit_id uuid not null,
  key_id uuid,
  installation_id uuid,
  hash text collate "C",
  of_name text,
  made_at timestamp with time zone,
  at timestamp with time zone not null,
  by_id uuid not null,
  choices text[] not null,
  programme text,
  from_on date,
  until_on date,
  purpose_id uuid,
  files boolean not null,
  counts jsonb,
  file_id uuid,
  size bigint,
  taken jsonb,
  taken_at timestamp with time zone,
  constraint exchange_packages_direction_check CHECK ((direction = ANY (ARRAY['made'::text, 'received'::text]))),
  constraint exchange_packages_key_id_fkey FOREIGN KEY (key_id) REFERENCES exchange_keys(id),
  constraint exchange_packages_pkey PRIMARY KEY (id)
);

create table exchange_records (
  home_id uuid not null,
  kind text collate "C" not null,
  record_id uuid not null,
  local_id uuid not null,
  unit_id uuid not null,
  hash text collate "C" not null,
  changed_at timestamp with time zone not null,
  package_id uuid not null,
  from_name text not null,
  taken_at timestamp with time zone not null,
  constraint exchange_records_package_id_fkey FOREIGN KEY (package_id) REFERENCES exchange_packages(id),
  constraint exchange_records_pkey PRIMARY KEY (home_id, kind, record_id)
);

create table file_blobs (
  id uuid not null,
  sha256 bytea,
  name text,
  type text not null,
  size bigint not null,
  salt bytea,
  uploaded_by uuid not null,
  uploaded_at timestamp with time zone not null,
  holder text collate "C",
  held_at timestamp with time zone,
  erased_at timestamp with time zone,
  constraint file_blobs_pkey PRIMARY KEY (id),
  constraint file_blobs_size_check CHECK ((size >= 0))
);

create table follower_cursors (
  name text not null,
  xid xid8 not null default '0'::xid8,
  "position" bigint not null default 0,
  constraint follower_cursors_pkey PRIMARY KEY (name)
);

create table grants (
  id uuid not null,
  person_id uuid not null,
  role text collate "C" not null,
  unit_id uuid,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  from_grant_id uuid,
  from_person_id uuid,
  given_at timestamp with time zone not null,
  given_by uuid not null,
  import_id uuid,
  constraint grants_check CHECK (((from_grant_id IS NULL) = (from_person_id IS NULL))),
  constraint grants_from_grant_id_fkey FOREIGN KEY (from_grant_id) REFERENCES grants(id),
  constraint grants_from_person_id_fkey FOREIGN KEY (from_person_id) REFERENCES people(id),
  constraint grants_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint grants_pkey PRIMARY KEY (id)
);

create table import_previews (
  id uuid not null,
  kind text not null,
  actor_id uuid not null,
  made_at timestamp with time zone not null,
  until timestamp with time zone not null,
  body jsonb not null,
  constraint import_previews_pkey PRIMARY KEY (id)
);

create table inbox_items (
  id uuid not null,
  unit_id uuid,
  person_id uuid,
  kind text collate "C" not null,
  about_kind text collate "C" not null,
  about_id text collate "C" not null,
  code text collate "C" not null,
  params jsonb not null,
  count integer not null,
  due_at timestamp with time zone,
  by_id uuid not null,
  at timestamp with time zone not null,
  turn bigint not null default nextval('inbox_turns'::regclass),
  constraint inbox_items_check CHECK (((unit_id IS NULL) <> (person_id IS NULL))),
  constraint inbox_items_pkey PRIMARY KEY (id)
);

create table inbox_marks (
  person_id uuid not null,
  item_id uuid not null,
  mark text collate "C" not null,
  marked_at timestamp with time zone not null,
  constraint inbox_marks_mark_check CHECK ((mark = ANY (ARRAY['read'::text, 'done'::text]))),
  constraint inbox_marks_pkey PRIMARY KEY (person_id, item_id)
);

create table inbox_visits (
  person_id uuid not null,
  seen_at timestamp with time zone not null,
  before_at timestamp with time zone,
  constraint inbox_visits_pkey PRIMARY KEY (person_id)
);

create table installation (
  id uuid not null,
  made_at timestamp with time zone not null,
  constraint installation_pkey PRIMARY KEY (id)
);

create table job_progress (
  id uuid not null,
  name text not null,
  asked_by uuid not null,
  state text not null,
  done integer not null default 0,
  total integer,
  results jsonb not null default '[]'::jsonb,
  problem text,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint job_progress_pkey PRIMARY KEY (id),
  constraint job_progress_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text])))
);

create table journal (
  "position" bigint not null,
  stream text collate "C" not null,
  seq integer not null,
  subject text collate "C" not null,
  type text collate "C" not null,
  order_id uuid not null,
  order_kind text collate "C" not null,
  origin uuid not null,
  claimed_at timestamp with time zone,
  recorded_at timestamp with time zone not null,
  actor_id uuid not null,
  on_behalf_of uuid,
  told uuid,
  told_how text collate "C",
  via text collate "C",
  cause text collate "C",
  body text not null,
  prev_hash bytea not null,
  hash bytea not null,
  xid xid8 not null default pg_current_xact_id(),
  constraint journal_pkey PRIMARY KEY ("position"),
  constraint journal_stream_seq_key UNIQUE (stream, seq)
);

create table journal_anchors (
  day_on date not null,
  "position" bigint not null,
  streams integer not null,
  heads text not null,
  hash bytea not null,
  made_at timestamp with time zone not null,
  constraint journal_anchors_pkey PRIMARY KEY (day_on)
);

create table journal_heads (
  stream text collate "C" not null,
  seq integer not null,
  hash bytea not null,
  constraint journal_heads_pkey PRIMARY KEY (stream)
);

create table journal_mentions (
  id uuid not null,
  "position" bigint not null,
  of_parts boolean not null,
  constraint journal_mentions_pkey PRIMARY KEY (id, "position")
);

create table journal_orders (
  order_id uuid not null,
  kind text collate "C" not null,
  actor_id uuid not null,
  body_hash bytea not null,
  answer text not null,
  recorded_at timestamp with time zone not null,
  constraint journal_orders_pkey PRIMARY KEY (order_id)
);

create table lessons (
  id uuid not null,
  programme_id uuid not null,
  event_id uuid,
  text_id uuid not null,
  recorded_at timestamp with time zone not null,
  recorded_by uuid not null,
  constraint lessons_pkey PRIMARY KEY (id),
  constraint lessons_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id)
);

create table letterheads (
  unit_id uuid not null,
  head jsonb not null,
  version integer not null,
  constraint letterheads_pkey PRIMARY KEY (unit_id)
);

create table mail_marks (
  person_id uuid not null,
  turn bigint not null,
  digest_on date not null,
  constraint mail_marks_pkey PRIMARY KEY (person_id)
);

create table meeting_conclusions (
  id uuid not null,
  meeting_id uuid not null,
  n integer not null,
  text text not null,
  unit_id uuid not null,
  task_id uuid not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by uuid,
  told_id uuid,
  withdrawn_id uuid,
  constraint meeting_conclusions_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meetings(id),
  constraint meeting_conclusions_pkey PRIMARY KEY (id)
);

create table meeting_points (
  id uuid not null,
  meeting_id uuid not null,
  n integer not null,
  agenda_id uuid,
  text_id uuid not null,
  constraint meeting_points_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES meetings(id),
  constraint meeting_points_pkey PRIMARY KEY (id)
);

create table meetings (
  id uuid not null,
  body_id uuid not null,
  unit_id uuid not null,
  number integer not null,
  title text not null,
  starts_at timestamp with time zone not null,
  zone text not null,
  place text,
  link text,
  phase text not null,
  agenda jsonb not null,
  attendance jsonb not null,
  signed_at timestamp with time zone,
  signed_by uuid,
  told_id uuid,
  reason_id uuid,
  version integer not null,
  kind text not null default 'session'::text,
  reopened_at timestamp with time zone,
  reopened_id uuid,
  words text not null default folded(((title || ' '::text) || replace(((jsonb_path_query_array(agenda, '$[*]."title"'::jsonpath))::text || (jsonb_path_query_array(agenda, '$[*]."note"'::jsonpath))::text), '\n'::text, ' '::text))),
  signed_how text,
  signed_files uuid[],
  constraint meetings_body_id_number_key UNIQUE (body_id, number),
  constraint meetings_kind_check CHECK ((kind = ANY (ARRAY['session'::text, 'visit'::text]))),
  constraint meetings_phase_check CHECK ((phase = ANY (ARRAY['planned'::text, 'held'::text, 'signed'::text, 'cancelled'::text]))),
  constraint meetings_pkey PRIMARY KEY (id)
);

create table paper_counters (
  unit_id uuid not null,
  year integer not null,
  series text collate "C" not null,
  last integer not null,
  last_on date not null,
  constraint paper_counters_pkey PRIMARY KEY (unit_id, year, series)
);

create table paper_drafts (
  id uuid not null,
  unit_id uuid not null,
  person_id uuid not null,
  kind text collate "C" not null,
  subject text not null,
  form text not null,
  version integer not null,
  saved_by uuid not null,
  saved_at timestamp with time zone not null,
  until timestamp with time zone not null,
  grade text not null default 'none'::text,
  constraint paper_drafts_grade_check CHECK ((grade = ANY (ARRAY['none'::text, 'confidential'::text, 'secret'::text, 'top_secret'::text]))),
  constraint paper_drafts_pkey PRIMARY KEY (id)
);

create table paper_layouts (
  id uuid not null,
  unit_id uuid not null,
  name text not null,
  base text collate "C" not null,
  layout jsonb not null,
  version integer not null,
  constraint paper_layouts_pkey PRIMARY KEY (id)
);

create table paper_links (
  paper_id uuid not null,
  n integer not null,
  relation text not null,
  to_paper_id uuid,
  directive_id uuid,
  text text,
  task_id uuid,
  about_kind text collate "C",
  about_id uuid,
  constraint paper_links_paper_id_fkey FOREIGN KEY (paper_id) REFERENCES papers(id),
  constraint paper_links_pkey PRIMARY KEY (paper_id, n),
  constraint paper_links_relation_check CHECK ((relation = ANY (ARRAY['basis'::text, 'replaces'::text, 'with'::text, 'carried_out'::text, 'from'::text])))
);

create table paper_recipients (
  paper_id uuid not null,
  unit_id uuid not null,
  acknowledged_at timestamp with time zone,
  acknowledged_by uuid,
  reminded_at timestamp with time zone,
  constraint paper_recipients_paper_id_fkey FOREIGN KEY (paper_id) REFERENCES papers(id),
  constraint paper_recipients_pkey PRIMARY KEY (paper_id, unit_id)
);

create table paper_runs (
  id uuid not null,
  unit_id uuid not null,
  person_id uuid not null,
  letter text not null,
  asked jsonb not null,
  made_at timestamp with time zone not null,
  until timestamp with time zone not null,
  constraint paper_runs_pkey PRIMARY KEY (id)
);

create table papers (
  id uuid not null,
  unit_id uuid not null,
  way text not null,
  kind text collate "C" not null,
  year integer not null,
  number integer not null,
  written text not null,
  subject text not null,
  fold text collate "C" not null,
  lang text not null,
  day_on date not null,
  received_on date,
  issuer text not null,
  filing text,
  content_id uuid,
  recorded_by uuid not null,
  recorded_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by uuid,
  reason_id uuid,
  run_id uuid,
  keeper_id uuid not null,
  body_id uuid,
  grade text not null default 'none'::text,
  constraint papers_check CHECK (((way = 'received'::text) = (received_on IS NOT NULL))),
  constraint papers_grade_check CHECK ((grade = ANY (ARRAY['none'::text, 'confidential'::text, 'secret'::text, 'top_secret'::text]))),
  constraint papers_graded_by_number CHECK (((grade = 'none'::text) OR ((subject = ''::text) AND (content_id IS NULL)))),
  constraint papers_pkey PRIMARY KEY (id),
  constraint papers_way_check CHECK ((way = ANY (ARRAY['issued'::text, 'received'::text])))
);

create table passkeys (
  id uuid not null,
  person_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  synced boolean not null,
  name text not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  blocked_at timestamp with time zone,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  constraint passkeys_pkey PRIMARY KEY (id),
  constraint passkeys_retention_check CHECK ((retention = 'account'::text))
);

create table passwords (
  person_id uuid not null,
  hash text,
  alone boolean not null default false,
  set_at timestamp with time zone,
  slip_hash bytea,
  slip_until timestamp with time zone,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  constraint passwords_pkey PRIMARY KEY (person_id),
  constraint passwords_retention_check CHECK ((retention = 'account'::text))
);

create table people (
  id uuid not null,
  unit_id uuid,
  added_at timestamp with time zone not null,
  left_at timestamp with time zone,
  erased_at timestamp with time zone,
  version integer not null,
  import_id uuid,
  constraint people_pkey PRIMARY KEY (id)
);

create table plan_answers (
  plan_id uuid not null,
  n integer not null,
  unit_id uuid not null,
  place integer not null,
  verdict text not null,
  text_id uuid,
  answered_at timestamp with time zone not null,
  answered_by uuid not null,
  told_id uuid,
  files uuid[] not null,
  constraint plan_answers_pkey PRIMARY KEY (plan_id, n, unit_id, place),
  constraint plan_answers_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

create table plan_appraisals (
  plan_id uuid not null,
  n integer not null,
  body_id uuid,
  unit_id uuid not null,
  units uuid[] not null,
  due_on date,
  verdict text,
  text_id uuid,
  judged_at timestamp with time zone,
  judged_by uuid,
  told_id uuid,
  constraint plan_appraisals_pkey PRIMARY KEY (plan_id, n),
  constraint plan_appraisals_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

create table plan_attached (
  plan_id uuid not null,
  file_id uuid not null,
  n integer not null,
  constraint plan_attached_pkey PRIMARY KEY (plan_id, file_id),
  constraint plan_attached_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

create table plan_comments (
  id uuid not null,
  plan_id uuid not null,
  n integer not null,
  section_id uuid not null,
  quote_id uuid,
  text_id uuid not null,
  said_at timestamp with time zone not null,
  said_by uuid not null,
  told_id uuid,
  resolved boolean not null,
  constraint plan_comments_pkey PRIMARY KEY (id),
  constraint plan_comments_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

create table plan_consultations (
  plan_id uuid not null,
  n integer not null,
  unit_id uuid not null,
  due_on date not null,
  verdict text,
  text_id uuid,
  answered_at timestamp with time zone,
  answered_by uuid,
  told_id uuid,
  files uuid[] not null default '{}'::uuid[],
  constraint plan_consultations_pkey PRIMARY KEY (plan_id, n, unit_id),
  constraint plan_consultations_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

create table plan_detached (
  plan_id uuid not null,
  file_id uuid not null,
  n integer not null,
  reason_id uuid not null,
  at timestamp with time zone not null,
  by uuid not null,
  told_id uuid,
  constraint plan_detached_pkey PRIMARY KEY (plan_id, file_id),
  constraint plan_detached_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

create table plan_points (
  id uuid not null,
  plan_id uuid not null,
  n integer not null,
  place integer not null,
  section_id uuid,
  text_id uuid not null,
  raised_at timestamp with time zone not null,
  raised_by uuid not null,
  told_id uuid,
  how text,
  answer_id uuid,
  settled_at timestamp with time zone,
  constraint plan_points_pkey PRIMARY KEY (id),
  constraint plan_points_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

create table plan_readers (
  plan_id uuid not null,
  unit_id uuid not null,
  constraint plan_readers_pkey PRIMARY KEY (plan_id, unit_id),
  constraint plan_readers_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

create table plan_sections (
  plan_id uuid not null,
  n integer not null,
  id uuid not null,
  place integer not null,
  code text collate "C",
  title text not null,
  text_id uuid,
  tables text[] not null,
  units uuid[] not null,
  version integer not null,
  changed_at timestamp with time zone not null,
  changed_by uuid not null,
  constraint plan_sections_pkey PRIMARY KEY (plan_id, n, id),
  constraint plan_sections_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

create table plan_tasks (
  plan_id uuid not null,
  action_id uuid not null,
  n integer not null,
  task_id uuid not null,
  constraint plan_tasks_pkey PRIMARY KEY (plan_id, action_id),
  constraint plan_tasks_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

create table plan_versions (
  plan_id uuid not null,
  n integer not null,
  phase text collate "C" not null,
  header jsonb not null,
  begun_at timestamp with time zone not null,
  approved_at timestamp with time zone,
  approved_by uuid,
  told_id uuid,
  how text,
  number text,
  in_force_from date,
  files uuid[] not null default '{}'::uuid[],
  rests jsonb,
  tables_id uuid,
  approved_on date,
  constraint plan_versions_pkey PRIMARY KEY (plan_id, n),
  constraint plan_versions_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans(id)
);

create table plans (
  id uuid not null,
  unit_id uuid not null,
  kind text not null,
  matter text collate "C" not null,
  lang text not null,
  template text not null,
  title text not null,
  fold text collate "C" not null,
  head_id uuid,
  event_id uuid,
  phase text collate "C" not null,
  n integer not null,
  approved_n integer,
  head_version integer not null,
  version integer not null,
  replaced_by uuid,
  reason_id uuid,
  ended_at timestamp with time zone,
  ended_by uuid,
  ended_told_id uuid,
  changed_at timestamp with time zone not null,
  replaced_from date,
  withdrawn_on date,
  constraint plans_kind_check CHECK ((kind = ANY (ARRAY['plan'::text, 'scheme'::text]))),
  constraint plans_phase_check CHECK ((phase = ANY (ARRAY['drafting'::text, 'consulting'::text, 'appraising'::text, 'approved'::text, 'replaced'::text, 'withdrawn'::text]))),
  constraint plans_pkey PRIMARY KEY (id)
);

create table private_texts (
  id uuid not null,
  subject text collate "C" not null,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  salt bytea not null,
  text text,
  erased_at timestamp with time zone,
  constraint private_texts_pkey PRIMARY KEY (id)
);

create table programmes (
  id uuid not null,
  code text collate "C" not null,
  name jsonb not null,
  unit_id uuid not null,
  template_version_id uuid not null,
  zone text not null,
  country text not null,
  gate text not null,
  rules jsonb not null,
  made_at timestamp with time zone not null,
  version integer not null,
  constraint programmes_code_key UNIQUE (code),
  constraint programmes_gate_check CHECK ((gate = ANY (ARRAY['open'::text, 'pilot'::text, 'released'::text]))),
  constraint programmes_pkey PRIMARY KEY (id),
  constraint programmes_template_version_id_fkey FOREIGN KEY (template_version_id) REFERENCES template_versions(id)
);

create table proposal_tasks (
  proposal_id uuid not null,
  n integer not null,
  task_id uuid not null,
  title text not null,
  unit_id uuid not null,
  constraint proposal_tasks_pkey PRIMARY KEY (proposal_id, n),
  constraint proposal_tasks_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposals(id)
);

create table proposals (
  id uuid not null,
  unit_id uuid not null,
  to_unit_id uuid not null,
  to_body_id uuid,
  subject text not null,
  fold text collate "C" not null,
  due_on date,
  plan_id uuid,
  content_id uuid not null,
  files uuid[] not null,
  phase text collate "C" not null,
  sent_at timestamp with time zone not null,
  sent_by uuid not null,
  sent_told_id uuid,
  verdict text,
  option_id uuid,
  text_id uuid,
  decided_at timestamp with time zone,
  decided_by uuid,
  told_id uuid,
  how text,
  decided_files uuid[] not null default '{}'::uuid[],
  reason_id uuid,
  ended_at timestamp with time zone,
  ended_by uuid,
  version integer not null,
  decided_on date,
  constraint proposals_phase_check CHECK ((phase = ANY (ARRAY['sent'::text, 'decided'::text, 'returned'::text, 'withdrawn'::text]))),
  constraint proposals_pkey PRIMARY KEY (id)
);

create table provider_links (
  person_id uuid not null,
  issuer text collate "C" not null,
  subject_hash bytea not null,
  linked_at timestamp with time zone not null,
  used_at timestamp with time zone not null,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  constraint provider_links_pkey PRIMARY KEY (person_id, issuer),
  constraint provider_links_retention_check CHECK ((retention = 'account'::text))
);

create table report_collections (
  id uuid not null,
  unit_id uuid not null,
  form_version_id uuid not null,
  title text not null,
  schedule jsonb not null,
  owing jsonb not null,
  levels text[] collate "C" not null,
  zone text not null,
  from_on date not null,
  until_on date,
  next_on date,
  next_opens_at timestamp with time zone,
  ended_at timestamp with time zone,
  asked_at timestamp with time zone not null,
  asked_by uuid not null,
  version integer not null,
  constraint report_collections_form_version_id_fkey FOREIGN KEY (form_version_id) REFERENCES report_form_versions(id),
  constraint report_collections_pkey PRIMARY KEY (id)
);

create table report_counted (
  report_id uuid not null,
  state text collate "C" not null,
  late boolean not null,
  numbers bigint[],
  constraint report_counted_pkey PRIMARY KEY (report_id)
);

create table report_drafts (
  report_id uuid not null,
  version integer not null,
  "values" jsonb not null,
  saved_at timestamp with time zone not null,
  saved_by uuid not null,
  constraint report_drafts_pkey PRIMARY KEY (report_id)
);

create table report_form_versions (
  id uuid not null,
  form_id uuid not null,
  version integer not null,
  form jsonb not null,
  text text not null,
  published_at timestamp with time zone not null,
  published_by uuid not null,
  constraint report_form_versions_form_id_fkey FOREIGN KEY (form_id) REFERENCES report_forms(id),
  constraint report_form_versions_form_id_version_key UNIQUE (form_id, version),
  constraint report_form_versions_pkey PRIMARY KEY (id)
);

create table report_forms (
  id uuid not null,
  code text collate "C" not null,
  unit_id uuid not null,
  version integer not null,
  constraint report_forms_pkey PRIMARY KEY (id),
  constraint report_forms_unit_id_code_key UNIQUE (unit_id, code)
);

create table report_keepers (
  unit_id uuid not null,
  keeper_id uuid not null,
  constraint report_keepers_pkey PRIMARY KEY (unit_id)
);

create table report_periods (
  collection_id uuid not null,
  on_day date not null,
  opens_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  constraint report_periods_collection_id_fkey FOREIGN KEY (collection_id) REFERENCES report_collections(id),
  constraint report_periods_pkey PRIMARY KEY (collection_id, on_day)
);

create table report_totals (
  collection_id uuid not null,
  unit_id uuid not null,
  level text collate "C" not null,
  on_day date not null,
  parent_id uuid,
  owes integer not null,
  reported integer not null,
  late integer not null,
  signed integer not null,
  returned integer not null,
  excused integer not null,
  sums bigint[] not null,
  counts integer[] not null,
  version bigint not null,
  constraint report_totals_pkey PRIMARY KEY (collection_id, unit_id, level, on_day)
);

create table report_versions (
  report_id uuid not null,
  n integer not null,
  at timestamp with time zone not null,
  by uuid not null,
  told_id uuid,
  numbers bigint[] not null,
  rest jsonb not null,
  words_id uuid,
  reason_id uuid,
  told_how text,
  constraint report_versions_pkey PRIMARY KEY (report_id, n),
  constraint report_versions_report_id_fkey FOREIGN KEY (report_id) REFERENCES reports(id)
);

create table reports (
  id uuid not null,
  collection_id uuid not null,
  on_day date not null,
  unit_id uuid not null,
  level text collate "C" not null,
  above uuid[] not null,
  due_at timestamp with time zone not null,
  state text collate "C" not null,
  version integer not null,
  sent integer not null default 0,
  late boolean not null default false,
  numbers bigint[],
  rest jsonb,
  words_id uuid,
  submitted_at timestamp with time zone,
  submitted_by uuid,
  told_id uuid,
  signed_at timestamp with time zone,
  signed_by uuid,
  signed_told_id uuid,
  reason_id uuid,
  told_how text,
  signed_how text,
  signed_files uuid[],
  constraint reports_collection_id_fkey FOREIGN KEY (collection_id) REFERENCES report_collections(id),
  constraint reports_collection_id_unit_id_on_day_key UNIQUE (collection_id, unit_id, on_day),
  constraint reports_pkey PRIMARY KEY (id),
  constraint reports_state_check CHECK ((state = ANY (ARRAY['owed'::text, 'submitted'::text, 'returned'::text, 'signed'::text, 'excused'::text])))
);

create table requirement_totals (
  unit_id uuid not null,
  programme_id uuid not null,
  requirement text collate "C" not null,
  unmet integer not null,
  at_risk integer not null,
  not_assessed integer not null,
  waived integer not null,
  not_due integer not null,
  met integer not null,
  constraint requirement_totals_pkey PRIMARY KEY (unit_id, programme_id, requirement)
);

create table retention_periods (
  class text collate "C" not null,
  years integer not null,
  changed_by uuid not null,
  changed_at timestamp with time zone not null,
  constraint retention_periods_pkey PRIMARY KEY (class),
  constraint retention_periods_years_check CHECK ((years > 0))
);

create table sealed_secrets (
  name text collate "C" not null,
  about text not null,
  key_id text collate "C" not null,
  bytes bytea not null,
  constraint sealed_secrets_pkey PRIMARY KEY (name)
);

create table second_factors (
  person_id uuid not null,
  secret bytea not null,
  confirmed_at timestamp with time zone,
  last_step bigint not null default 0,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  key_id text collate "C",
  recovery_with text collate "C",
  recovery_hashes bytea[] not null default '{}'::bytea[],
  constraint second_factors_pkey PRIMARY KEY (person_id),
  constraint second_factors_retention_check CHECK ((retention = 'account'::text))
);

create table sessions (
  id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  by text not null,
  second_factor boolean not null,
  must_set_password boolean not null,
  started_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  idle_until timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  place bytea,
  address text,
  agent text,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  proved_at timestamp with time zone,
  constraint sessions_by_check CHECK ((by = ANY (ARRAY['password'::text, 'slip'::text, 'link'::text, 'demo'::text, 'passkey'::text, 'provider'::text]))),
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_retention_check CHECK ((retention = 'session'::text))
);

create table settings (
  one boolean not null default true,
  lang text not null default 'vi'::text,
  issuer text,
  client_id text,
  scopes text,
  match text,
  claim text,
  provider_name text,
  version integer not null,
  ceiling text not null default 'none'::text,
  mail_host text,
  mail_port integer,
  mail_tls text,
  mail_user text,
  mail_name text,
  mail_address text,
  constraint settings_ceiling_check CHECK ((ceiling = ANY (ARRAY['none'::text, 'confidential'::text, 'secret'::text, 'top_secret'::text]))),
  constraint settings_check CHECK (((issuer IS NULL) = (client_id IS NULL))),
  constraint settings_check1 CHECK (((mail_host IS NULL) = (mail_address IS NULL))),
  constraint settings_lang_check CHECK ((lang = ANY (ARRAY['vi'::text, 'en'::text]))),
  constraint settings_mail_port_check CHECK (((mail_port >= 1) AND (mail_port <= 65535))),
  constraint settings_mail_tls_check CHECK ((mail_tls = ANY (ARRAY['implicit'::text, 'starttls'::text, 'none'::text]))),
  constraint settings_match_check CHECK ((match = ANY (ARRAY['email'::text, 'account'::text]))),
  constraint settings_one_check CHECK (one),
  constraint settings_pkey PRIMARY KEY (one)
);

create table sign_in_challenges (
  key bytea not null,
  kind text not null,
  person_id uuid,
  subject_hash bytea,
  ends_at timestamp with time zone not null,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  constraint sign_in_challenges_kind_check CHECK ((kind = ANY (ARRAY['passkey'::text, 'new_passkey'::text, 'provider'::text, 'provider_code'::text]))),
  constraint sign_in_challenges_pkey PRIMARY KEY (key),
  constraint sign_in_challenges_retention_check CHECK ((retention = 'throttle'::text))
);

create table sign_in_failures (
  key bytea not null,
  failures integer not null,
  last_at timestamp with time zone not null,
  blocked_until timestamp with time zone not null,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  constraint sign_in_failures_pkey PRIMARY KEY (key),
  constraint sign_in_failures_retention_check CHECK ((retention = 'throttle'::text))
);

create table sign_in_links (
  id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  kind text not null,
  ends_at timestamp with time zone not null,
  used_at timestamp with time zone,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  constraint sign_in_links_kind_check CHECK ((kind = ANY (ARRAY['once'::text, 'demo'::text]))),
  constraint sign_in_links_pkey PRIMARY KEY (id),
  constraint sign_in_links_retention_check CHECK ((retention = 'session'::text))
);

create table task_ancestors (
  unit_id uuid not null,
  ancestor_id uuid not null,
  apart boolean not null,
  constraint task_ancestors_pkey PRIMARY KEY (unit_id, ancestor_id)
);

create table task_clock (
  one boolean not null default true,
  watermark timestamp with time zone not null,
  constraint task_clock_one_check CHECK (one),
  constraint task_clock_pkey PRIMARY KEY (one)
);

create table task_days (
  unit_id uuid not null,
  programme_id uuid not null,
  level text collate "C" not null,
  on_day date not null,
  total integer not null,
  reported integer not null,
  done integer not null,
  refused integer not null,
  overdue integer not null,
  constraint task_days_pkey PRIMARY KEY (unit_id, programme_id, level, on_day)
);

create table task_deltas (
  "position" bigint not null,
  unit_id uuid not null,
  programme_id uuid not null,
  level text collate "C" not null,
  workstream text collate "C" not null,
  zone text not null,
  was_state text collate "C",
  was_due_at timestamp with time zone,
  state text collate "C",
  due_at timestamp with time zone
);

create table task_extensions (
  id uuid not null,
  task_id uuid not null,
  asked_at timestamp with time zone,
  asked_by uuid,
  until timestamp with time zone not null,
  state text not null,
  reason_id uuid,
  answer_id uuid,
  answered_at timestamp with time zone,
  answered_by uuid,
  constraint task_extensions_pkey PRIMARY KEY (id),
  constraint task_extensions_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'granted'::text, 'declined'::text]))),
  constraint task_extensions_task_id_fkey FOREIGN KEY (task_id) REFERENCES tasks(id)
);

create table task_remarks (
  id uuid not null,
  task_id uuid not null,
  what text not null,
  text_id uuid,
  mentions uuid[] not null default '{}'::uuid[],
  said_at timestamp with time zone not null,
  said_by uuid not null,
  constraint task_remarks_pkey PRIMARY KEY (id),
  constraint task_remarks_task_id_fkey FOREIGN KEY (task_id) REFERENCES tasks(id),
  constraint task_remarks_what_check CHECK ((what = ANY (ARRAY['returned'::text, 'refused'::text, 'withdrawn'::text, 'verified'::text, 'comment'::text, 'reminded'::text])))
);

create table task_reports (
  id uuid not null,
  task_id uuid not null,
  done boolean not null,
  reached numeric(18,3),
  base numeric(18,3),
  note_id uuid,
  evidence_label text,
  evidence_on date,
  evidence_expires_at timestamp with time zone,
  files uuid[] not null default '{}'::uuid[],
  reported_at timestamp with time zone not null,
  reported_by uuid not null,
  on_behalf_of uuid,
  told_id uuid,
  constraint task_reports_pkey PRIMARY KEY (id)
);

create table task_supports (
  task_id uuid not null,
  unit_id uuid not null,
  constraint task_supports_pkey PRIMARY KEY (task_id, unit_id),
  constraint task_supports_task_id_fkey FOREIGN KEY (task_id) REFERENCES tasks(id)
);

create table task_totals (
  unit_id uuid not null,
  programme_id uuid not null,
  level text collate "C" not null,
  total integer not null,
  reported integer not null,
  done integer not null,
  refused integer not null,
  overdue integer not null,
  changed_on date not null,
  version bigint not null,
  streams json not null,
  months json not null,
  constraint task_totals_pkey PRIMARY KEY (unit_id, programme_id, level)
);

create table tasks (
  id uuid not null,
  event_id uuid,
  programme_id uuid,
  template_version_id uuid,
  item text collate "C",
  directive_id uuid,
  import_id uuid,
  root_unit_id uuid,
  lineage uuid[],
  title text,
  lang text,
  fold text,
  product text,
  workstream text collate "C" not null,
  level text collate "C" not null,
  issuer_unit_id uuid,
  unit_id uuid not null,
  due_at timestamp with time zone not null,
  due_rule text,
  zone text not null,
  priority text collate "C" not null,
  state text collate "C" not null,
  stage text collate "C" not null default 
CASE
    WHEN (state = ANY (ARRAY['assigned'::text, 'accepted'::text, 'under_way'::text, 'returned'::text])) THEN 'open'::text
    ELSE state
END,
  target_kind text collate "C",
  target_count numeric(18,3),
  target_unit text,
  reached numeric(18,3),
  base numeric(18,3),
  evidence_kind text collate "C",
  evidence_label text,
  evidence_at timestamp with time zone,
  evidence_expires_at timestamp with time zone,
  reported_at timestamp with time zone,
  reported_by uuid,
  extension_id uuid,
  extension_until timestamp with time zone,
  parts integer,
  parts_done integer,
  version integer not null default 1,
  changes jsonb,
  assigned_at timestamp with time zone not null,
  assigned_by uuid not null,
  changed_at timestamp with time zone not null,
  body_id uuid,
  branch text not null,
  constraint tasks_directive_id_fkey FOREIGN KEY (directive_id) REFERENCES directives(id),
  constraint tasks_pkey PRIMARY KEY (id)
);

create table template_drafts (
  template_id uuid not null,
  version integer not null,
  based_on integer not null,
  body text,
  saved_at timestamp with time zone not null,
  saved_by uuid not null,
  constraint template_drafts_pkey PRIMARY KEY (template_id),
  constraint template_drafts_template_id_fkey FOREIGN KEY (template_id) REFERENCES templates(id)
);

create table template_items (
  template_version_id uuid not null,
  item text collate "C" not null,
  n smallint not null,
  workstream text collate "C" not null,
  name jsonb not null,
  fold text collate "C" not null,
  milestone text collate "C",
  evidence_kind text collate "C",
  evidence_days integer,
  target_unit text collate "C",
  target_count numeric(18,3),
  target_kind text collate "C",
  product jsonb,
  priority text collate "C" not null,
  due_rule text not null,
  constraint template_items_pkey PRIMARY KEY (template_version_id, item),
  constraint template_items_template_version_id_fkey FOREIGN KEY (template_version_id) REFERENCES template_versions(id)
);

create table template_requirements (
  template_version_id uuid not null,
  requirement text collate "C" not null,
  n smallint not null,
  by_milestone text collate "C" not null,
  name jsonb not null,
  holds jsonb,
  warn_days integer not null,
  "check" jsonb not null,
  check_kind text collate "C" not null,
  constraint template_requirements_pkey PRIMARY KEY (template_version_id, requirement),
  constraint template_requirements_template_version_id_fkey FOREIGN KEY (template_version_id) REFERENCES template_versions(id)
);

create table template_versions (
  id uuid not null,
  template_id uuid not null,
  version integer not null,
  hash text not null,
  body jsonb not null,
  imported_at timestamp with time zone not null,
  imported_by uuid not null,
  constraint template_versions_pkey PRIMARY KEY (id),
  constraint template_versions_template_id_fkey FOREIGN KEY (template_id) REFERENCES templates(id),
  constraint template_versions_template_id_version_key UNIQUE (template_id, version)
);

create table templates (
  id uuid not null,
  code text collate "C" not null,
  unit_id uuid not null,
  name jsonb not null,
  newest integer not null,
  constraint templates_code_key UNIQUE (code),
  constraint templates_pkey PRIMARY KEY (id)
);

create table tokens (
  id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  name text not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  ends_at timestamp with time zone not null,
  purpose text not null,
  retention text not null,
  until timestamp with time zone not null,
  constraint tokens_pkey PRIMARY KEY (id),
  constraint tokens_retention_check CHECK ((retention = 'account'::text))
);

create table tree_versions (
  version integer not null,
  on_day date not null,
  scheme text collate "C",
  made_at timestamp with time zone not null,
  constraint tree_versions_pkey PRIMARY KEY (version)
);

create table unit_links (
  id uuid not null,
  kind text not null,
  from_id uuid not null,
  to_id uuid not null,
  from_on date not null,
  until_on date,
  constraint unit_links_check CHECK ((from_id <> to_id)),
  constraint unit_links_from_id_fkey FOREIGN KEY (from_id) REFERENCES units(id),
  constraint unit_links_kind_check CHECK ((kind = ANY (ARRAY['professional'::text, 'works_in'::text, 'neighbour'::text]))),
  constraint unit_links_pkey PRIMARY KEY (id),
  constraint unit_links_to_id_fkey FOREIGN KEY (to_id) REFERENCES units(id)
);

create table unit_lists (
  scheme text collate "C" not null,
  last_on date not null,
  constraint unit_lists_pkey PRIMARY KEY (scheme)
);

create table unit_paths (
  unit_id uuid not null,
  from_on date not null,
  until_on date,
  path text collate "C" not null,
  constraint unit_paths_pkey PRIMARY KEY (unit_id, from_on),
  constraint unit_paths_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES units(id)
);

create table unit_spans (
  unit_id uuid not null,
  from_on date not null,
  until_on date,
  code text collate "C" not null,
  name text not null,
  name_original text,
  name_en text,
  fold text collate "C" not null,
  kind text collate "C" not null,
  parent_id uuid,
  place text collate "C" not null,
  constraint unit_spans_check CHECK ((until_on > from_on)),
  constraint unit_spans_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES units(id),
  constraint unit_spans_pkey PRIMARY KEY (unit_id, from_on),
  constraint unit_spans_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES units(id)
);

create table unit_successors (
  from_id uuid not null,
  to_id uuid not null,
  succeeded_on date not null,
  part text not null,
  constraint unit_successors_from_id_fkey FOREIGN KEY (from_id) REFERENCES units(id),
  constraint unit_successors_part_check CHECK ((part = ANY (ARRAY['full'::text, 'partial'::text]))),
  constraint unit_successors_pkey PRIMARY KEY (from_id, to_id, succeeded_on),
  constraint unit_successors_to_id_fkey FOREIGN KEY (to_id) REFERENCES units(id)
);

create table units (
  id uuid not null,
  scheme text collate "C" not null,
  code text collate "C" not null,
  kind text collate "C" not null,
  name text not null,
  name_original text,
  name_en text,
  fold text collate "C" not null,
  number integer not null,
  step text collate "C" not null,
  path text collate "C" not null,
  parent_id uuid,
  valid_from date not null,
  valid_until date,
  lat double precision,
  lon double precision,
  version integer not null,
  touched jsonb not null default '{}'::jsonb,
  tree integer not null,
  place text collate "C" not null default sort_key(name),
  constraint units_number_key UNIQUE (number),
  constraint units_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES units(id),
  constraint units_pkey PRIMARY KEY (id)
);

create table verifications (
  "position" bigint not null,
  lines bigint not null,
  streams integer not null,
  broken integer not null,
  first text,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  constraint verifications_pkey PRIMARY KEY ("position")
);

create table views_saved (
  id uuid not null,
  person_id uuid not null,
  name text not null,
  search jsonb not null,
  kept_at timestamp with time zone not null,
  shared boolean not null default false,
  constraint views_saved_person_id_name_key UNIQUE (person_id, name),
  constraint views_saved_pkey PRIMARY KEY (id)
);

create table waivers (
  event_id uuid not null,
  requirement text collate "C" not null,
  given_by uuid not null,
  given_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  reason_id uuid not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by uuid,
  told_id uuid,
  files uuid[] not null default '{}'::uuid[],
  constraint waivers_pkey PRIMARY KEY (event_id, requirement)
);

create table watches (
  person_id uuid not null,
  about_kind text collate "C" not null,
  about_id text collate "C" not null,
  since timestamp with time zone not null,
  constraint watches_pkey PRIMARY KEY (person_id, about_kind, about_id)
);

create table webhook_deliveries (
  id uuid not null,
  webhook_id uuid not null,
  type text not null,
  "position" bigint,
  stream text,
  subject text,
  order_id text,
  at timestamp with time zone not null,
  state text not null default 'waiting'::text,
  attempts integer not null default 0,
  status integer,
  problem text,
  tried_at timestamp with time zone,
  constraint webhook_deliveries_pkey PRIMARY KEY (id),
  constraint webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'held'::text])))
);

create table webhook_health (
  webhook_id uuid not null,
  failures integer not null,
  since timestamp with time zone not null,
  constraint webhook_health_pkey PRIMARY KEY (webhook_id)
);

create table webhooks (
  id uuid not null,
  address text not null,
  types text[] not null,
  from_position bigint not null,
  added_by uuid not null,
  added_at timestamp with time zone not null,
  paused_at timestamp with time zone,
  paused_why text,
  removed_at timestamp with time zone,
  version integer not null,
  constraint webhooks_paused_why_check CHECK ((paused_why = ANY (ARRAY['failing'::text, 'gone'::text, 'asked'::text]))),
  constraint webhooks_pkey PRIMARY KEY (id)
);

CREATE INDEX access_log_by_person ON access_log USING btree (person_id, read_at);

CREATE INDEX access_log_by_reader ON access_log USING btree (reader_id);

CREATE INDEX access_log_by_until ON access_log USING btree (until);

CREATE INDEX activities_by_event ON activities USING btree (event_id, starts_at);

CREATE INDEX backups_by_time ON backups USING btree (made_at DESC, id DESC);

CREATE INDEX bodies_by_parent ON bodies USING btree (parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX bodies_by_place ON bodies USING btree (place, id);

CREATE INDEX bodies_by_unit ON bodies USING btree (unit_id);

CREATE INDEX calendar_feeds_by_person ON calendar_feeds USING btree (person_id, made_at);

CREATE UNIQUE INDEX contacts_by_account ON contacts USING btree (account);

CREATE INDEX contacts_by_mail ON contacts USING btree (lower(email)) WHERE (email IS NOT NULL);

CREATE INDEX contacts_by_until ON contacts USING btree (until) WHERE (account IS NOT NULL);

CREATE INDEX custody_files_by_record ON custody_files USING btree (record_id);

CREATE INDEX custody_readers_by_person ON custody_readers USING btree (person_id) WHERE (person_id IS NOT NULL);

CREATE INDEX custody_readers_by_record ON custody_readers USING btree (record_id);

CREATE INDEX custody_readers_by_unit ON custody_readers USING btree (unit_id) WHERE (unit_id IS NOT NULL);

CREATE INDEX custody_reads_by_person ON custody_reads USING btree (person_id, read_at);

CREATE INDEX custody_reads_by_time ON custody_reads USING btree (record_id, read_at DESC);

CREATE INDEX custody_reads_until ON custody_reads USING btree (until);

CREATE INDEX directives_by_issuer ON directives USING btree (issuer_unit_id, issued_at DESC);

CREATE INDEX directives_by_time ON directives USING btree (issued_at DESC, id);

CREATE INDEX directives_by_words ON directives USING gin (to_tsvector('simple'::regconfig, words));

CREATE INDEX event_checks_by_clock ON event_checks USING btree (next_change_at) WHERE (next_change_at IS NOT NULL);

CREATE INDEX event_checks_by_unit ON event_checks USING btree (unit_id);

CREATE INDEX event_checks_red_first ON event_checks USING btree (rank, COALESCE(day_on, 'infinity'::date), event_id);

CREATE INDEX events_by_day ON events USING btree (day_on, id);

CREATE INDEX events_by_programme ON events USING btree (programme_id, unit_id);

CREATE INDEX events_by_unit ON events USING btree (unit_id);

CREATE INDEX events_by_version ON events USING btree (template_version_id);

CREATE INDEX exchange_documents_by_time ON exchange_documents USING btree (received_at DESC, id DESC);

CREATE INDEX exchange_documents_by_unit ON exchange_documents USING btree (unit_id);

CREATE INDEX exchange_packages_by_key ON exchange_packages USING btree (key_id);

CREATE INDEX exchange_packages_by_time ON exchange_packages USING btree (at DESC, id DESC);

CREATE INDEX exchange_packages_by_unit ON exchange_packages USING btree (unit_id);

CREATE INDEX exchange_records_by_local ON exchange_records USING btree (local_id);

CREATE INDEX exchange_records_by_package ON exchange_records USING btree (package_id);

CREATE INDEX file_blobs_by_content ON file_blobs USING btree (sha256) WHERE (sha256 IS NOT NULL);

CREATE INDEX file_blobs_by_holder ON file_blobs USING btree (holder) WHERE (holder IS NOT NULL);

CREATE INDEX file_blobs_loose ON file_blobs USING btree (uploaded_by, uploaded_at) WHERE (holder IS NULL);

CREATE INDEX grants_by_from ON grants USING btree (from_grant_id) WHERE (from_grant_id IS NOT NULL);

CREATE INDEX grants_by_from_person ON grants USING btree (from_person_id) WHERE (from_person_id IS NOT NULL);

CREATE INDEX grants_by_import ON grants USING btree (import_id) WHERE (import_id IS NOT NULL);

CREATE INDEX grants_by_person ON grants USING btree (person_id);

CREATE INDEX grants_by_unit ON grants USING btree (unit_id);

CREATE INDEX import_previews_by_until ON import_previews USING btree (until);

CREATE INDEX inbox_items_by_person ON inbox_items USING btree (person_id, at DESC, id DESC) WHERE (person_id IS NOT NULL);

CREATE INDEX inbox_items_by_unit ON inbox_items USING btree (unit_id, at DESC, id DESC) WHERE (unit_id IS NOT NULL);

CREATE INDEX inbox_items_to_mail ON inbox_items USING btree (at) WHERE (kind = ANY (ARRAY['reminder'::text, 'returned'::text, 'answer'::text, 'mention'::text, 'alert'::text]));

CREATE INDEX inbox_marks_by_item ON inbox_marks USING btree (item_id);

CREATE INDEX job_progress_by_asker ON job_progress USING btree (asked_by, created_at DESC);

CREATE INDEX job_progress_by_end ON job_progress USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX journal_by_actor ON journal USING btree (actor_id, "position");

CREATE INDEX journal_by_subject ON journal USING btree (subject, "position");

CREATE INDEX journal_by_xid ON journal USING btree (xid, "position");

CREATE INDEX lessons_by_programme ON lessons USING btree (programme_id, recorded_at);

CREATE INDEX meeting_conclusions_by_meeting ON meeting_conclusions USING btree (meeting_id, n);

CREATE INDEX meeting_conclusions_by_task ON meeting_conclusions USING btree (task_id);

CREATE INDEX meeting_points_by_meeting ON meeting_points USING btree (meeting_id, n);

CREATE INDEX meetings_by_agenda ON meetings USING gin (agenda jsonb_path_ops);

CREATE INDEX meetings_by_time ON meetings USING btree (starts_at DESC, id DESC);

CREATE INDEX meetings_by_unit ON meetings USING btree (unit_id);

CREATE INDEX paper_drafts_by_unit ON paper_drafts USING btree (unit_id, saved_at DESC, id DESC);

CREATE INDEX paper_drafts_until ON paper_drafts USING btree (until);

CREATE INDEX paper_layouts_by_unit ON paper_layouts USING btree (unit_id);

CREATE INDEX paper_links_about ON paper_links USING btree (about_id) WHERE (about_id IS NOT NULL);

CREATE INDEX paper_links_directive ON paper_links USING btree (directive_id) WHERE (directive_id IS NOT NULL);

CREATE INDEX paper_links_task ON paper_links USING btree (task_id) WHERE (task_id IS NOT NULL);

CREATE INDEX paper_links_to ON paper_links USING btree (to_paper_id) WHERE (to_paper_id IS NOT NULL);

CREATE INDEX paper_recipients_unit ON paper_recipients USING btree (unit_id);

CREATE INDEX paper_recipients_waiting ON paper_recipients USING btree (unit_id) WHERE (acknowledged_at IS NULL);

CREATE INDEX paper_runs_until ON paper_runs USING btree (until);

CREATE UNIQUE INDEX papers_arrivals ON papers USING btree (unit_id, year, number) WHERE (way = 'received'::text);

CREATE INDEX papers_by_keeper ON papers USING btree (keeper_id, recorded_at DESC, id DESC);

CREATE INDEX papers_by_unit ON papers USING btree (unit_id, recorded_at DESC, id DESC);

CREATE INDEX papers_by_year ON papers USING btree (year, recorded_at DESC, id DESC);

CREATE INDEX papers_newest ON papers USING btree (recorded_at DESC, id DESC);

CREATE UNIQUE INDEX papers_numbers ON papers USING btree (unit_id, COALESCE(body_id, unit_id), year, kind, number) WHERE (way = 'issued'::text);

CREATE INDEX papers_of_body ON papers USING btree (body_id, recorded_at DESC) WHERE (body_id IS NOT NULL);

CREATE INDEX papers_of_run ON papers USING btree (run_id, number) WHERE (run_id IS NOT NULL);

CREATE INDEX papers_words ON papers USING gin (to_tsvector('simple'::regconfig, fold));

CREATE UNIQUE INDEX passkeys_by_credential ON passkeys USING btree (credential_id);

CREATE INDEX passkeys_by_person ON passkeys USING btree (person_id);

CREATE INDEX people_by_import ON people USING btree (import_id) WHERE (import_id IS NOT NULL);

CREATE INDEX people_by_unit ON people USING btree (unit_id);

CREATE INDEX plan_comments_by_plan ON plan_comments USING btree (plan_id, said_at);

CREATE INDEX plan_consultations_open ON plan_consultations USING btree (unit_id) WHERE (answered_at IS NULL);

CREATE INDEX plan_points_by_plan ON plan_points USING btree (plan_id, n, place);

CREATE INDEX plan_readers_by_unit ON plan_readers USING btree (unit_id);

CREATE INDEX plan_tasks_by_task ON plan_tasks USING btree (task_id);

CREATE INDEX plans_by_change ON plans USING btree (changed_at DESC, id DESC);

CREATE INDEX plans_by_event ON plans USING btree (event_id) WHERE (event_id IS NOT NULL);

CREATE INDEX plans_by_unit ON plans USING btree (unit_id);

CREATE INDEX private_texts_by_subject ON private_texts USING btree (subject);

CREATE INDEX private_texts_by_until ON private_texts USING btree (until) WHERE (text IS NOT NULL);

CREATE INDEX private_texts_by_words ON private_texts USING gin (to_tsvector('simple'::regconfig, folded(written(text)))) WHERE (text IS NOT NULL);

CREATE INDEX programmes_by_template ON programmes USING btree (template_version_id);

CREATE INDEX programmes_by_unit ON programmes USING btree (unit_id);

CREATE INDEX proposal_tasks_by_task ON proposal_tasks USING btree (task_id);

CREATE INDEX proposals_by_addressee ON proposals USING btree (to_unit_id, sent_at DESC, id DESC);

CREATE INDEX proposals_by_time ON proposals USING btree (sent_at DESC, id DESC);

CREATE INDEX proposals_by_unit ON proposals USING btree (unit_id, sent_at DESC, id DESC);

CREATE UNIQUE INDEX provider_links_by_subject ON provider_links USING btree (subject_hash);

CREATE INDEX report_collections_around ON report_collections USING btree (id) WHERE ((ended_at IS NULL) AND ((schedule ->> 'every'::text) = 'milestone'::text));

CREATE INDEX report_collections_by_form ON report_collections USING btree (form_version_id);

CREATE INDEX report_collections_by_time ON report_collections USING btree (asked_at DESC, id DESC);

CREATE INDEX report_collections_by_unit ON report_collections USING btree (unit_id, asked_at DESC);

CREATE INDEX report_collections_waiting ON report_collections USING btree (next_opens_at) WHERE ((ended_at IS NULL) AND (next_opens_at IS NOT NULL));

CREATE INDEX report_drafts_by_time ON report_drafts USING btree (saved_at);

CREATE INDEX report_keepers_by_keeper ON report_keepers USING btree (keeper_id);

CREATE INDEX report_totals_by_parent ON report_totals USING btree (collection_id, on_day, parent_id);

CREATE INDEX reports_by_period ON reports USING btree (collection_id, on_day);

CREATE INDEX reports_by_unit ON reports USING btree (unit_id, due_at);

CREATE INDEX sessions_by_person ON sessions USING btree (person_id, ends_at);

CREATE UNIQUE INDEX sessions_by_token ON sessions USING btree (token_hash);

CREATE INDEX sessions_by_until ON sessions USING btree (until);

CREATE INDEX sign_in_challenges_by_person ON sign_in_challenges USING btree (person_id) WHERE (person_id IS NOT NULL);

CREATE INDEX sign_in_challenges_by_until ON sign_in_challenges USING btree (until);

CREATE INDEX sign_in_failures_by_until ON sign_in_failures USING btree (until);

CREATE INDEX sign_in_links_by_person ON sign_in_links USING btree (person_id);

CREATE UNIQUE INDEX sign_in_links_by_token ON sign_in_links USING btree (token_hash);

CREATE INDEX sign_in_links_by_until ON sign_in_links USING btree (until);

CREATE INDEX task_ancestors_by_ancestor ON task_ancestors USING btree (ancestor_id);

CREATE INDEX task_deltas_by_position ON task_deltas USING btree ("position");

CREATE INDEX task_extensions_by_task ON task_extensions USING btree (task_id);

CREATE INDEX task_remarks_by_task ON task_remarks USING btree (task_id, said_at);

CREATE INDEX task_reports_by_task ON task_reports USING btree (task_id, reported_at);

CREATE INDEX task_supports_by_unit ON task_supports USING btree (unit_id);

CREATE INDEX tasks_by_branch ON tasks USING btree (branch, stage, due_at, id);

CREATE INDEX tasks_by_change ON tasks USING btree (changed_at DESC, id DESC) WHERE ((item IS NULL) OR (state <> 'assigned'::text));

CREATE INDEX tasks_by_directive ON tasks USING btree (directive_id) WHERE (directive_id IS NOT NULL);

CREATE INDEX tasks_by_event ON tasks USING btree (event_id);

CREATE INDEX tasks_by_import ON tasks USING btree (import_id) WHERE (import_id IS NOT NULL);

CREATE INDEX tasks_by_issuer ON tasks USING btree (issuer_unit_id, stage, due_at, id) WHERE (item IS NULL);

CREATE INDEX tasks_by_item ON tasks USING btree (item, stage, due_at, id) WHERE (item IS NOT NULL);

CREATE INDEX tasks_by_parent ON tasks USING btree ((lineage[1])) WHERE (lineage IS NOT NULL);

CREATE INDEX tasks_by_unit ON tasks USING btree (unit_id, stage, due_at, id) INCLUDE (state);

CREATE INDEX tasks_by_words ON tasks USING gin (to_tsvector('simple'::regconfig, fold)) WHERE (fold IS NOT NULL);

CREATE INDEX tasks_extension_by_issuer ON tasks USING btree (issuer_unit_id, due_at, id) WHERE (extension_id IS NOT NULL);

CREATE INDEX tasks_extension_by_unit ON tasks USING btree (unit_id, due_at, id) WHERE (extension_id IS NOT NULL);

CREATE INDEX tasks_own_by_stage ON tasks USING btree (stage, due_at, id) WHERE (item IS NULL);

CREATE INDEX tasks_reported_by_issuer ON tasks USING btree (issuer_unit_id, due_at, id) WHERE (stage = 'reported'::text);

CREATE INDEX templates_by_unit ON templates USING btree (unit_id);

CREATE INDEX tokens_by_person ON tokens USING btree (person_id);

CREATE UNIQUE INDEX tokens_by_token ON tokens USING btree (token_hash);

CREATE INDEX tokens_by_until ON tokens USING btree (until);

CREATE INDEX unit_links_by_from ON unit_links USING btree (from_id);

CREATE INDEX unit_links_by_to ON unit_links USING btree (to_id);

CREATE UNIQUE INDEX unit_links_standing ON unit_links USING btree (from_id, to_id, kind) WHERE (until_on IS NULL);

CREATE INDEX unit_paths_by_path ON unit_paths USING btree (path);

CREATE INDEX unit_spans_by_parent ON unit_spans USING btree (parent_id, from_on);

CREATE INDEX unit_successors_by_to ON unit_successors USING btree (to_id);

CREATE INDEX units_by_any_code ON units USING btree (code);

CREATE UNIQUE INDEX units_by_code ON units USING btree (scheme, code) WHERE (valid_until IS NULL);

CREATE INDEX units_by_parent ON units USING btree (parent_id);

CREATE UNIQUE INDEX units_by_path ON units USING btree (path);

CREATE INDEX units_by_tree ON units USING btree (tree);

CREATE INDEX watches_by_about ON watches USING btree (about_kind, about_id);

CREATE INDEX webhook_deliveries_by_hook ON webhook_deliveries USING btree (webhook_id, at DESC, id DESC);

CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries USING btree (at);

CREATE OR REPLACE FUNCTION folded(t text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select regexp_replace(regexp_replace(regexp_replace(translate(lower(regexp_replace(normalize(t, NFD), '[\u0300-\u036f]|[\u0027\u0060\u00b4\u02b9-\u02bc\u2018\u2019\u2032\uff07] ?', '', 'g')), 'đð', 'dd'),
    '([[:alpha:]])(?=[0-9])|([0-9])(?=[[:alpha:]])', '\1\2 ', 'g'), '[^[:alnum:]]+', ' ', 'g'), '(^| )0+(?=[0-9])', '\1', 'g')
$function$
;

CREATE OR REPLACE FUNCTION journal_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the journal is append-only';
end $function$
;

CREATE OR REPLACE FUNCTION sort_key(t text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select regexp_replace(regexp_replace(regexp_replace(btrim(regexp_replace(regexp_replace(regexp_replace(
    translate(replace(translate(lower(normalize(t, NFD)), '{|}!"#$%ĐÐð', '        đđđ'), 'đ', 'd{'), U&'\0306\0302\031b\0300\0309\0303\0301\0323', '{|}!"#$%'),
    '[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]|[\u0027\u0060\u00b4\u02b9-\u02bc\u2018\u2019\u2032\uff07] ?', '', 'g'),
    '([[:alpha:]{|}!"#$%])(?=[0-9])|([0-9])(?=[[:alpha:]])', '\1\2 ', 'g'),
    '[^[:alnum:]{|}!"#$%]+', ' ', 'g')) || ' ',
    '(^| )(?=[0-9])', '\1000000000000', 'g'), '(^| )0*([0-9]{12,})(?= )', '\1\2', 'g'), '([!"#$%])([^ ]*) ', '\2\1', 'g')
$function$
;

CREATE OR REPLACE FUNCTION task_branch(path text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((split_part(path, '.'::text, 1) || '.'::text) || CASE split_part(path, '.'::text, 2) WHEN ''::text THEN ''::text ELSE (split_part(path, '.'::text, 2) || '.'::text) END)
;

CREATE OR REPLACE FUNCTION task_month(due_at timestamp with time zone, zone text)
 RETURNS date
 LANGUAGE sql
 STABLE
RETURN CASE WHEN (due_at = 'infinity'::timestamp with time zone) THEN 'infinity'::date ELSE (date_trunc('month'::text, (due_at AT TIME ZONE zone)))::date END
;

CREATE OR REPLACE FUNCTION written(t text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select case when j is null then t else (select coalesce(string_agg(v #>> '{}', ' · '), '') from jsonb_path_query(j, 'strict $.**') v
      where jsonb_typeof(v) = 'string' and (v #>> '{}') !~ '^([a-z]+(_[a-z]+)*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[^[:space:]]+)?)$') end
    -- The cast takes what the case gives it, so that it is never tried beforehand.
    from (select (case when t ~ '^[{[]' and t !~ '\\u(0000|[dD][89a-fA-F])' and t is json then t end)::jsonb as j) x
$function$
;

CREATE TRIGGER journal_keeps_all BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();

CREATE TRIGGER journal_keeps_lines BEFORE DELETE OR UPDATE ON journal FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();

create view access_files as
 SELECT f.record_id,
    f.file_id,
        CASE
            WHEN (f.grade = ANY ((
            CASE c.grade
                WHEN 'confidential'::text THEN '{secret,top_secret}'::text
                WHEN 'secret'::text THEN '{top_secret}'::text
                ELSE '{}'::text
            END)::text[])) THEN c.grade
            ELSE f.grade
        END AS grade
   FROM (custody_files f
     JOIN custodies c ON (((c.record_id = f.record_id) AND c.here AND (c.grade <> 'none'::text))));

create view access_graded as
 SELECT custodies.record_id,
    custodies.kind,
    custodies.grade
   FROM custodies
  WHERE (custodies.here AND (custodies.grade <> 'none'::text))
UNION ALL
 SELECT r.report_id AS record_id,
    'report'::text AS kind,
    c.grade
   FROM (custodies c
     JOIN public_reports_due r ON ((r.collection_id = c.record_id)))
  WHERE (c.here AND (c.grade <> 'none'::text));

create view access_grants as
 SELECT g.person_id,
    g.role,
    g.unit_id,
    GREATEST(g.starts_at, f.starts_at) AS starts_at,
    LEAST(g.ends_at, f.ends_at) AS ends_at
   FROM (grants g
     LEFT JOIN grants f ON ((f.id = g.from_grant_id)))
UNION ALL
 SELECT g.person_id,
    g.role,
    t.unit_id,
    GREATEST(g.starts_at, f.starts_at) AS starts_at,
    LEAST(g.ends_at, f.ends_at) AS ends_at
   FROM ((grants g
     LEFT JOIN grants f ON ((f.id = g.from_grant_id)))
     JOIN public_units_tree t ON ((t.parent_id IS NULL)))
  WHERE (g.unit_id IS NULL);

create view access_readers as
 SELECT n.record_id,
    n.person_id,
    n.unit_id,
    n.starts_at,
    LEAST(n.ends_at, n.ended_at) AS ends_at
   FROM (custody_readers n
     JOIN custodies c ON (((c.record_id = n.record_id) AND c.here AND (c.grade <> 'none'::text))))
UNION ALL
 SELECT r.report_id AS record_id,
    n.person_id,
    n.unit_id,
    n.starts_at,
    LEAST(n.ends_at, n.ended_at) AS ends_at
   FROM ((custody_readers n
     JOIN custodies c ON (((c.record_id = n.record_id) AND c.here AND (c.grade <> 'none'::text))))
     JOIN public_reports_due r ON ((r.collection_id = c.record_id)))
UNION ALL
 SELECT r.report_id AS record_id,
    NULL::uuid AS person_id,
    r.unit_id,
    '-infinity'::timestamp with time zone AS starts_at,
    'infinity'::timestamp with time zone AS ends_at
   FROM (custodies c
     JOIN public_reports_due r ON ((r.collection_id = c.record_id)))
  WHERE (c.here AND (c.grade <> 'none'::text));

create view access_units as
 SELECT id AS unit_id,
    path
   FROM units;

create view public_bodies_bodies as
 SELECT id AS body_id,
    unit_id,
    kind,
    name,
    members,
    ended_on,
    standing_items,
    legal_basis,
    from_on,
    until_on
   FROM bodies;

create view public_bodies_readers as
 SELECT bodies.id AS body_id,
    bodies.unit_id
   FROM bodies
UNION
 SELECT b.id AS body_id,
    ((m.value ->> 'unitId'::text))::uuid AS unit_id
   FROM (bodies b
     CROSS JOIN LATERAL jsonb_array_elements(b.members) m(value));

create view public_custodies_grades as
 SELECT record_id,
    grade,
    here,
    version
   FROM custodies;

create view public_custodies_places as
 SELECT c.record_id,
    r.unit_id
   FROM (custodies c
     JOIN public_custodies_records r ON (((r.record_id = c.record_id) AND (r.kind = c.kind))));

create view public_custodies_records as
 SELECT public_papers_places.paper_id AS record_id,
    'paper'::text AS kind,
    public_papers_places.unit_id
   FROM public_papers_places
UNION ALL
 SELECT public_plans_plans.plan_id AS record_id,
    'plan'::text AS kind,
    public_plans_plans.unit_id
   FROM public_plans_plans
UNION ALL
 SELECT public_reports_collections.collection_id AS record_id,
    'collection'::text AS kind,
    public_reports_collections.unit_id
   FROM public_reports_collections;

create view public_exchanges_documents as
 SELECT id AS document_id,
    unit_id
   FROM exchange_documents;

create view public_exchanges_keys as
 SELECT id AS key_id,
    unit_id
   FROM exchange_keys;

create view public_exchanges_packages as
 SELECT id AS package_id,
    unit_id
   FROM exchange_packages;

create view public_meetings_calendar as
 SELECT id AS meeting_id,
    body_id,
    unit_id,
    title,
    starts_at,
    zone,
    place,
    link,
    version
   FROM meetings
  WHERE (phase <> 'cancelled'::text);

create view public_meetings_meetings as
 SELECT id AS meeting_id,
    body_id,
    unit_id,
    number,
    title,
    starts_at,
    zone,
    phase
   FROM meetings;

create view public_meetings_readers as
 SELECT m.id AS meeting_id,
    r.unit_id
   FROM (meetings m
     JOIN public_bodies_readers r ON ((r.body_id = m.body_id)));

create view public_meetings_tasks as
 SELECT c.task_id,
    m.id,
    m.unit_id,
    m.title,
    ARRAY( SELECT r.unit_id
           FROM public_bodies_readers r
          WHERE (r.body_id = m.body_id)) AS readers
   FROM (meeting_conclusions c
     JOIN meetings m ON ((m.id = c.meeting_id)));

create view public_papers_layouts as
 SELECT id AS layout_id,
    unit_id
   FROM paper_layouts;

create view public_papers_places as
 SELECT id AS paper_id,
    keeper_id AS unit_id
   FROM papers;

create view public_papers_readers as
 SELECT papers.id AS paper_id,
    papers.keeper_id AS unit_id
   FROM papers
UNION ALL
 SELECT paper_recipients.paper_id,
    paper_recipients.unit_id
   FROM paper_recipients;

create view public_papers_standing as
 SELECT p.id AS paper_id,
    p.written,
    NULLIF(p.subject, ''::text) AS subject,
        CASE
            WHEN (p.withdrawn_at IS NOT NULL) THEN 'withdrawn'::text
            WHEN (n.id IS NOT NULL) THEN 'replaced'::text
            ELSE 'in_force'::text
        END AS state,
    n.written AS replaced_by,
    n.id AS replaced_by_id
   FROM (papers p
     LEFT JOIN LATERAL ( SELECT n_1.id,
            n_1.written
           FROM (paper_links l
             JOIN papers n_1 ON ((n_1.id = l.paper_id)))
          WHERE ((l.to_paper_id = p.id) AND (l.relation = 'replaces'::text) AND (n_1.withdrawn_at IS NULL))
          ORDER BY n_1.recorded_at DESC, n_1.id DESC
         LIMIT 1) n ON (true));

create view public_people_names as
 SELECT p.id AS person_id,
    COALESCE(c.name, (c.account COLLATE "default")) AS name,
    p.unit_id
   FROM (people p
     LEFT JOIN contacts c ON ((c.person_id = p.id)));

create view public_people_reachable as
 SELECT c.person_id,
    c.lang,
    c.mails
   FROM (contacts c
     JOIN people p ON ((p.id = c.person_id)))
  WHERE ((c.email IS NOT NULL) AND (c.email <> ''::text) AND (c.mails <> 'off'::text) AND (p.left_at IS NULL) AND (p.erased_at IS NULL));

create view public_plans_plans as
 SELECT id AS plan_id,
    unit_id,
    kind,
    matter,
    title,
    phase,
    event_id,
    approved_n
   FROM plans;

create view public_plans_tasks as
 SELECT k.task_id,
    p.id,
    p.unit_id,
    p.title,
    ARRAY( SELECT r.unit_id
           FROM plan_readers r
          WHERE (r.plan_id = p.id)) AS readers
   FROM (plan_tasks k
     JOIN plans p ON ((p.id = k.plan_id)));

create view public_programmes_after as
 SELECT v.id AS template_version_id,
    (t.value ->> 'code'::text) AS item,
    (a.value ->> 'task'::text) AS task,
    (a.value ->> 'milestone'::text) AS milestone,
    COALESCE(((a.value ->> 'days'::text))::integer, 0) AS days,
    (a.ordinality)::integer AS n
   FROM template_versions v,
    LATERAL jsonb_array_elements((v.body -> 'tasks'::text)) t(value),
    LATERAL jsonb_array_elements((t.value -> 'after'::text)) WITH ORDINALITY a(value, ordinality);

create view public_programmes_asked as
 SELECT e.id AS event_id,
    r.key AS row_id,
    (e.template_version_id)::text AS mark
   FROM events e,
    LATERAL jsonb_object_keys(e.requirements) r(key);

create view public_programmes_calendar as
 SELECT id AS event_id,
    programme_id,
    template_version_id,
    unit_id,
    level,
    phase,
    day_on,
    opens_at,
    zone,
    milestones,
    version,
    changed_at
   FROM events
  WHERE (day_on IS NOT NULL);

create view public_programmes_classes as
 SELECT v.id AS template_version_id,
    (c.value ->> 'code'::text) AS class,
    (c.ordinality)::integer AS n,
    (c.value -> 'name'::text) AS name
   FROM template_versions v,
    LATERAL jsonb_array_elements((v.body -> 'classes'::text)) WITH ORDINALITY c(value, ordinality);

create view public_programmes_events as
 SELECT id AS event_id,
    programme_id,
    template_version_id,
    unit_id,
    level,
    class,
    phase,
    pilot,
    day_on,
    opens_at,
    zone,
    milestones,
    requirements,
    version
   FROM events;

create view public_programmes_items as
 SELECT template_version_id,
    item,
    n,
    workstream,
    name,
    fold,
    milestone,
    evidence_kind,
    evidence_days,
    target_unit,
    target_count,
    target_kind,
        CASE target_kind
            WHEN 'percent'::text THEN 'percent'::text
            WHEN 'number'::text THEN 'number'::text
            WHEN 'all'::text THEN 'number'::text
            ELSE NULL::text
        END AS target_as,
    product,
    priority,
    due_rule,
    due_rule AS due
   FROM template_items;

create view public_programmes_milestones as
 SELECT v.id AS template_version_id,
    (m.value ->> 'code'::text) AS milestone,
    (m.ordinality)::integer AS n,
    (m.value -> 'name'::text) AS name
   FROM template_versions v,
    LATERAL jsonb_array_elements((v.body -> 'milestones'::text)) WITH ORDINALITY m(value, ordinality);

create view public_programmes_programmes as
 SELECT id AS programme_id,
    code,
    name,
    unit_id,
    template_version_id,
    zone,
    country,
    gate,
    made_at
   FROM programmes;

create view public_programmes_requirements as
 SELECT template_version_id,
    requirement,
    n,
    by_milestone,
    name,
    holds,
    warn_days,
    "check",
    check_kind
   FROM template_requirements;

create view public_programmes_templates as
 SELECT v.id AS template_version_id,
    v.template_id,
    t.unit_id,
    t.code,
    v.version,
    v.body,
    (v.body -> 'requirements'::text) AS requirements,
    (v.body -> 'milestones'::text) AS milestones
   FROM (template_versions v
     JOIN templates t ON ((t.id = v.template_id)));

create view public_programmes_workstreams as
 SELECT v.id AS template_version_id,
    (w.value ->> 'code'::text) AS workstream,
    (w.ordinality)::integer AS n,
    (w.value -> 'name'::text) AS name
   FROM template_versions v,
    LATERAL jsonb_array_elements((v.body -> 'workstreams'::text)) WITH ORDINALITY w(value, ordinality);

create view public_proposals_proposals as
 SELECT id AS proposal_id,
    unit_id,
    to_unit_id,
    phase
   FROM proposals;

create view public_proposals_tasks as
 SELECT k.task_id,
    p.id,
    p.unit_id,
    p.subject AS title,
    ARRAY[p.to_unit_id] AS readers
   FROM (proposal_tasks k
     JOIN proposals p ON ((p.id = k.proposal_id)));

create view public_readiness_checks as
 SELECT c.event_id,
    c.programme_id,
    c.unit_id,
    c.level,
    s.key AS requirement,
    s.value AS state,
    c.changed_at
   FROM (event_checks c
     CROSS JOIN LATERAL jsonb_each_text(c.states) s(key, value));

create view public_readiness_events as
 SELECT event_id,
    programme_id,
    unit_id,
    level,
    day_on,
    (ARRAY['unmet'::text, 'at_risk'::text, 'not_assessed'::text, 'waived'::text, 'not_due'::text, 'met'::text])[(rank + 1)] AS state,
    version,
    changed_at
   FROM event_checks;

create view public_reports_collections as
 SELECT c.id AS collection_id,
    COALESCE(k.keeper_id, c.unit_id) AS unit_id
   FROM (report_collections c
     LEFT JOIN report_keepers k ON ((k.unit_id = c.unit_id)));

create view public_reports_due as
 SELECT id AS report_id,
    collection_id,
    on_day,
    unit_id,
    due_at,
    state
   FROM reports;

create view public_reports_forms as
 SELECT f.id AS form_id,
    COALESCE(k.keeper_id, f.unit_id) AS unit_id
   FROM (report_forms f
     LEFT JOIN report_keepers k ON ((k.unit_id = f.unit_id)));

create view public_reports_places as
 SELECT r.id AS report_id,
    COALESCE(k.keeper_id, r.unit_id) AS unit_id
   FROM (reports r
     LEFT JOIN report_keepers k ON ((k.unit_id = r.unit_id)));

create view public_reports_requests as
 SELECT id AS collection_id,
    title
   FROM report_collections;

create view public_reports_titles as
 SELECT r.id AS report_id,
    ((c.title || ', '::text) || to_char((r.on_day)::timestamp with time zone, 'DD/MM/YYYY'::text)) AS title
   FROM (reports r
     JOIN report_collections c ON ((c.id = r.collection_id)));

create view public_settings_ceiling as
 SELECT ceiling
   FROM settings;

create view public_tasks_asked as
 SELECT event_id,
    programme_id,
    unit_id,
    id AS row_id,
    (version)::text AS mark
   FROM tasks
  WHERE ((state <> 'withdrawn'::text) AND ((item IS NOT NULL) OR (lineage IS NULL) OR (cardinality(lineage) = 0)));

create view public_tasks_clock as
 SELECT watermark
   FROM task_clock;

create view public_tasks_days as
 SELECT unit_id,
    programme_id,
    level,
    on_day,
    total,
    reported,
    done,
    refused,
    overdue
   FROM task_days;

create view public_tasks_directives as
 SELECT id AS directive_id,
    issuer_unit_id AS unit_id
   FROM directives;

create view public_tasks_due as
 SELECT id AS task_id,
    unit_id,
    event_id,
    template_version_id,
    item,
    title,
    stage,
    state,
    due_at,
    zone,
    version,
    changed_at
   FROM tasks
  WHERE (due_at <> 'infinity'::timestamp with time zone);

create view public_tasks_evidence as
 SELECT t.event_id,
    t.programme_id,
    t.template_version_id,
    t.item,
    t.id AS task_id,
    t.lineage[1] AS parent_id,
    t.unit_id,
    t.workstream,
    i.milestone,
    t.state,
    (t.stage = 'open'::text) AS open,
    NULLIF(t.due_at, 'infinity'::timestamp with time zone) AS due_at,
    t.evidence_kind,
    t.evidence_at,
    t.evidence_label,
    t.evidence_expires_at,
    (t.reached)::double precision AS reached,
    (t.base)::double precision AS base,
    t.target_kind,
    (t.target_count)::double precision AS target_number,
    t.target_unit
   FROM (tasks t
     LEFT JOIN public_programmes_items i ON (((i.template_version_id = t.template_version_id) AND (i.item = t.item))))
  WHERE (t.event_id IS NOT NULL);

create view public_tasks_months as
 SELECT task_totals.unit_id,
    task_totals.programme_id,
    task_totals.level,
    task_totals.months
   FROM task_totals
UNION ALL
 SELECT m.unit_id,
    m.programme_id,
    m.level,
    json_object_agg(m.month, m.counts) AS months
   FROM ( SELECT a.ancestor_id AS unit_id,
            COALESCE(t.programme_id, '00000000-0000-0000-0000-000000000000'::uuid) AS programme_id,
            t.level,
            task_month(t.due_at, t.zone) AS month,
            json_build_array(count(*) FILTER (WHERE (t.state <> 'withdrawn'::text)), count(*) FILTER (WHERE (t.state = 'reported'::text)), count(*) FILTER (WHERE (t.state = 'verified'::text)), count(*) FILTER (WHERE (t.state = 'refused'::text)), count(*) FILTER (WHERE ((t.stage = 'open'::text) AND (t.due_at <= ( SELECT task_clock.watermark
                   FROM task_clock))))) AS counts
           FROM (tasks t
             JOIN task_ancestors a ON (((a.unit_id = t.unit_id) AND (NOT a.apart))))
          GROUP BY a.ancestor_id, COALESCE(t.programme_id, '00000000-0000-0000-0000-000000000000'::uuid), t.level, (task_month(t.due_at, t.zone))) m
  GROUP BY m.unit_id, m.programme_id, m.level;

create view public_tasks_origins as
 SELECT id AS task_id,
    event_id,
    programme_id,
    assigned_at
   FROM tasks;

create view public_tasks_places as
 SELECT id AS task_id,
    unit_id
   FROM tasks;

create view public_tasks_said as
 SELECT task_id,
    done,
    note_id,
    reported_at,
    reported_by,
    told_id
   FROM task_reports;

create view public_tasks_states as
 SELECT id AS task_id,
    state,
    stage,
    due_at
   FROM tasks;

create view public_tasks_streams as
 SELECT t.unit_id,
    t.programme_id,
    t.level,
    s.key AS workstream,
    ((s.value ->> 0))::integer AS total,
    ((s.value ->> 1))::integer AS reported,
    ((s.value ->> 2))::integer AS done,
    ((s.value ->> 3))::integer AS refused,
    ((s.value ->> 4))::integer AS overdue,
    t.version
   FROM task_totals t,
    LATERAL json_each(t.streams) s(key, value)
UNION ALL
 SELECT a.ancestor_id AS unit_id,
    COALESCE(t.programme_id, '00000000-0000-0000-0000-000000000000'::uuid) AS programme_id,
    t.level,
    (t.workstream COLLATE "default") AS workstream,
    (count(*) FILTER (WHERE (t.state <> 'withdrawn'::text)))::integer AS total,
    (count(*) FILTER (WHERE (t.state = 'reported'::text)))::integer AS reported,
    (count(*) FILTER (WHERE (t.state = 'verified'::text)))::integer AS done,
    (count(*) FILTER (WHERE (t.state = 'refused'::text)))::integer AS refused,
    (count(*) FILTER (WHERE ((t.stage = 'open'::text) AND (t.due_at <= ( SELECT task_clock.watermark
           FROM task_clock)))))::integer AS overdue,
    (0)::bigint AS version
   FROM (tasks t
     JOIN task_ancestors a ON (((a.unit_id = t.unit_id) AND (NOT a.apart))))
  GROUP BY a.ancestor_id, COALESCE(t.programme_id, '00000000-0000-0000-0000-000000000000'::uuid), t.level, (t.workstream COLLATE "default");

create view public_tasks_titles as
 SELECT t.id AS task_id,
    COALESCE(to_jsonb(t.title), i.name) AS title
   FROM (tasks t
     LEFT JOIN public_programmes_items i ON (((i.template_version_id = t.template_version_id) AND (i.item = t.item))));

create view public_tasks_totals as
 SELECT unit_id,
    programme_id,
    level,
    total,
    reported,
    done,
    refused,
    overdue,
    changed_on AS day_on,
    version
   FROM task_totals;

create view public_units_below as
 SELECT parent_id AS unit_id,
    id AS row_id,
    name AS mark
   FROM units
  WHERE ((parent_id IS NOT NULL) AND (valid_until IS NULL));

create view public_units_links as
 SELECT unit_links.from_id AS unit_id,
    unit_links.to_id AS other_unit_id,
    unit_links.kind,
    unit_links.from_on,
    unit_links.until_on
   FROM unit_links
UNION ALL
 SELECT unit_links.to_id AS unit_id,
    unit_links.from_id AS other_unit_id,
    unit_links.kind,
    unit_links.from_on,
    unit_links.until_on
   FROM unit_links
  WHERE (unit_links.kind = 'neighbour'::text);

create view public_units_spans as
 SELECT s.unit_id,
    u.scheme,
    s.code,
    s.name,
    s.name_en,
    s.kind,
    s.parent_id,
    p.path,
    s.fold,
    GREATEST(s.from_on, p.from_on) AS from_on,
    LEAST(s.until_on, p.until_on) AS until_on,
    s.place
   FROM ((unit_spans s
     JOIN units u ON ((u.id = s.unit_id)))
     JOIN unit_paths p ON (((p.unit_id = s.unit_id) AND (p.from_on < COALESCE(s.until_on, 'infinity'::date)) AND (COALESCE(p.until_on, 'infinity'::date) > s.from_on))));

create view public_units_successors as
 SELECT from_id AS from_unit_id,
    to_id AS to_unit_id,
    part,
    succeeded_on
   FROM unit_successors;

create view public_units_tree as
 SELECT id AS unit_id,
    scheme,
    code,
    name,
    name_en,
    kind,
    parent_id,
    path,
    number,
    fold,
    valid_from,
    valid_until,
    tree,
    place
   FROM units;

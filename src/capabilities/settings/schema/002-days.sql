-- Days off and days worked that an administrator put beside the country's file: each change is a whole new version that never changes, so dates can name the one they were worked out by.
create table calendar_days (
  country text collate "C" not null,
  version integer not null,
  days jsonb not null,                    -- [{day, work, name: {vi, en}}], in order; takes the place of what the file says of the day
  changed_by uuid not null,
  changed_at timestamptz not null,
  primary key (country, version)
);

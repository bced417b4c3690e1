-- What lies under the board's map: one file of the operator's in use, the newest that was not taken away. The file itself lies with the attachments.
create table basemaps (
  id uuid primary key,
  file_id uuid not null,
  format text collate "C" not null check (format in ('pmtiles', 'mbtiles')),
  tiles text collate "C" not null check (tiles in ('vector', 'raster')),
  min_zoom integer not null,
  max_zoom integer not null,
  bounds double precision[] not null check (cardinality(bounds) = 4), -- west, south, east, north
  credit text not null,                   -- whose data it is, as the operator wrote it; shown on the map
  added_by uuid not null,
  added_at timestamptz not null,
  removed_at timestamptz
);

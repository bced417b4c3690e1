-- Attachments: a random id names a file, its content lies on disk once under its SHA-256. Facts hold the id and a salted hash, so erasing works.
create table file_blobs (
  id uuid primary key,
  sha256 bytea,                            -- names the content in the data folder; null: erased
  name text,                               -- as the sender called it, cleaned; may name a person, so it is here and in no fact
  type text not null,                      -- by its content, never as the sender said
  size bigint not null check (size >= 0),
  salt bytea,                              -- of the hash in the fact; null: erased
  uploaded_by uuid not null,
  uploaded_at timestamptz not null,
  holder text collate "C",                 -- the record whose readers may read it: task:<id>; null: nobody's yet, collected after a day
  held_at timestamptz,
  erased_at timestamptz
);
create index file_blobs_by_content on file_blobs (sha256) where sha256 is not null;
create index file_blobs_by_holder on file_blobs (holder) where holder is not null;
create index file_blobs_loose on file_blobs (uploaded_by, uploaded_at) where holder is null;

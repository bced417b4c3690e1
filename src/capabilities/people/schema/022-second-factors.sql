-- The secret of an authenticator app is encrypted with a key that lies outside the database; codes on paper take its place where the telephone is lost.
alter table second_factors
  add column key_id text collate "C",                       -- the key that encrypts `secret`; null: in clear, encrypted at the next start
  add column recovery_with text collate "C",                -- how the codes on paper are hashed, with their salt
  add column recovery_hashes bytea[] not null default '{}'; -- of those that are left

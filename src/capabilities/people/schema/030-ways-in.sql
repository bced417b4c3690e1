-- Ways to sign in beside the password. Passkeys: the public key of each; the private one never leaves its device.
create table passkeys (
  id uuid primary key,
  person_id uuid not null,
  credential_id bytea not null,           -- as the device calls it
  public_key bytea not null,              -- COSE
  counter bigint not null,                -- of the last use; one that does not grow tells of a copy. Many devices always say 0
  transports text[] not null,
  synced boolean not null,                -- may be on several devices of its owner
  name text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  blocked_at timestamptz,                 -- its counter went back: opens nothing any more
  purpose text not null,
  retention text not null check (retention in ('account')),
  until timestamptz not null
);
create unique index passkeys_by_credential on passkeys (credential_id);
create index passkeys_by_person on passkeys (person_id);
-- Whom the organisation's identity provider calls what. Made at the first sign-in by the claim that links; afterwards only this counts.
create table provider_links (
  person_id uuid not null,
  issuer text collate "C" not null,
  subject_hash bytea not null,            -- SHA-256 of the issuer and its name for the person
  linked_at timestamptz not null,
  used_at timestamptz not null,
  purpose text not null,
  retention text not null check (retention in ('account')),
  until timestamptz not null,
  primary key (person_id, issuer)
);
create unique index provider_links_by_subject on provider_links (subject_hash);
-- What a sign-in under way must answer with. Spent once, by its hash; over after minutes.
create table sign_in_challenges (
  key bytea primary key,
  kind text not null check (kind in ('passkey', 'new_passkey', 'provider', 'provider_code')),
  person_id uuid,                         -- whose, where that is known already
  subject_hash bytea,                     -- the identity that will be linked once the second factor is right
  ends_at timestamptz not null,
  purpose text not null,
  retention text not null check (retention in ('throttle')),
  until timestamptz not null
);
create index sign_in_challenges_by_until on sign_in_challenges (until);
create index sign_in_challenges_by_person on sign_in_challenges (person_id) where person_id is not null;
alter table sessions drop constraint sessions_by_check;
alter table sessions add constraint sessions_by_check check (by in ('password', 'slip', 'link', 'demo', 'passkey', 'provider'));
alter table sessions add column proved_at timestamptz;  -- since it began, its owner showed again who they are
-- An identity provider names its people by mail address.
create index contacts_by_mail on contacts (lower(email)) where email is not null;

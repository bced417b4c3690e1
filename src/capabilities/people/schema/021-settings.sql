-- How an account wants to be spoken to. Beside the journal; a wish, no fact.
alter table contacts add column lang text check (lang in ('vi', 'en'));  -- null: never chosen
alter table contacts add column mails text not null default 'all' check (mails in ('all', 'daily', 'off'));
-- Whom mail reaches, and how. The address itself stands in no view.
create view public_people_reachable as
  select c.person_id, c.lang, c.mails from contacts c join people p on p.id = c.person_id
  where c.email is not null and c.email <> '' and c.mails <> 'off' and p.left_at is null and p.erased_at is null;

-- The order in which items were folded: up to where a person was told by mail. Their writers take turns by a lock, so turns are committed in their order.
create sequence inbox_turns;
alter table inbox_items add column turn bigint not null default nextval('inbox_turns');
create index inbox_items_to_mail on inbox_items (at) where kind in ('reminder', 'returned', 'answer', 'mention', 'alert');
-- How far each person was told by mail. Moved before a mail leaves and put back where the mail server did not take it: a crash loses one mail rather than sending it twice.
create table mail_marks (
  person_id uuid primary key,
  turn bigint not null,                   -- of the last item that a mail told
  digest_on date not null                 -- the last morning that was looked at
);

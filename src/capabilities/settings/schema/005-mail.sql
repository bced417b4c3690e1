-- The mail server that an administrator set; null: none. Its password lies in sealed_secrets.
alter table settings
  add column mail_host text,
  add column mail_port integer check (mail_port between 1 and 65535),
  add column mail_tls text check (mail_tls in ('implicit', 'starttls', 'none')),
  add column mail_user text,
  add column mail_name text,
  add column mail_address text,
  add check ((mail_host is null) = (mail_address is null));

-- The highest grade of secrecy whose content may lie on this server.
alter table settings add column ceiling text not null default 'none' check (ceiling in ('none', 'confidential', 'secret', 'top_secret'));
create view public_settings_ceiling as select ceiling from settings;

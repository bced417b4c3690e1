-- What every session of the body deals with, in order.
alter table bodies add column standing_items jsonb not null default '[]';
create or replace view public_bodies_bodies as select id as body_id, unit_id, kind, name, members, ended_on, standing_items from bodies;

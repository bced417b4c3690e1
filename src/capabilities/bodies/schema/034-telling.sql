-- What tells two bodies of one name apart: what each rests on, and its days.
create or replace view public_bodies_bodies as select id as body_id, unit_id, kind, name, members, ended_on, standing_items, legal_basis, from_on, until_on from bodies;

-- An account that was made for a unit has no person's name yet: it is called by what it signs in with. No name at all: erased.
create or replace view public_people_names as
  select p.id as person_id, coalesce(c.name, c.account collate "default") as name, p.unit_id from people p left join contacts c on c.person_id = p.id;

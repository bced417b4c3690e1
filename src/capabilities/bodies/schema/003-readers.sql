-- Whose readers read a body and its sessions: the standing office's and those of every unit that has a seat. Only the office's change it.
create view public_bodies_readers as select id as body_id, unit_id from bodies union select b.id, (m.value ->> 'unitId')::uuid from bodies b cross join jsonb_array_elements(b.members) m;

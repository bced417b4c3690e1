-- The units directly below one, for who rests on them.
create view public_units_below as select parent_id as unit_id, id as row_id, name as mark from units where parent_id is not null and valid_until is null;

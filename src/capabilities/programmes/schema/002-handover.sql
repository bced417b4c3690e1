-- A unit that took others over may hold several events of one programme: its own and theirs. Ids still follow programme and first host, so a repeated cascade adds nothing twice.
alter table events drop constraint events_programme_id_unit_id_key;
create index events_by_programme on events (programme_id, unit_id);

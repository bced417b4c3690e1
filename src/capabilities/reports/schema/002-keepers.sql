-- Who answers for what a closed unit reported, asked and published: the one that took over. Figures stay where they were counted, under the old name.
create table report_keepers (
  unit_id uuid primary key,               -- the closed unit
  keeper_id uuid not null                 -- the one that stands; moved along when that one closes too
);
create index report_keepers_by_keeper on report_keepers (keeper_id);
create or replace view public_reports_places as select r.id as report_id, coalesce(k.keeper_id, r.unit_id) as unit_id from reports r left join report_keepers k on k.unit_id = r.unit_id;
create or replace view public_reports_collections as select c.id as collection_id, coalesce(k.keeper_id, c.unit_id) as unit_id from report_collections c left join report_keepers k on k.unit_id = c.unit_id;
create or replace view public_reports_forms as select f.id as form_id, coalesce(k.keeper_id, f.unit_id) as unit_id from report_forms f left join report_keepers k on k.unit_id = f.unit_id;

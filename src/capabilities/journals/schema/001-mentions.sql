-- Lines that are about many things at once: which. One row an event of a cascade, not one a task: a task finds its line by its event.
create table journal_mentions (
  id uuid not null,                       -- an event or a task
  position bigint not null,
  of_parts boolean not null,              -- only tasks of the event are made by it, not the event
  primary key (id, position)
);
-- What was recorded before this table.
insert into journal_mentions (id, position, of_parts)
  select id, position, bool_and(of_parts) from (
    select e.id::uuid, position, false as of_parts from journal, json_array_elements_text(body::json -> 'events' -> 'ids') e(id) where type = 'programme.cascaded.v1'
    union all
    select e.id::uuid, position, true from journal, json_array_elements_text(body::json -> 'handed' -> 'events') e(id) where type = 'programme.cascaded.v1'
    union all
    select e.id::uuid, position, false from journal, json_array_elements_text(body::json -> 'ids') e(id) where type in ('events.recalled.v1', 'tasks.recalled.v1')
  ) all_of_them group by id, position;

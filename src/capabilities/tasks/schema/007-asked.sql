-- What is asked, task by task, for who rests on it: `mark` changes when the task asked changes, not when it is reported. Parts that a unit made of its task are its own affair.
create view public_tasks_asked as
  select event_id, programme_id, unit_id, id as row_id, version::text as mark from tasks where state <> 'withdrawn' and (item is not null or lineage is null or cardinality(lineage) = 0);

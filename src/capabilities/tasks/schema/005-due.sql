-- What calendars read of a task: when it is due, of whom. Found by unit, stage and due date (tasks_by_unit).
create view public_tasks_due as
  select id as task_id, unit_id, event_id, template_version_id, item, title, stage, state, due_at, zone, version, changed_at from tasks where due_at <> 'infinity';

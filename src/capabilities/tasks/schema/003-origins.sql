-- What a task is part of, and since when it is there: for its history.
create view public_tasks_origins as select id as task_id, event_id, programme_id, assigned_at from tasks;

-- What units reported of a task, for what came of a session's conclusion. The words are private texts; whoever joins this asks for task.read.
create view public_tasks_said as select task_id, done, note_id, reported_at, reported_by, told_id from task_reports;

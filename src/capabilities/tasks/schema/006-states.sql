-- How far a task is, for capabilities that gave it: a conclusion of a meeting shows what came of it.
create view public_tasks_states as select id as task_id, state, stage, due_at from tasks;

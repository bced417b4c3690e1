-- Which plan made a task, for the task's own page. Readers: units that were asked about the plan or appraise it.
create index plan_tasks_by_task on plan_tasks (task_id);
create view public_plans_tasks as select k.task_id, p.id, p.unit_id, p.title, array(select r.unit_id from plan_readers r where r.plan_id = p.id) as readers from plan_tasks k join plans p on p.id = k.plan_id;

-- The decision on which proposal made a task, for the task's own page. Readers: who decided.
create index proposal_tasks_by_task on proposal_tasks (task_id);
create view public_proposals_tasks as select k.task_id, p.id, p.unit_id, p.subject as title, array[p.to_unit_id] as readers from proposal_tasks k join proposals p on p.id = k.proposal_id;

-- A conclusion of which session made a task, for the task's own page. Readers: those of its body.
create view public_meetings_tasks as select c.task_id, m.id, m.unit_id, m.title, array(select r.unit_id from public_bodies_readers r where r.body_id = m.body_id) as readers from meeting_conclusions c join meetings m on m.id = c.meeting_id;

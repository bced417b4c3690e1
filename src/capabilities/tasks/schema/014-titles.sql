-- What a task is called, in its own words or its template's: for whoever tells what happened to it.
create view public_tasks_titles as
  select t.id as task_id, coalesce(to_jsonb(t.title), i.name::jsonb) as title from tasks t left join public_programmes_items i on i.template_version_id = t.template_version_id and i.item = t.item;

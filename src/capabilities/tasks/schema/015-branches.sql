-- Which of the topmost branches of the tree a task lies in: the root's path for the root's own, else that of the ancestor just below the root. A page of a whole
-- province is then one run of an index, not one for each of its units. Filling it takes about a minute for each million of tasks, once.
create function task_branch(path text) returns text language sql immutable parallel safe
  return split_part(path, '.', 1) || '.' || case split_part(path, '.', 2) when '' then '' else split_part(path, '.', 2) || '.' end;
alter table tasks add column branch text;
update tasks t set branch = task_branch(u.path) from public_units_tree u where u.unit_id = t.unit_id;
alter table tasks alter column branch set not null;
create index tasks_by_branch on tasks (branch, stage, due_at, id);

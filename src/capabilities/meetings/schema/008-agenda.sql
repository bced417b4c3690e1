-- What agendas name: the sessions that deal with a unit or a task, for the page of an event.
create index meetings_by_agenda on meetings using gin (agenda jsonb_path_ops);

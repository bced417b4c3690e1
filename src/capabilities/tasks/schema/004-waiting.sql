-- What waits for an answer is found without reading the rest: few rows each, and none of a fresh cascade.
create index tasks_reported_by_issuer on tasks (issuer_unit_id, due_at, id) where stage = 'reported';
create index tasks_extension_by_issuer on tasks (issuer_unit_id, due_at, id) where extension_id is not null;
create index tasks_extension_by_unit on tasks (unit_id, due_at, id) where extension_id is not null;

-- The body in whose name its standing office issued it; null: the office in its own.
alter table directives add column body_id uuid;
alter table tasks add column body_id uuid;

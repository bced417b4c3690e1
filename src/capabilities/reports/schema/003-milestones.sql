-- Requests around milestones: asked of the events on each tick of the clock, since an event that moves changes who owes next.
create index report_collections_around on report_collections (id) where ended_at is null and schedule ->> 'every' = 'milestone';

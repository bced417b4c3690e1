-- What calendars read of an event, with when it last changed.
create view public_programmes_calendar as
  select id as event_id, programme_id, template_version_id, unit_id, level, phase, day_on, opens_at, zone, milestones, version, changed_at from events where day_on is not null;

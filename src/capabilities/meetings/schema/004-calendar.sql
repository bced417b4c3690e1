-- What the calendar and the first screen tell of sessions.
create view public_meetings_calendar as select id as meeting_id, body_id, unit_id, title, starts_at, zone, place, link, version from meetings where phase <> 'cancelled';

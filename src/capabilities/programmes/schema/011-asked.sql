-- The requirements of an event, for who rests on them. When each counts follows the event's day.
create view public_programmes_asked as select e.id as event_id, r.key as row_id, e.template_version_id::text as mark from events e, jsonb_object_keys(e.requirements) r(key);

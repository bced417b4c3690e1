-- The day of the approval, where it was recorded later.
alter table plan_versions add approved_on date;

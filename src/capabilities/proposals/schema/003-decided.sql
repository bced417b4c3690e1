-- The day of the decision, where it was recorded later.
alter table proposals add decided_on date;

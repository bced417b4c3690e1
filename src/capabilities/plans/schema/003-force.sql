-- A plan is in force from a day on: which version is, is asked of a day and never stored. Here stands what was approved and decided.
alter table plans rename column in_force_n to approved_n;   -- the version approved last, in force from its own day on; null: none, or the plan has ended
alter view public_plans_plans rename column in_force_n to approved_n;
alter table plans add column replaced_from date;            -- from which day replaced_by holds instead; null with the phase replaced: at once, by an old fact
alter table plans add column withdrawn_on date;             -- null: by an old fact
-- A version before another one stays approved: that it is replaced follows from the days.
update plan_versions v set phase = 'approved' from plans p where p.id = v.plan_id and v.phase = 'replaced' and v.approved_at is not null
  and not (p.phase = 'replaced' and (v.n = p.n or v.n = (select max(x.n) from plan_versions x where x.plan_id = p.id and x.approved_at is not null)));

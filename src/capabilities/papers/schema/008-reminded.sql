-- When a unit that has not acknowledged was last reminded: once a day at most.
alter table paper_recipients add column reminded_at timestamptz;

-- Units whose readers read a paper: whoever keeps it, and those it was sent to.
create view public_papers_readers as select id as paper_id, keeper_id as unit_id from papers union all select paper_id, unit_id from paper_recipients;

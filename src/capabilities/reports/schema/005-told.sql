-- By which way it was told, and the scan of the page that was signed by hand. Of reports from before it, null.
alter table reports add column told_how text, add column signed_how text, add column signed_files uuid[];
alter table report_versions add column told_how text;

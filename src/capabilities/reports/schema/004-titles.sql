-- What a report and a request for reports are called: for whoever tells what happened to them.
create view public_reports_titles as select r.id as report_id, c.title || ', ' || to_char(r.on_day, 'DD/MM/YYYY') as title from reports r join report_collections c on c.id = r.collection_id;
create view public_reports_requests as select id as collection_id, title from report_collections;

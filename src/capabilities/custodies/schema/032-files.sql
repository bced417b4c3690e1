-- What grade a file was attached with. It is never above its record's: where that was lowered since, the file's is as low.
create table custody_files (
  file_id uuid primary key,
  record_id uuid not null,
  grade text not null check (grade in ('confidential', 'secret', 'top_secret'))
);
create index custody_files_by_record on custody_files (record_id);
create view access_files as
  select f.record_id, f.file_id, case when f.grade = any(case c.grade when 'confidential' then '{secret,top_secret}' when 'secret' then '{top_secret}' else '{}' end::text[]) then c.grade else f.grade end as grade
  from custody_files f join custodies c on c.record_id = f.record_id and c.here and c.grade <> 'none';

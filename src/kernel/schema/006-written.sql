-- What people wrote in a text: of one that is kept as JSON (a paper, a section of a plan) the texts in it, without the names of its fields, ids, days and the program's own names, as searches/decide.ts reads it.
-- Escapes that jsonb refuses (a zero, half a pair) leave a text as it is: to be kept, no text may fail here.
create function written(t text) returns text immutable parallel safe strict language sql as $$
  select case when j is null then t else (select coalesce(string_agg(v #>> '{}', ' · '), '') from jsonb_path_query(j, 'strict $.**') v
      where jsonb_typeof(v) = 'string' and (v #>> '{}') !~ '^([a-z]+(_[a-z]+)*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[^[:space:]]+)?)$') end
    -- The cast takes what the case gives it, so that it is never tried beforehand.
    from (select (case when t ~ '^[{[]' and t !~ '\\u(0000|[dD][89a-fA-F])' and t is json then t end)::jsonb as j) x
$$;
drop index private_texts_by_words;
create index private_texts_by_words on private_texts using gin (to_tsvector('pg_catalog.simple', folded(written(text)))) where text is not null;

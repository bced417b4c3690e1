-- Words without accents and case, as pure/text.ts folds them, for what is searched where it lies: texts that people wrote are never copied into an index of ours, so an erasure is whole.
create function folded(t text) returns text immutable parallel safe strict language sql as $$
  select regexp_replace(regexp_replace(regexp_replace(translate(lower(regexp_replace(normalize(t, NFD), '[\u0300-\u036f]|[\u0027\u0060\u00b4\u02b9-\u02bc\u2018\u2019\u2032\uff07] ?', '', 'g')), 'đð', 'dd'),
    '([[:alpha:]])(?=[0-9])|([0-9])(?=[[:alpha:]])', '\1\2 ', 'g'), '[^[:alnum:]]+', ' ', 'g'), '(^| )0+(?=[0-9])', '\1', 'g')
$$;
create index private_texts_by_words on private_texts using gin (to_tsvector('pg_catalog.simple', folded(text))) where text is not null;

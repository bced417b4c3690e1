-- The order of a Vietnamese dictionary, by a key of our own: versions of ICU differ between servers, and an external database may have none. pure/text.ts computes the same.
-- A a Ă ă Â â B … D Đ E Ê …: a mark of a letter stands behind z. A word ends in its tone (space: none, then huyền hỏi ngã sắc nặng, ! " # $ %), so it decides before the next word. Numbers are padded: Phường 2, Phường 10.
create function sort_key(t text) returns text immutable parallel safe strict language sql as $$
  select regexp_replace(regexp_replace(regexp_replace(btrim(regexp_replace(regexp_replace(regexp_replace(
    translate(replace(translate(lower(normalize(t, NFD)), '{|}!"#$%ĐÐð', '        đđđ'), 'đ', 'd{'), U&'\0306\0302\031b\0300\0309\0303\0301\0323', '{|}!"#$%'),
    '[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]|[\u0027\u0060\u00b4\u02b9-\u02bc\u2018\u2019\u2032\uff07] ?', '', 'g'),
    '([[:alpha:]{|}!"#$%])(?=[0-9])|([0-9])(?=[[:alpha:]])', '\1\2 ', 'g'),
    '[^[:alnum:]{|}!"#$%]+', ' ', 'g')) || ' ',
    '(^| )(?=[0-9])', '\1000000000000', 'g'), '(^| )0*([0-9]{12,})(?= )', '\1\2', 'g'), '([!"#$%])([^ ]*) ', '\2\1', 'g')
$$;

-- What a session is found by beside its body's name: its title and the items of its agenda, folded once.
alter table meetings add column words text not null generated always as (folded(title || ' ' || replace(jsonb_path_query_array(agenda, '$[*].title')::text || jsonb_path_query_array(agenda, '$[*].note')::text, '\n', ' '))) stored;

-- What filters ask for is one word for each choice of them together, such as `=c/talks=f/virtual`: each alone is so
-- common that to find what they share took longer than everything else.
create function choices_of(events) returns text[] language sql stable parallel safe
  return array(select distinct category || format || language || price
    from unnest(array['', (select '=c/' || slug from categories where id = $1.category_id)]) as category,
      unnest(array['', '=f/' || $1.format]) as format, unnest(array['', '=l/' || left($1.language, 2)]) as language,
      (select '' as price union all select case when price_minor = 0 then '=p/free' else '=p/paid' end
        from ticket_types where source_id = $1.id and retired_at is null) as prices
    where category || format || language || price <> '');

create or replace function listings_due(changed uuid[]) returns setof listings language sql stable as $$
  select g.id, e.id, e.organizer_id, g.start_time, g.end_time, e.published_at,
    array_to_tsvector(tsvector_to_array(to_tsvector('simple', a.said)) || stems_of(e.language, a.said)
      || array(select '^' || word from unnest(tsvector_to_array(to_tsvector('simple', spaced(e.title)))) as word)
      || array(select '@' || word from
           unnest(tsvector_to_array(to_tsvector('simple', spaced(e.place_name || ' ' || e.place_address)))) as word)
      || spans_of('#', g.start_time) || spans_of('+', e.published_at) || choices_of(e))
  from events e
  join organizers o on o.id = e.organizer_id
  join gatherings g on g.source_id = e.id and g.kind = 'occurrence' and g.status = 'scheduled' and g.visibility = 'public'
  cross join lateral (select spaced(concat_ws(' ', e.title, e.summary, left(e.description, 6000), e.place_name, e.place_address,
    o.name)) as said offset 0) as a
  where e.id = any (changed) and e.status = 'published' and e.visibility = 'public' and g.start_time is not null
$$;

-- An index is made faster whole than word by word.
drop index listings_words;
update listings l set words = l.words || array_to_tsvector(choices_of(e)) from events e where e.id = l.event_id;
create index listings_words on listings using gin (words);

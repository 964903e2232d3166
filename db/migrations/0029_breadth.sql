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
           unnest(tsvector_to_array(to_tsvector('simple', spaced(coalesce(g.own_place_name, e.place_name) || ' '
             || case when g.own_place_name is null then e.place_address else g.own_place_address end)))) as word)
      || array(select word from unnest(tsvector_to_array(to_tsvector('simple',
           spaced(concat_ws(' ', g.own_title, g.own_place_name, nullif(g.own_place_address, '')))))) as word)
      || spans_of('#', g.start_time) || spans_of('+', e.published_at) || choices_of(e))
  from events e
  join organizers o on o.id = e.organizer_id
  join gatherings g on g.source_id = e.id and g.kind = 'occurrence' and g.status = 'scheduled' and g.visibility = 'public'
  cross join lateral (select spaced(concat_ws(' ', e.title, e.summary, left(e.description, 6000), e.place_name, e.place_address,
    o.name, array_to_string(e.tags, ' '))) as said offset 0) as a
  where e.id = any (changed) and e.status = 'published' and e.visibility = 'public' and g.start_time is not null
$$;

-- An index is made faster whole than word by word.
drop index listings_words;
update listings l set words = l.words || array_to_tsvector(choices_of(e)) from events e where e.id = l.event_id;
create index listings_words on listings using gin (words);

-- Somebody registered an address that has a place already. How full a pool is told to be counts that like a new place:
-- else whoever looks before and after learns whether the address was known.
alter table pools add column echoed integer not null default 0 check (echoed >= 0);

-- How much of a pool is gone, as those are told who have no part in it. A place that can still be had is always told.
create function told_of(pools) returns integer language sql immutable parallel safe
  return $1.held + $1.taken
    + case when $1.capacity is null then $1.echoed else least($1.echoed, greatest(0, $1.capacity - $1.held - $1.taken - 1)) end;

-- What admins look for among a hundred thousand accounts and a million entries of the log.
create index users_looked_for on users using gin (lower(name) gin_trgm_ops, email gin_trgm_ops);
create index users_role on users (role, id desc) where left_at is null;
create index users_banned on users (id desc) where banned_at is not null;
create index audit_entries_of on audit_entries (subject_id, at desc, id desc);

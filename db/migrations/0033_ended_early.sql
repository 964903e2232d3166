-- A gathering that is all in its room is over as soon as a host ends it: then no list finds it any more.
create or replace function listings_due(changed uuid[]) returns setof listings language sql stable as $$
  select g.id, e.id, e.organizer_id, g.start_time,
    case when g.format = 'virtual' then least(g.end_time, (select ended_at from rooms
      where gathering_id = g.id and parent_id is null and ended_at > g.start_time)) else g.end_time end, e.published_at,
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

create function relist_rooms() returns trigger language plpgsql as $$
begin
  perform relist(array(select source_id from gatherings
    where id = new.gathering_id and kind = 'occurrence' and format = 'virtual'));
  return null;
end $$;
create trigger relist_ended after update on rooms for each row when (old.ended_at is distinct from new.ended_at)
  execute function relist_rooms();

-- What was ended already, and would be on still.
select relist(array(select g.source_id from gatherings g join rooms r on r.gathering_id = g.id
  where r.ended_at > g.start_time and r.ended_at < g.end_time and g.kind = 'occurrence' and g.format = 'virtual'));

-- Who speaks at an event and what comes when. Neither is ever searched but by the names of who speaks.
alter table events
  add column speakers jsonb not null default '[]', -- StoredSpeaker of contract/agenda.ts, in the order in which they are shown
  add column agenda jsonb not null default '[]', -- StoredItem of contract/agenda.ts, by minutes from the start of each of its times
  add column metadata jsonb; -- what an API client keeps with it
create index events_speakers on events using gin (speakers jsonb_path_ops) where speakers <> '[]';

-- The picture of who speaks is seen by who sees the event.
alter table files drop constraint files_purpose_check;
alter table files add constraint files_purpose_check check (purpose in ('cover', 'speaker', 'picture', 'logo'));

-- Who speaks is found as its other words are.
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
    o.name, array_to_string(e.tags, ' '),
    (select string_agg(speaker->>'name', ' ') from jsonb_array_elements(e.speakers) as speaker))) as said offset 0) as a
  where e.id = any (changed) and e.status = 'published' and e.visibility = 'public' and g.start_time is not null
$$;

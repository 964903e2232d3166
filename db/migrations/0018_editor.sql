-- What an event says beside its story, so that people can tell beforehand whether it is for them.
alter table events
  add column tags text[] not null default '{}',
  add column minimum_age integer check (minimum_age between 1 and 120),
  add column accessibility text not null default '',
  add column conduct text not null default '',
  add column contact text not null default '';

-- What one time of an event says otherwise than the event; null is as the event says it. An own place has an own
-- address, and the event's notes on finding the way say nothing of it.
alter table gatherings
  add column own_title text,
  add column own_place_name text,
  add column own_place_address text not null default '',
  add column own_capacity integer check (own_capacity > 0),
  -- The change that people were last told of, and the words that came with it.
  add column told_sequence integer not null default 0,
  add column change_note text not null default '',
  -- When its time, place or format last became another: who registered before may have their money back.
  add column altered_at timestamptz;

-- Its tags are found as its other words are.
create or replace function listings_due(changed uuid[]) returns setof listings language sql stable as $$
  select g.id, e.id, e.organizer_id, g.start_time, g.end_time, e.published_at,
    array_to_tsvector(tsvector_to_array(to_tsvector('simple', a.said)) || stems_of(e.language, a.said)
      || array(select '^' || word from unnest(tsvector_to_array(to_tsvector('simple', spaced(e.title)))) as word)
      || array(select '@' || word from
           unnest(tsvector_to_array(to_tsvector('simple', spaced(coalesce(g.own_place_name, e.place_name) || ' '
             || case when g.own_place_name is null then e.place_address else g.own_place_address end)))) as word)
      || array(select word from unnest(tsvector_to_array(to_tsvector('simple',
           spaced(concat_ws(' ', g.own_title, g.own_place_name, nullif(g.own_place_address, '')))))) as word)
      || array['=f/' || e.format, '=l/' || left(e.language, 2)] || spans_of('#', g.start_time) || spans_of('+', e.published_at)
      || array(select '=c/' || slug from categories where id = e.category_id)
      || array(select distinct case when price_minor = 0 then '=p/free' else '=p/paid' end from ticket_types
           where source_id = e.id and retired_at is null))
  from events e
  join organizers o on o.id = e.organizer_id
  join gatherings g on g.source_id = e.id and g.kind = 'occurrence' and g.status = 'scheduled' and g.visibility = 'public'
  cross join lateral (select spaced(concat_ws(' ', e.title, e.summary, left(e.description, 6000), e.place_name, e.place_address,
    o.name, array_to_string(e.tags, ' '))) as said offset 0) as a
  where e.id = any (changed) and e.status = 'published' and e.visibility = 'public' and g.start_time is not null
$$;

-- What an organizer begins events from, beside what came with the house.
create table event_templates (
  id           uuid primary key,
  organizer_id uuid not null references organizers (id) on delete restrict,
  name         text not null,
  content      jsonb not null, -- TemplateContent of contract/event-input.ts
  minutes      integer check (minutes > 0),
  ticket_types jsonb not null, -- name, description, side and capacity of each
  created_by   uuid not null references users (id) on delete restrict,
  created_at   timestamptz not null
);
create index event_templates_organizer on event_templates (organizer_id, created_at desc, id);
create index event_templates_created_by on event_templates (created_by);

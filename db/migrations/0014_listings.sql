-- What anybody may find: a row for each public time of a published event. The database makes it itself, in the
-- transaction that changes what it is made of, so that nothing else can ever be listed, fed or found.
create table listings (
  gathering_id uuid primary key references gatherings (id) on delete cascade,
  event_id     uuid not null references events (id) on delete cascade,
  organizer_id uuid not null references organizers (id) on delete restrict,
  start_time   timestamptz not null,
  end_time     timestamptz not null,
  published_at timestamptz not null,
  -- What is searched: words as they are, `^` words of the title, `@` words of the place, `en~` stems of a language,
  -- `=` what filters ask for (c category, f format, l language, p price), `#` the days around its
  -- begin, `+` those around its publication: they keep a search inside the next of them.
  words        tsvector not null
);
create index listings_soonest on listings (start_time, gathering_id);
create index listings_newest on listings (published_at desc, event_id desc);
create index listings_event on listings (event_id, start_time, gathering_id);
create index listings_organizer on listings (organizer_id, start_time, gathering_id);
create index listings_over on listings (end_time);
create index listings_on on listings using gist (tstzrange(start_time, end_time));
create index listings_words on listings using gin (words);

-- Every word that was ever listed, to finish words that were begun and to mend words that nobody wrote.
create table listed_words (
  word text collate "C" primary key
);
create index listed_words_alike on listed_words using gin (word gin_trgm_ops);

-- Organizers look for their own events among few.
drop index events_search;

-- Without accents, case and what else tells the same letters apart.
create function folded(text) returns text language sql stable parallel safe
  return lower(unaccent(normalize($1, NFKC)));

-- The same with nothing between words but spaces, so that hyphens and addresses make no words of their own.
create function spaced(text) returns text language sql stable parallel safe
  return regexp_replace(folded($1),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u2bff\u3000-\u303f\ufe30-\ufe4f]+', ' ', 'g');

-- The words of a text, in the order in which they stand.
create function words_in(text) returns text[] language sql stable parallel safe
  return array(select word from unnest(to_tsvector('simple', spaced($1))) as said(word, places, weights),
    unnest(places) as place order by place);

-- How a language is stemmed, where PostgreSQL knows it.
create function stemmer_of(language text) returns regconfig language sql immutable parallel safe
  return case left(language, 2)
    when 'ar' then 'arabic' when 'da' then 'danish' when 'de' then 'german' when 'el' then 'greek' when 'en' then 'english'
    when 'es' then 'spanish' when 'eu' then 'basque' when 'fi' then 'finnish' when 'fr' then 'french' when 'ga' then 'irish'
    when 'hu' then 'hungarian' when 'it' then 'italian' when 'lt' then 'lithuanian' when 'nb' then 'norwegian'
    when 'nl' then 'dutch' when 'no' then 'norwegian' when 'pt' then 'portuguese' when 'ro' then 'romanian'
    when 'ru' then 'russian' when 'sv' then 'swedish' when 'tr' then 'turkish' end::regconfig;

-- The stems of spaced words, marked with their language.
create function stems_of(language text, words text) returns text[] language sql stable parallel safe
  return case when stemmer_of(language) is null then '{}' else
    array(select left(language, 2) || '~' || stem from unnest(tsvector_to_array(to_tsvector(stemmer_of(language), words))) as stem)
    end;

-- The day of an instant since 1970, and the blocks of 8 and of 64 days it lies in: a stretch of time is a few of them.
create function spans_of(mark text, at timestamptz) returns text[] language sql immutable parallel safe
  return array(select mark || span || '/' || floor(extract(epoch from at) / 86400 / span)
    from unnest(array[1, 8, 64]) as span);

-- The listings that some events should have.
create function listings_due(changed uuid[]) returns setof listings language sql stable as $$
  select g.id, e.id, e.organizer_id, g.start_time, g.end_time, e.published_at,
    array_to_tsvector(tsvector_to_array(to_tsvector('simple', a.said)) || stems_of(e.language, a.said)
      || array(select '^' || word from unnest(tsvector_to_array(to_tsvector('simple', spaced(e.title)))) as word)
      || array(select '@' || word from
           unnest(tsvector_to_array(to_tsvector('simple', spaced(e.place_name || ' ' || e.place_address)))) as word)
      || array['=f/' || e.format, '=l/' || left(e.language, 2)] || spans_of('#', g.start_time) || spans_of('+', e.published_at)
      || array(select '=c/' || slug from categories where id = e.category_id)
      || array(select distinct case when price_minor = 0 then '=p/free' else '=p/paid' end from ticket_types
           where source_id = e.id and retired_at is null))
  from events e
  join organizers o on o.id = e.organizer_id
  join gatherings g on g.source_id = e.id and g.kind = 'occurrence' and g.status = 'scheduled' and g.visibility = 'public'
  cross join lateral (select spaced(concat_ws(' ', e.title, e.summary, left(e.description, 6000), e.place_name, e.place_address,
    o.name)) as said offset 0) as a
  where e.id = any (changed) and e.status = 'published' and e.visibility = 'public' and g.start_time is not null
$$;

create function relist(changed uuid[]) returns void language plpgsql as $$
begin
  -- One after another for one event, so that the last one sees what all have written.
  perform from events where id = any (changed) order by id for no key update;
  with due as materialized (select * from listings_due(changed)),
  gone as (
    delete from listings l where l.event_id = any (changed)
      and not exists (select from due where due.gathering_id = l.gathering_id)),
  written as (
    insert into listings select * from due
    on conflict (gathering_id) do update set organizer_id = excluded.organizer_id, start_time = excluded.start_time,
      end_time = excluded.end_time, published_at = excluded.published_at, words = excluded.words
    where (listings.organizer_id, listings.start_time, listings.end_time, listings.published_at, listings.words)
      is distinct from (excluded.organizer_id, excluded.start_time, excluded.end_time, excluded.published_at, excluded.words)
    returning words)
  -- In one order, so that nobody waits for somebody who waits for them.
  insert into listed_words (word)
    select word from (select distinct unnest(tsvector_to_array(words)) collate "C" as word from written) as said
    where word !~ '^[=#+^@]' and not exists (select from listed_words k where k.word = said.word)
    order by word on conflict do nothing;
end $$;

create function relist_events() returns trigger language plpgsql as $$
begin
  perform relist(array(select id from changed));
  return null;
end $$;
create function relist_gatherings() returns trigger language plpgsql as $$
begin
  perform relist(array(select distinct source_id from changed where kind = 'occurrence'));
  return null;
end $$;
create function relist_ticket_types() returns trigger language plpgsql as $$
begin
  perform relist(array(select distinct source_id from changed));
  return null;
end $$;
create function relist_organizers() returns trigger language plpgsql as $$
begin
  perform relist(array(select e.id from changed join before using (id) join events e on e.organizer_id = changed.id
    where changed.name <> before.name and e.status = 'published'));
  return null;
end $$;

create trigger relist_new after insert on events referencing new table as changed
  for each statement execute function relist_events();
create trigger relist_changed after update on events referencing new table as changed
  for each statement execute function relist_events();
create trigger relist_new after insert on gatherings referencing new table as changed
  for each statement execute function relist_gatherings();
create trigger relist_changed after update on gatherings referencing new table as changed
  for each statement execute function relist_gatherings();
create trigger relist_new after insert on ticket_types referencing new table as changed
  for each statement execute function relist_ticket_types();
create trigger relist_changed after update on ticket_types referencing new table as changed
  for each statement execute function relist_ticket_types();
create trigger relist_gone after delete on ticket_types referencing old table as changed
  for each statement execute function relist_ticket_types();
create trigger relist_renamed after update on organizers referencing old table as before new table as changed
  for each statement execute function relist_organizers();

-- What is there already.
select relist(array(select id from events where status = 'published'));

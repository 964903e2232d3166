-- A host's own bookings as a calendar to subscribe to. Its link is made from the id: a new row is a new link, and the one
-- before opens nothing any more.
create table booking_feeds (
  id         uuid primary key,
  user_id    uuid not null unique references users (id) on delete restrict,
  created_at timestamptz not null
);

-- Which letters a party's booking has brought forth: their keys name the party, those to hosts further behind.
create index letters_of_booking on letters
  ((case when split_part(key, '/', 3) = 'host' then split_part(key, '/', 5) else split_part(key, '/', 3) end), created_at)
  where key like 'booking/%';

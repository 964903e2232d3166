-- Who wants to hear of an organizer's new public events.
create table follows (
  id           uuid primary key,
  organizer_id uuid not null references organizers (id) on delete restrict,
  user_id      uuid not null references users (id) on delete restrict,
  created_at   timestamptz not null,
  unique (organizer_id, user_id)
);
create index follows_user on follows (user_id, id desc);

-- How many follow is told to everybody only where the organizer wishes it.
alter table organizers add column shows_followers boolean not null default false;

-- Live places, who may be in them, and who was there for how long.
create table rooms (
  id           uuid primary key,
  gathering_id uuid not null references gatherings (id) on delete restrict,
  parent_id    uuid references rooms (id) on delete restrict, -- a breakout's room
  name         text not null default '',
  status       text not null check (status in ('scheduled', 'open', 'ended')),
  suspended_at timestamptz,
  opened_at    timestamptz,
  ended_at     timestamptz,
  created_at   timestamptz not null
);
create unique index rooms_main on rooms (gathering_id) where parent_id is null;
create index rooms_parent on rooms (parent_id);

-- What a host decided about somebody in a room; those who just came and went have no row.
create table room_members (
  room_id    uuid not null references rooms (id) on delete restrict,
  person_id  uuid not null references people (id) on delete restrict,
  admission  text not null check (admission in ('waiting', 'admitted', 'denied', 'removed', 'banned')),
  muted      boolean not null default false,
  updated_at timestamptz not null,
  updated_by uuid references users (id) on delete restrict,
  primary key (room_id, person_id)
);
create index room_members_person on room_members (person_id);
create index room_members_by on room_members (updated_by);

-- The attendance ledger: one row per connection, keyed by the media server's own id, so that it may be told twice,
-- late, or in the wrong order.
create table room_visits (
  id              uuid primary key,
  room_id         uuid not null references rooms (id) on delete restrict,
  gathering_id    uuid not null references gatherings (id) on delete restrict,
  person_id       uuid not null references people (id) on delete restrict,
  device          text not null default '',
  display_name    text not null, -- personal: retention=event
  role            text not null, -- as whom the door let them in
  participant_sid text not null unique,
  joined_at       timestamptz,
  left_at         timestamptz,
  last_seen_at    timestamptz not null
);
create index room_visits_gathering on room_visits (gathering_id, person_id);
create index room_visits_room on room_visits (room_id) where left_at is null;
create index room_visits_person on room_visits (person_id);

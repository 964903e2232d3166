-- What can be booked, who hosts it, and when they are open.

-- What the slots of a host depend on; the version is raised in the transaction that changes any of it, by triggers, so that
-- no change is forgotten.
create table hosts (
  user_id    uuid primary key references users (id) on delete restrict,
  version    bigint not null default 1,
  -- Public holidays of this country, or of a part of it ('DE', 'DE-BY'), close the day.
  holidays_of     text check (holidays_of ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
  -- Names of holidays on which the host works all the same.
  holidays_worked text[] not null default '{}'
);

create function raise_host() returns trigger language plpgsql as $$
declare
  host uuid := case when tg_op = 'DELETE' then old.user_id else new.user_id end;
begin
  insert into hosts (user_id) values (host) on conflict (user_id) do update set version = hosts.version + 1;
  return null;
end $$;

create table schedules (
  id         uuid primary key,
  user_id    uuid not null references users (id) on delete restrict,
  name       text not null,
  time_zone  text not null,
  is_default boolean not null,
  weekly     jsonb not null, -- contract/scheduling-hosts.ts
  overrides  jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index schedules_one_default on schedules (user_id) where is_default;
create index schedules_user on schedules (user_id, created_at, id);
create trigger schedules_raise after insert or update or delete on schedules for each row execute function raise_host();

-- Dates on which somebody is away or elsewhere; both ends included.
create table absences (
  id          uuid primary key,
  user_id     uuid not null references users (id) on delete restrict,
  kind        text not null check (kind in ('out_of_office', 'travel')),
  from_on     date not null,
  to_on       date, -- open-ended travel
  note        text not null default '', -- personal: retention=account
  stand_in_id uuid references users (id) on delete restrict, -- whose own times are offered instead
  time_zone   text, -- of a trip
  created_at  timestamptz not null,
  check (to_on >= from_on),
  check (kind = 'travel' or to_on is not null),
  check ((kind = 'travel') = (time_zone is not null)),
  check (stand_in_id <> user_id)
);
create index absences_user on absences (user_id, from_on, id);
create index absences_stand_in on absences (stand_in_id);
create trigger absences_raise after insert or update or delete on absences for each row execute function raise_host();
create trigger busy_ranges_raise after insert or update or delete on busy_ranges for each row execute function raise_host();

create table event_types (
  id           uuid primary key,
  organizer_id uuid not null references organizers (id) on delete restrict,
  slug         text not null check (slug = lower(slug)),
  name         text not null,
  description  text not null default '',
  hue          integer not null check (hue between 0 and 359),
  time_zone    text not null,
  durations    integer[] not null check (cardinality(durations) between 1 and 10),
  max_attendees integer not null default 1 check (max_attendees between 1 and 100),
  is_active    boolean not null default true,
  is_private   boolean not null default false,
  rules        jsonb not null, -- EventTypeRules of contract/scheduling.ts
  version      integer not null default 1,
  -- Since when its hosts share its bookings; a host who joins owes nothing from before.
  hosts_since  timestamptz not null,
  created_by   uuid not null references users (id) on delete restrict,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  deleted_at   timestamptz
);
create unique index event_types_name on event_types (organizer_id, lower(name)) where deleted_at is null;
create unique index event_types_slug on event_types (organizer_id, slug) where deleted_at is null;
create index event_types_organizer on event_types (organizer_id, created_at, id);
create index event_types_created_by on event_types (created_by);

-- Addresses that an event type had before; they lead to the one it has now, until another takes them.
create table event_type_slugs (
  organizer_id  uuid not null references organizers (id) on delete restrict,
  slug          text not null,
  event_type_id uuid not null references event_types (id) on delete restrict,
  primary key (organizer_id, slug)
);
create index event_type_slugs_type on event_type_slugs (event_type_id);

create table event_type_hosts (
  event_type_id uuid not null references event_types (id) on delete restrict,
  user_id       uuid not null references users (id) on delete restrict,
  position      integer not null,
  is_fixed      boolean not null default false,
  group_name    text,
  weight        integer not null default 1 check (weight between 0 and 1000),
  priority      integer not null default 0 check (priority between -100 and 100),
  schedule_id   uuid references schedules (id) on delete set null, -- the default one, when null
  primary key (event_type_id, user_id)
);
create index event_type_hosts_user on event_type_hosts (user_id);
create index event_type_hosts_schedule on event_type_hosts (schedule_id);

-- A slot that a visitor keeps for a few minutes, for each host it would take.
create table slot_holds (
  id            uuid not null, -- known to the visitor alone
  user_id       uuid not null references users (id) on delete restrict,
  event_type_id uuid not null references event_types (id) on delete restrict,
  start_time    timestamptz not null,
  end_time      timestamptz not null,
  during        tstzrange not null, -- with the buffers
  seats         integer not null check (seats > 0),
  expires_at    timestamptz not null,
  primary key (id, user_id),
  check (end_time > start_time)
);
create index slot_holds_user on slot_holds (user_id, start_time);
create index slot_holds_type on slot_holds (event_type_id);
create index slot_holds_expiry on slot_holds (expires_at);
create trigger slot_holds_raise after insert or update or delete on slot_holds for each row execute function raise_host();

-- What all gatherings share. The wall times stand when a zone's rules change; the instants follow.
create table gatherings (
  id           uuid primary key,
  kind         text not null check (kind in ('occurrence', 'talk', 'booking')),
  source_id    uuid not null, -- the event or the event type
  parent_id    uuid references gatherings (id) on delete restrict, -- a talk's occurrence
  organizer_id uuid not null references organizers (id) on delete restrict,
  title        text not null,
  status       text not null check (status in ('planned', 'scheduled', 'cancelled')),
  format       text not null check (format in ('in_person', 'virtual', 'hybrid')),
  visibility   text not null check (visibility in ('public', 'unlisted', 'invite_only', 'private')),
  start_time   timestamptz,
  end_time     timestamptz,
  wall_start   text, -- '2030-05-01T19:00', in time_zone
  wall_end     text,
  time_zone    text not null,
  -- Raised by each change that people must hear of; calendars and letters are keyed by it.
  sequence     integer not null default 0,
  settings     jsonb not null, -- GatheringSettings of contract/gatherings.ts
  cancelled_at timestamptz,
  cancel_reason text not null default '',
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  check (end_time > start_time),
  check (status = 'planned' or start_time is not null),
  check ((start_time is null) = (end_time is null) and (start_time is null) = (wall_start is null)
    and (wall_start is null) = (wall_end is null))
);
create index gatherings_source on gatherings (source_id, start_time, id);
create index gatherings_organizer on gatherings (organizer_id, start_time, id);
create index gatherings_parent on gatherings (parent_id);
create index gatherings_listed on gatherings (start_time, id)
  where status = 'scheduled' and visibility = 'public' and kind = 'occurrence';
create index gatherings_ending on gatherings (end_time) where status = 'scheduled';

-- Who does what at a gathering, beside the members of its organizer.
create table gathering_roles (
  gathering_id uuid not null references gatherings (id) on delete restrict,
  user_id      uuid not null references users (id) on delete restrict,
  role         text not null check (role in ('owner', 'cohost', 'moderator', 'speaker', 'door')),
  created_at   timestamptz not null,
  primary key (gathering_id, user_id, role)
);
create index gathering_roles_user on gathering_roles (user_id);

-- Hosts' times. Firm ones never overlap for one person; published occurrences are not firm.
create table busy_ranges (
  id           uuid primary key,
  user_id      uuid not null references users (id) on delete restrict,
  gathering_id uuid not null references gatherings (id) on delete restrict,
  during       tstzrange not null check (not isempty(during)),
  firm         boolean not null,
  unique (user_id, gathering_id),
  exclude using gist (user_id with =, during with &&) where (firm)
);
create index busy_ranges_gathering on busy_ranges (gathering_id);
create index busy_ranges_time on busy_ranges using gist (user_id, during);

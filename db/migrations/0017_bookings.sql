-- A booking is a gathering with the same id; one that was moved leaves its old time behind as a tombstone without a gathering.
create table bookings (
  id            uuid primary key,
  gathering_id  uuid references gatherings (id) on delete restrict, -- its own id; null for tombstones
  event_type_id uuid not null references event_types (id) on delete restrict,
  organizer_id  uuid not null references organizers (id) on delete restrict,
  status        text not null check (status in ('pending', 'awaiting_payment', 'confirmed', 'cancelled', 'rejected',
                  'rescheduled', 'completed', 'no_show')),
  start_time    timestamptz not null,
  end_time      timestamptz not null,
  seats         integer not null check (seats between 1 and 100), -- what a session has
  host_ids      uuid[] not null check (cardinality(host_ids) > 0),
  -- Where it is and how, as it was when it was booked.
  location_type    text not null check (location_type in ('video_call', 'phone_call', 'in_person', 'custom')),
  location_details text not null default '',
  rescheduled_from uuid references bookings (id) on delete restrict,
  rescheduled_at   timestamptz,
  moved_to      uuid references bookings (id) on delete restrict, -- of a tombstone: the booking that it was
  cancelled_at  timestamptz,
  cancelled_by  text check (cancelled_by in ('organizer', 'invitee', 'system')),
  cancellation_reason text not null default '', -- personal: retention=event
  created_at    timestamptz not null,
  updated_at    timestamptz not null,
  check (end_time > start_time),
  check ((gathering_id is null) = (status = 'rescheduled')),
  check (gathering_id is null or gathering_id = id),
  check ((moved_to is null) = (gathering_id is not null))
);
create unique index bookings_gathering on bookings (gathering_id);
create index bookings_organizer on bookings (organizer_id, start_time, id);
create index bookings_type on bookings (event_type_id, start_time);
create index bookings_from on bookings (rescheduled_from);
create index bookings_moved_to on bookings (moved_to);
create index bookings_hosts on bookings using gin (host_ids);

-- What scheduling knows of an invitee beside the registration, which has the same id.
create table booking_attendees (
  id           uuid primary key references registrations (id) on delete restrict,
  booking_id   uuid not null references bookings (id) on delete restrict,
  phone        text not null default '', -- personal: retention=event
  notes        text not null default '', -- personal: retention=event
  seats        integer not null check (seats between 1 and 100), -- of the party: itself and those without a name
  cancellation_reason text not null default '' -- personal: retention=event
);
create index booking_attendees_booking on booking_attendees (booking_id);

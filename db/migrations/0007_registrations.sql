-- Ticket types, tickets, registrations, the waitlist and check-ins.
create table ticket_types (
  id           uuid primary key,
  source_id    uuid not null, -- the event or the event type
  name         text not null,
  description  text not null default '',
  price_minor  bigint not null default 0 check (price_minor >= 0),
  currency     char(3) not null default 'EUR',
  side         text not null check (side in ('in_person', 'virtual', 'both', 'any')), -- any: the person chooses
  capacity     integer check (capacity > 0),
  opens_at     timestamptz,
  closes_at    timestamptz,
  max_per_order integer not null default 10 check (max_per_order between 1 and 100),
  -- One living registration per address, unless more are allowed.
  allows_several boolean not null default false,
  position     integer not null,
  retired_at   timestamptz,
  created_at   timestamptz not null,
  check (closes_at > opens_at)
);
create index ticket_types_source on ticket_types (source_id, position, id);

-- What somebody was given or bought, and what the QR code proves.
create table tickets (
  id               uuid primary key,
  ticket_type_id   uuid not null references ticket_types (id) on delete restrict,
  holder_id        uuid references people (id) on delete restrict, -- nobody yet, while unnamed
  order_line_id    uuid,
  code_version     integer not null default 1, -- raised to make printed codes void
  created_at       timestamptz not null
);
create index tickets_type on tickets (ticket_type_id);
create index tickets_holder on tickets (holder_id);

-- A wish for places at a gathering: the entry and its registrations in `waitlisted`, all or none.
create table waitlist_entries (
  id             uuid primary key,
  position       bigint generated always as identity unique,
  gathering_id   uuid references gatherings (id) on delete restrict,
  event_type_id  uuid,
  ticket_type_id uuid references ticket_types (id) on delete restrict,
  person_id      uuid not null references people (id) on delete restrict,
  party_size     integer not null check (party_size > 0),
  status         text not null check (status in ('waiting', 'offered', 'accepted', 'lapsed', 'cancelled')),
  offered_at     timestamptz,
  offer_ends_at  timestamptz,
  created_at     timestamptz not null,
  check ((gathering_id is null) <> (event_type_id is null))
);
create index waitlist_entries_next on waitlist_entries (gathering_id, position) where status = 'waiting';
create index waitlist_entries_person on waitlist_entries (person_id);
create index waitlist_entries_type on waitlist_entries (ticket_type_id);

-- One place at one gathering.
create table registrations (
  id             uuid primary key,
  gathering_id   uuid not null references gatherings (id) on delete restrict,
  ticket_type_id uuid references ticket_types (id) on delete restrict,
  ticket_id      uuid references tickets (id) on delete restrict,
  person_id      uuid references people (id) on delete restrict, -- unnamed, while somebody may still name it
  registered_by  uuid references people (id) on delete restrict, -- who took the place, for their whole party
  waitlist_entry_id uuid references waitlist_entries (id) on delete restrict,
  others         text[] not null default '{}', -- personal: retention=event; who was named along with oneself
  name           text not null, -- personal: retention=event
  display_name   text not null, -- personal: retention=event
  side           text not null check (side in ('in_person', 'virtual', 'both')),
  status         text not null check (status in ('held', 'pending', 'awaiting_payment', 'confirmed', 'waitlisted',
                   'offered', 'declined', 'expired', 'lapsed', 'cancelled')),
  attendance     text not null default 'unknown' check (attendance in ('unknown', 'attended', 'no_show')),
  attendance_source text check (attendance_source in ('check_in', 'room', 'host')),
  repeatable     boolean not null default false, -- the ticket type's allows_several when it was made
  locale         text not null default 'en',
  time_zone      text not null default 'UTC',
  link_version   integer not null default 1, -- raised to make links in old letters void
  hold_ends_at   timestamptz,
  note           text not null default '', -- the organizer's words with the last decision
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  confirmed_at   timestamptz,
  cancelled_at   timestamptz,
  cancelled_by   text check (cancelled_by in ('attendee', 'organizer', 'system'))
);
-- One living registration per person, gathering and ticket type; a cancelled one may be followed by another.
create unique index registrations_one_per_person on registrations (gathering_id, ticket_type_id, person_id)
  where not repeatable and status in ('held', 'pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered');
create index registrations_gathering on registrations (gathering_id, status, created_at, id);
create index registrations_person on registrations (person_id, status);
create index registrations_by on registrations (registered_by);
create index registrations_ticket on registrations (ticket_id);
create index registrations_type on registrations (ticket_type_id);
create index registrations_entry on registrations (waitlist_entry_id);

-- Who came in where. Never deleted; an undone one stays as what happened.
create table check_ins (
  id              uuid primary key,
  gathering_id    uuid not null references gatherings (id) on delete restrict,
  registration_id uuid not null references registrations (id) on delete restrict,
  list            text not null,
  gate            text not null default '',
  at              timestamptz not null,
  by_user_id      uuid not null references users (id) on delete restrict,
  undone_at       timestamptz,
  undone_by       uuid references users (id) on delete restrict
);
-- Twenty scanners may read one code at once; one admission counts.
create unique index check_ins_once on check_ins (registration_id, list) where undone_at is null;
create index check_ins_gathering on check_ins (gathering_id, list, at);
create index check_ins_by on check_ins (by_user_id);
create index check_ins_undone_by on check_ins (undone_by);

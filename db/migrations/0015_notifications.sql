-- What people are told inside the product, and what they do not want to be told.

-- One row per thing that happened to somebody; `key` tells it apart, so that a fact told twice is noticed once. Notices
-- about people who register are one per gathering and come back to the top: how many they are is counted, not kept.
create table notices (
  id              uuid primary key,
  user_id         uuid not null references users (id) on delete restrict,
  kind            text not null,
  key             text not null,
  event_id        uuid references events (id) on delete cascade,
  gathering_id    uuid references gatherings (id) on delete cascade,
  registration_id uuid references registrations (id) on delete cascade,
  -- When the first and the newest of what it tells happened.
  since           timestamptz not null,
  at              timestamptz not null,
  read_at         timestamptz,
  unique (user_id, key)
);
create index notices_newest on notices (user_id, at desc, id desc);
create index notices_unread on notices (user_id) where read_at is null;
create index notices_event on notices (event_id);
create index notices_gathering on notices (gathering_id);
create index notices_registration on notices (registration_id);

-- What somebody has switched off, by topic and way; what has no row is on.
create table mutes (
  person_id  uuid not null references people (id) on delete restrict,
  topic      text not null,
  way        text not null check (way in ('letter', 'notice')),
  created_at timestamptz not null,
  primary key (person_id, topic, way)
);

-- Addresses whose own mail server said that there is nobody: only what is urgent is still sent there.
create table refused_addresses (
  address    text primary key check (address = lower(address)), -- personal: retention=90d
  said       text not null,
  refused_at timestamptz not null
);

-- Where a mail program takes somebody off with one press (RFC 8058).
alter table letters add column unsubscribe_url text;
alter table letters drop constraint letters_status_check;
alter table letters add constraint letters_status_check
  check (status in ('waiting', 'handed_over', 'failed', 'refused'));

-- A letter of an organizer to many who registered. Whom it is meant for is asked anew for each part that is sent.
create table mailings (
  id           uuid primary key,
  gathering_id uuid not null references gatherings (id) on delete cascade,
  subject      text not null,
  markdown     text not null,
  -- { statuses, ticketTypeIds, sides, attendances }: an empty list means all.
  meant_for    jsonb not null,
  is_announced boolean not null,
  status       text not null check (status in ('draft', 'scheduled', 'sending', 'sent', 'stopped')),
  send_at      timestamptz,
  created_by   uuid not null references users (id) on delete restrict,
  created_at   timestamptz not null,
  updated_at   timestamptz not null
);
create index mailings_gathering on mailings (gathering_id, id desc);
create index mailings_by on mailings (created_by);

-- Everybody once. Whether the letter was handed over is known by the letter, under the key `mailing/<mailing>/<person>`.
create table mailing_recipients (
  mailing_id uuid not null references mailings (id) on delete cascade,
  person_id  uuid not null references people (id) on delete restrict,
  is_muted   boolean not null,
  at         timestamptz not null,
  primary key (mailing_id, person_id)
);
create index mailing_recipients_person on mailing_recipients (person_id);
alter table notices add column mailing_id uuid references mailings (id) on delete cascade;
create index notices_mailing on notices (mailing_id);

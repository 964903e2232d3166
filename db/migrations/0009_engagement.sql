-- What people say at a gathering. The channel carries it; these rows are what stays.
create table messages (
  id           uuid primary key,
  gathering_id uuid not null references gatherings (id) on delete restrict,
  channel      text not null references channels (name) on delete restrict,
  seq          bigint not null,
  person_id    uuid not null references people (id) on delete restrict,
  display_name text not null, -- personal: retention=event
  role         text not null,
  text         text not null, -- personal: retention=event
  created_at   timestamptz not null,
  edited_at    timestamptz,
  deleted_at   timestamptz,
  deleted_by   uuid references people (id) on delete restrict,
  unique (channel, seq)
);
create index messages_gathering on messages (gathering_id, created_at, id);
create index messages_person on messages (person_id);
create index messages_deleted_by on messages (deleted_by);

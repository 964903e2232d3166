-- Seats that a buyer names later are registrations without a person, found by who took them.
create index registrations_unnamed on registrations (registered_by, gathering_id) where person_id is null;

-- Who may come to an event that is not for everybody. That one was accepted is derived from registrations.
create table invitations (
  id           uuid primary key,
  source_id    uuid not null, -- the event
  person_id    uuid not null references people (id) on delete restrict,
  name         text not null default '', -- personal: retention=event; as the organizer wrote it
  invited_by   uuid not null references users (id) on delete restrict,
  link_version integer not null default 1, -- raised to make links in old letters void
  sent_at      timestamptz not null,
  declined_at  timestamptz,
  withdrawn_at timestamptz,
  created_at   timestamptz not null
);
create unique index invitations_once on invitations (source_id, person_id);
create index invitations_list on invitations (source_id, created_at, id);
create index invitations_person on invitations (person_id);
create index invitations_by on invitations (invited_by);

-- Whether the others who come may see somebody, by their display name; theirs alone to say.
alter table registrations add column is_listed boolean not null default false;
create index registrations_listed on registrations (gathering_id, created_at, id) where is_listed and status = 'confirmed';

-- Invitations to a team: of an organizer, or of one of its events alone. One row for each person and team: who is invited
-- anew after an answer gets the same row with another link.
create table team_invitations (
  id           uuid primary key,
  organizer_id uuid not null references organizers (id) on delete restrict,
  -- Null for the organizer's whole team.
  event_id     uuid references events (id) on delete cascade,
  person_id    uuid not null references people (id) on delete restrict,
  role         text not null check (role in ('owner', 'admin', 'member', 'cohost', 'moderator', 'speaker', 'door')),
  -- A handover: whoever gave it is an owner no longer once it is accepted.
  is_handover  boolean not null default false,
  -- What the letter is written in where the account that will accept is not known.
  locale       text not null,
  invited_by   uuid not null references users (id) on delete restrict,
  link_version integer not null default 1,
  created_at   timestamptz not null,
  sent_at      timestamptz not null,
  ends_at      timestamptz not null,
  accepted_at  timestamptz,
  declined_at  timestamptz,
  withdrawn_at timestamptz,
  check (num_nonnulls(accepted_at, declined_at, withdrawn_at) <= 1),
  check (event_id is null or role in ('cohost', 'moderator', 'speaker', 'door')),
  check (event_id is not null or role in ('owner', 'admin', 'member')),
  check (not is_handover or role = 'owner'),
  unique nulls not distinct (organizer_id, event_id, person_id)
);
create index team_invitations_event on team_invitations (event_id);
create index team_invitations_person on team_invitations (person_id);
create index team_invitations_by on team_invitations (invited_by);

-- Notices about a team are of an organizer, and tell of somebody and of a role.
alter table notices
  add column organizer_id uuid references organizers (id) on delete cascade,
  add column by_user_id uuid references users (id) on delete restrict,
  add column role text;
create index notices_organizer on notices (organizer_id);
create index notices_by on notices (by_user_id);

-- What the people who run an installation decide, and what they look at: settings, the review of events, bans, the log.

-- One row. What it does not name has the default that contract/installation.ts gives it.
create table installation_settings (
  is_one     boolean primary key default true check (is_one),
  settings   jsonb not null,
  updated_at timestamptz not null
);

-- The steps of an event through review, in order: what its team asked for and what was decided. Never changed; they go
-- with a draft that is removed.
create table event_reviews (
  id         uuid primary key, -- UUIDv7 from the application
  event_id   uuid not null references events (id) on delete restrict,
  step       text not null check (step in
    ('submitted', 'withdrawn', 'approved', 'changes_asked', 'rejected', 'unpublished', 'cancelled')),
  note       text not null default '',
  by_user_id uuid references users (id) on delete restrict, -- null: the installation itself
  at         timestamptz not null
);
create index event_reviews_event on event_reviews (event_id, id);
create index event_reviews_by on event_reviews (by_user_id);
create index events_in_review on events (id) where status = 'in_review';
create index events_changed on events (updated_at desc, id desc);

-- Organizers whose events need no review.
alter table organizers add column trusted_at timestamptz;

-- Why an account is closed, and until when; without an end it is for good.
alter table users
  add column ban_reason text not null default '', -- personal: retention=account
  add column banned_until timestamptz;

-- The log as it is read: the newest first, of one kind of deed, and whether the chains held when they were last walked.
create index audit_entries_newest on audit_entries (at desc, id desc);
create index audit_entries_kind on audit_entries (split_part(action, '.', 1), at desc, id desc);
create table audit_watches (
  id     uuid primary key, -- UUIDv7 from the application
  at     timestamptz not null,
  links  bigint not null,
  breaks uuid[] not null
);

-- Letters that are still to go, or could not.
create index letters_open on letters (status, id desc) where status <> 'handed_over';

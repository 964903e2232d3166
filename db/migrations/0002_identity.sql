-- Accounts, the people we know by address, sessions and files.
create table files (
  id          uuid primary key,
  owner_id    uuid, -- the account that brought it; its row may be nameless by now
  purpose     text not null check (purpose in ('cover', 'picture', 'logo')),
  storage_key text not null unique,
  media_type  text not null,
  bytes       bigint not null check (bytes > 0),
  width       integer,
  height      integer,
  created_at  timestamptz not null
);
create index files_owner on files (owner_id);

-- Addresses are kept in lower case, so that nobody has two accounts by typing differently.
create table users (
  id            uuid primary key,
  email         text unique check (email = lower(email)), -- personal: retention=account
  name          text not null, -- personal: retention=account
  password_hash text,
  verified_at   timestamptz,
  role          text not null default 'attendee' check (role in ('attendee', 'organizer', 'admin')),
  locale        text not null default 'en',
  time_zone     text not null default 'UTC',
  picture_id    uuid references files (id) on delete restrict,
  banned_at     timestamptz,
  left_at       timestamptz,
  -- Raised when the password or the address changes: links and codes made before are dead.
  credentials_version integer not null default 1,
  created_at    timestamptz not null,
  updated_at    timestamptz not null
);
create index users_picture on users (picture_id);

-- Wishes for an account whose address nobody has verified yet. Each try is a row of its own, with its own link and
-- code: whoever signs up with a stranger's address must not choose the password that its owner verifies.
create table sign_ups (
  id            uuid primary key,
  email         text not null check (email = lower(email)), -- personal: retention=7d
  name          text not null, -- personal: retention=7d
  password_hash text not null,
  locale        text not null,
  time_zone     text not null,
  next          text not null default '', -- where the person was going
  created_at    timestamptz not null
);
create index sign_ups_email on sign_ups (email, id desc);
create index sign_ups_age on sign_ups (created_at);

-- An address, and the account that has verified it, if any.
create table people (
  id         uuid primary key,
  email      text unique check (email = lower(email)), -- personal: retention=registrations
  name       text not null, -- personal: retention=registrations
  user_id    uuid unique references users (id) on delete restrict,
  created_at timestamptz not null
);

-- Only the SHA-256 of the cookie's 32 random bytes is stored.
create table sessions (
  id           uuid primary key,
  token_hash   bytea not null unique,
  user_id      uuid not null references users (id) on delete restrict,
  address      text not null, -- personal: retention=30d
  agent        text not null, -- personal: retention=30d
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null
);
create index sessions_user on sessions (user_id, id desc);
create index sessions_over on sessions (expires_at);

-- Tries that count against an account or a network: signing in, codes, letters on request.
create table tries (
  subject    text not null, -- 'account/<sha-256 of the address>', 'network/<prefix>'
  kind       text not null,
  count      integer not null,
  window_start timestamptz not null,
  primary key (subject, kind)
);
create index tries_age on tries (window_start);

-- More ways in than a password, each proven again before it is changed, and a way out.

-- When who sits at this session last showed a password or a passkey; nothing is changed without that.
alter table sessions add column confirmed_at timestamptz;

-- What somebody has begun and not ended: a link in a letter, a challenge, a way through another house. Each ends once,
-- by being deleted. Its token is an HMAC over the id, so nothing here opens anything by itself.
create table steps (
  id         uuid primary key,
  kind       text not null check (kind in ('magic', 'email', 'second', 'passkey', 'new_passkey', 'provider', 'pubkey')),
  user_id    uuid references users (id) on delete restrict,
  -- What is to be signed or sent back: a challenge, a PKCE verifier; or how the first half was shown.
  secret     text not null default '',
  email      text check (email = lower(email)), -- personal: retention=1d
  provider   text not null default '',
  next       text not null default '', -- where the person was going
  ends_at    timestamptz not null,
  created_at timestamptz not null
);
create index steps_user on steps (user_id);
create index steps_over on steps (ends_at);

-- One time-based second factor an account. The secret is sealed with a key that is not in the database.
create table second_factors (
  user_id      uuid primary key references users (id) on delete restrict,
  secret       bytea not null,
  -- From the first right code on; before, it is only being set up.
  confirmed_at timestamptz,
  -- The thirty seconds of the newest code that was taken, so that none is taken twice.
  last_step    bigint not null default 0,
  created_at   timestamptz not null
);

-- Ten of them replace the factor when the phone is lost; each works once. Only digests are stored.
create table recovery_codes (
  user_id    uuid not null references users (id) on delete restrict,
  code_hash  bytea not null,
  used_at    timestamptz,
  created_at timestamptz not null,
  primary key (user_id, code_hash)
);

create table passkeys (
  id            uuid primary key,
  user_id       uuid not null references users (id) on delete restrict,
  credential_id text not null unique,
  public_key    bytea not null,
  counter       bigint not null,
  transports    text[] not null default '{}',
  name          text not null, -- personal: retention=account
  -- Kept by a password manager on several devices.
  is_synced     boolean not null,
  created_at    timestamptz not null,
  last_used_at  timestamptz
);
create index passkeys_user on passkeys (user_id, id desc);

-- Accounts elsewhere that open the account here.
create table linked_accounts (
  id           uuid primary key,
  user_id      uuid not null references users (id) on delete restrict,
  provider     text not null,
  subject      text not null, -- personal: retention=account
  label        text not null, -- personal: retention=account
  created_at   timestamptz not null,
  last_used_at timestamptz,
  unique (provider, subject),
  unique (user_id, provider)
);

-- The Nostr public key that an account has proven, 32 bytes in hex.
alter table users add column pubkey text unique check (pubkey ~ '^[0-9a-f]{64}$'); -- personal: retention=account

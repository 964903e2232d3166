-- The address that an account had before it was changed, for as long as its owner can put it back. The link in the letter to it
-- is an HMAC over the id, and serves while the row is here.
create table former_addresses (
  id         uuid primary key,
  user_id    uuid not null references users (id) on delete restrict,
  email      text not null check (email = lower(email)), -- personal: retention=7d
  -- When the session began that asked for the change: what opens the account since then may be a stranger's.
  since      timestamptz not null,
  ends_at    timestamptz not null,
  created_at timestamptz not null
);
create index former_addresses_user on former_addresses (user_id, id);
create index former_addresses_over on former_addresses (ends_at);

-- The same, from when a change is asked for until it is made.
alter table steps add column since timestamptz;

-- Not known of keys that were linked before.
alter table users add column pubkey_since timestamptz;

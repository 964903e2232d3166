-- Keys that people bring along, and devices that are rung.

-- Signed requests (NIP-98) that were used, by the id of what was signed, for as long as it could be shown again.
create table spent_proofs (
  id      bytea primary key,
  ends_at timestamptz not null
);
create index spent_proofs_over on spent_proofs (ends_at);

-- A key is shown by a request that is signed with it, so that nothing is begun.
delete from steps where kind = 'pubkey';
alter table steps drop constraint steps_kind_check;
alter table steps add constraint steps_kind_check
  check (kind in ('magic', 'email', 'second', 'passkey', 'new_passkey', 'provider', 'forget'));

-- Browsers that asked to be rung (RFC 8030), each as long as somebody is signed in there.
create table push_devices (
  id         uuid primary key,
  user_id    uuid not null references users (id) on delete restrict,
  session_id uuid not null unique references sessions (id) on delete cascade,
  endpoint   text not null unique, -- personal: retention=account
  p256dh     text not null,
  auth       text not null,
  -- Whether what appears on a locked screen may name what it is about.
  shows_titles boolean not null default false,
  created_at timestamptz not null
);
create index push_devices_user on push_devices (user_id, id desc);

alter table mutes drop constraint mutes_way_check;
alter table mutes add constraint mutes_way_check check (way in ('letter', 'notice', 'push'));

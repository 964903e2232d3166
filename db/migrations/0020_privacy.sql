-- What somebody has asked to take along: one file of all that the house knows of them, for a week.

create table data_exports (
  id       uuid primary key,
  user_id  uuid not null references users (id) on delete restrict,
  -- How large the file is, once it is made.
  bytes    bigint check (bytes > 0),
  asked_at timestamptz not null,
  ready_at timestamptz,
  ends_at  timestamptz,
  check ((bytes is null) = (ready_at is null) and (bytes is null) = (ends_at is null))
);
create index data_exports_user on data_exports (user_id, id desc);
create unique index data_exports_one_at_once on data_exports (user_id) where ready_at is null;
create index data_exports_over on data_exports (ends_at);

-- Who has no account asks to be forgotten by a letter to their address.
alter table steps drop constraint steps_kind_check;
alter table steps add constraint steps_kind_check
  check (kind in ('magic', 'email', 'second', 'passkey', 'new_passkey', 'provider', 'pubkey', 'forget'));
create index steps_email on steps (email);


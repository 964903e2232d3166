-- What every module leans on: facts and their delivery, timers, letters, channels, the audit log,
-- and the memory of requests that may be repeated.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- Something that happened, written in the transaction that did it. `delivered` names the subscribers that have
-- heard it, so that a retry reaches only those that have not.
create table facts (
  id        uuid primary key,
  name      text not null,
  payload   jsonb not null,
  at        timestamptz not null,
  delivered text[] not null default '{}'
);

-- What is to happen at a time of our own clock; the worker asks each second. The same key replaces.
create table timers (
  key     text primary key,
  due_at  timestamptz not null,
  job     text not null,
  payload jsonb not null
);
create index timers_due on timers (due_at);

-- Workers that live say so; the jobs of one that fell silent are given back.
create table worker_heartbeats (
  worker_id text primary key,
  beat_at   timestamptz not null
);

-- Letters: recorded exactly once by key, handed over at least once with a stable Message-ID.
create table letters (
  id          uuid primary key,
  key         text not null unique,
  kind        text not null,
  lane        text not null check (lane in ('urgent', 'normal', 'bulk')),
  to_address  text not null check (to_address = lower(to_address)), -- personal: retention=90d
  to_name     text not null default '', -- personal: retention=90d
  subject     text not null, -- personal: retention=90d
  html        text not null, -- personal: retention=90d
  text        text not null, -- personal: retention=90d
  attachments jsonb not null default '[]', -- personal: retention=90d
  message_id  text not null unique,
  status      text not null default 'waiting' check (status in ('waiting', 'handed_over', 'failed')),
  attempts    integer not null default 0,
  last_error  text,
  created_at  timestamptz not null,
  handed_over_at timestamptz
);
create index letters_newest on letters (created_at desc, id desc);
create index letters_to on letters (to_address, created_at desc);

-- Ordered streams of operations. `seq` is counted on the locked channel row, so order is kept and nothing is skipped.
create table channels (
  name text primary key,
  seq  bigint not null default 0
);
create table channel_operations (
  channel text not null references channels (name) on delete restrict,
  seq     bigint not null,
  op      text not null,
  at      timestamptz not null,
  body    jsonb not null, -- personal: retention=event
  primary key (channel, seq)
);

-- Requests that name an Idempotency-Key, per caller; the reply is kept so that a repetition gets the same answer.
create table idempotency_keys (
  caller     text not null,
  key        text not null,
  route      text not null,
  body_hash  text not null,
  reply      jsonb,
  created_at timestamptz not null,
  primary key (caller, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

-- Who did what to which thing. Never changed, never deleted.
create table audit_entries (
  id           uuid primary key,
  at           timestamptz not null,
  actor_kind   text not null check (actor_kind in ('anonymous', 'user', 'key', 'system')),
  actor_id     uuid,
  action       text not null,
  subject_kind text not null,
  subject_id   uuid not null,
  old          jsonb not null default '{}',
  new          jsonb not null default '{}',
  request_id   text not null,
  -- Of what `audit_personal` says, with its salt: it goes, this stays.
  personal_digest bytea not null
);
create index audit_entries_subject on audit_entries (subject_kind, subject_id, at, id);
create index audit_entries_actor on audit_entries (actor_id, at);

-- The part of an entry that names a person; it lies apart, so that it can be erased and the chain still holds.
create table audit_personal (
  entry_id uuid primary key references audit_entries (id) on delete restrict,
  salt     bytea not null,
  address  text not null, -- personal: retention=1y
  agent    text not null -- personal: retention=1y
);

-- Entries that no chain holds yet.
create table audit_open (
  entry_id uuid primary key references audit_entries (id) on delete restrict
);

-- Entries chained per subject by a job after commit.
create table audit_chain (
  subject_kind text not null,
  subject_id   uuid not null,
  position     bigint not null,
  entry_id     uuid not null unique references audit_entries (id) on delete restrict,
  digest       bytea not null,
  primary key (subject_kind, subject_id, position)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger audit_entries_append_only before update or delete on audit_entries
  for each statement execute function refuse_change();
create trigger audit_chain_append_only before update or delete on audit_chain
  for each statement execute function refuse_change();
create trigger audit_entries_kept before truncate on audit_entries
  for each statement execute function refuse_change();
create trigger audit_chain_kept before truncate on audit_chain
  for each statement execute function refuse_change();

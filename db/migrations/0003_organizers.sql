-- The public face that events belong to: a person's or a team's.
create table organizers (
  id         uuid primary key,
  slug       text not null unique check (slug = lower(slug)),
  name       text not null,
  bio        text not null default '',
  website    text not null default '',
  logo_id    uuid references files (id) on delete restrict,
  hue        integer not null check (hue between 0 and 359),
  time_zone  text not null,
  -- The account it was made for by itself; at most one each, however often they start organizing at once.
  personal_user_id uuid unique references users (id) on delete restrict,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index organizers_logo on organizers (logo_id);

create table organizer_members (
  organizer_id uuid not null references organizers (id) on delete restrict,
  user_id      uuid not null references users (id) on delete restrict,
  role         text not null check (role in ('owner', 'admin', 'member')),
  created_at   timestamptz not null,
  -- Where a list means "mine" and names no organizer, the one last used is meant.
  last_used_at timestamptz not null,
  primary key (organizer_id, user_id)
);
create index organizer_members_user on organizer_members (user_id);

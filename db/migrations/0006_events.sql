-- What an organizer publishes. Live and past are derived from the time and the room, never stored.
create table categories (
  id       uuid primary key,
  slug     text not null unique,
  name     text not null,
  position integer not null
);
insert into categories (id, slug, name, position) values
  ('01900000-0000-7000-8000-000000000001', 'support', 'Support groups', 1),
  ('01900000-0000-7000-8000-000000000002', 'therapy', 'Therapy & counselling', 2),
  ('01900000-0000-7000-8000-000000000003', 'mindfulness', 'Mindfulness', 3),
  ('01900000-0000-7000-8000-000000000004', 'workshops', 'Workshops & skills', 4),
  ('01900000-0000-7000-8000-000000000005', 'talks', 'Talks & panels', 5),
  ('01900000-0000-7000-8000-000000000006', 'community', 'Community', 6),
  ('01900000-0000-7000-8000-000000000007', 'movement', 'Movement & retreats', 7),
  ('01900000-0000-7000-8000-000000000008', 'training', 'Professional training', 8);

create table events (
  id           uuid primary key,
  organizer_id uuid not null references organizers (id) on delete restrict,
  slug         text not null unique check (slug = lower(slug)),
  title        text not null,
  summary      text not null default '',
  description  text not null default '', -- Markdown
  cover_id     uuid references files (id) on delete restrict,
  hue          integer not null check (hue between 0 and 359),
  category_id  uuid references categories (id) on delete restrict,
  kind         text check (kind ~ '^[a-z_]+$'), -- 000's event_type; the words are in contract/events.ts
  format       text not null check (format in ('in_person', 'virtual', 'hybrid')),
  visibility   text not null check (visibility in ('public', 'unlisted', 'invite_only', 'private')),
  language     text not null default 'en',
  status       text not null check (status in ('draft', 'in_review', 'published', 'cancelled')),
  place_name   text not null default '',
  place_address text not null default '',
  place_notes  text not null default '',
  capacity           integer check (capacity > 0),
  in_person_capacity integer check (in_person_capacity > 0),
  virtual_capacity   integer check (virtual_capacity > 0),
  registration_opens_at  timestamptz,
  registration_closes_at timestamptz,
  needs_approval boolean not null default false,
  has_waitlist   boolean not null default true,
  -- Raised by every change; an autosave that started from an older one is refused.
  version      integer not null default 1,
  created_by   uuid not null references users (id) on delete restrict,
  published_at timestamptz,
  cancelled_at timestamptz,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  search       tsvector generated always as (
    setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', summary), 'B')
    || setweight(to_tsvector('simple', description), 'D') || setweight(to_tsvector('simple', place_name), 'C')) stored,
  check (registration_closes_at > registration_opens_at)
);
create index events_organizer on events (organizer_id, updated_at desc, id);
create index events_newest on events (published_at desc, id desc) where status = 'published' and visibility = 'public';
create index events_search on events using gin (search);
create index events_cover on events (cover_id);
create index events_category on events (category_id);
create index events_created_by on events (created_by);

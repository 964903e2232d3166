-- What organizers ask of those who register or book, and what was answered.

-- A list of questions as it was from some time on; the newest is the one that is asked. It is never changed, so that answers
-- keep the wording they were given to.
create table question_sets (
  id         uuid primary key,
  source_id  uuid not null, -- the event or the event type
  version    integer not null check (version > 0),
  questions  jsonb not null, -- Question[] of contract/questions.ts
  created_by uuid references users (id) on delete restrict,
  created_at timestamptz not null
);
create unique index question_sets_version on question_sets (source_id, version desc);
create index question_sets_created_by on question_sets (created_by);

-- What somebody answered with their registration, by the ids of the questions.
create table question_answers (
  registration_id uuid primary key references registrations (id) on delete restrict,
  set_id          uuid not null references question_sets (id) on delete restrict,
  answers         jsonb not null, -- personal: retention=event
  -- Those to sensitive questions, encrypted; they are shown, taken along and forgotten with the others.
  sealed          bytea,
  created_at      timestamptz not null
);
create index question_answers_set on question_answers (set_id);

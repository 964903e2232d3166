-- Every limited thing is a pool, which the database refuses to overfill; `overbooked_to` is raised only by an audited act.
create table pools (
  id            uuid primary key,
  key           text not null unique, -- 'type/<type>/<gathering>', 'gathering/<gathering>', 'side/virtual/<gathering>' …
  capacity      integer check (capacity >= 0), -- null means no limit
  held          integer not null default 0 check (held >= 0),
  taken         integer not null default 0 check (taken >= 0),
  overbooked_to integer not null default 0 check (overbooked_to >= 0),
  constraint pools_not_overfilled check (capacity is null or held + taken <= greatest(capacity, overbooked_to))
);

-- Who takes how much of a pool; the counters are the sum of these.
create table claims (
  pool_id    uuid not null references pools (id) on delete restrict,
  subject_id uuid not null, -- a registration
  state      text not null check (state in ('held', 'taken')),
  amount     integer not null check (amount > 0),
  primary key (subject_id, pool_id)
);
create index claims_pool on claims (pool_id);

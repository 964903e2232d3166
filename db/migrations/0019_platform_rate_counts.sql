-- Tries of callers at routes, counted by all processes together. They are about the last minute, so what a crash takes
-- of them nobody misses; unlogged, they cost no wait for the disk.
create unlogged table rate_counts (
  key   text primary key, -- personal: retention=1h
  since timestamptz not null,
  tries integer not null
);

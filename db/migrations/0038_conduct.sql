-- A code of conduct is accepted as it was worded that day: a registration keeps the digest of the words that its holder
-- accepted, and whoever accepted others is asked again at the door.
create function digest_of(words text) returns text language sql immutable strict parallel safe
  return case when words <> '' then encode(sha256(convert_to(words, 'UTF8')), 'hex') end;

alter table events add column conduct_digest text generated always as (digest_of(conduct)) stored;
alter table registrations add column conduct_accepted text; -- the digest of the words that were accepted

-- Admins look for letters by a part of an address, among hundreds of thousands.
create index letters_looked_for on letters using gin (to_address gin_trgm_ops);

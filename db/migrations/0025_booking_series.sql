-- Parties that come again and again: what was booked at once, each occurrence a booking of its own.
alter table booking_attendees
  add column series_id       uuid, -- the same for all that were booked at once
  add column series_sequence integer check (series_sequence between 1 and 365), -- its number among the rule's dates
  add column is_exception    boolean not null default false, -- moved away from where its rule has it
  add check ((series_id is null) = (series_sequence is null)),
  add check (series_id is not null or not is_exception);
create unique index booking_attendees_series on booking_attendees (series_id, series_sequence);

-- Teams in scheduling: who hosts is read through who is a member, invitees bring guests, and an organizer has a step of its own.

-- Only members of its organizer host an event type: one who leaves is offered no more from that moment on, one who comes back
-- is offered again. What is kept of its hosts was read with another version.
create function raise_hosted_types() returns trigger language plpgsql as $$
declare
  member organizer_members := case when tg_op = 'DELETE' then old else new end;
begin
  update event_types set version = version + 1
  where organizer_id = member.organizer_id
    and id in (select event_type_id from event_type_hosts where user_id = member.user_id);
  return null;
end $$;
create trigger organizer_members_raise after insert or delete on organizer_members
  for each row execute function raise_hosted_types();

-- How far the starts of its event types lie apart, unless one says otherwise; 0: as far as it is long.
alter table organizers
  add column slot_interval_minutes integer not null default 0 check (slot_interval_minutes between 0 and 60);

-- A guest is brought by an invitee: comes along, takes no seat, and decides for nobody else.
alter table booking_attendees add column guest_of uuid references booking_attendees (id) on delete restrict;
create index booking_attendees_guest_of on booking_attendees (guest_of);
alter table booking_attendees drop constraint booking_attendees_seats_check;
alter table booking_attendees add constraint booking_attendees_seats_check
  check (seats between 0 and 100 and (seats = 0) = (guest_of is not null));

update event_types set rules = rules || '{"maxGuests": 5}' where not rules ? 'maxGuests';

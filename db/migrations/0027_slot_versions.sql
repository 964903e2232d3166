-- What the free times of an event type depend on beside its hosts: its bookings, for limits and seats. The version is raised
-- in the transaction that changes any of them; it has a row of its own, so that whoever holds a pool never waits for whoever
-- holds the event type.
create table event_type_versions (
  event_type_id uuid primary key references event_types (id) on delete restrict,
  version       bigint not null default 1
);

create function raise_event_type() returns trigger language plpgsql as $$
declare
  raised uuid := case when tg_op = 'DELETE' then old.event_type_id else new.event_type_id end;
begin
  insert into event_type_versions (event_type_id) values (raised)
    on conflict (event_type_id) do update set version = event_type_versions.version + 1;
  return null;
end $$;
create trigger bookings_raise after insert or update or delete on bookings for each row execute function raise_event_type();

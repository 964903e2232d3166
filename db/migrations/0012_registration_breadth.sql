-- Seats that a buyer names later are registrations without a person, found by who took them.
create index registrations_unnamed on registrations (registered_by, gathering_id) where person_id is null;

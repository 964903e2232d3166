-- Which events show a picture of somebody who speaks, kept by the database itself: it is asked with every picture that is
-- read, and in JSON nothing is found fast enough for that.
drop index events_speakers;
create table speaker_pictures (
  file_id  uuid not null references files (id) on delete restrict,
  event_id uuid not null references events (id) on delete cascade,
  primary key (file_id, event_id)
);
create index speaker_pictures_event on speaker_pictures (event_id);

create function keep_speaker_pictures() returns trigger language plpgsql as $$
begin
  delete from speaker_pictures where event_id = new.id;
  insert into speaker_pictures (file_id, event_id)
    select distinct (speaker->>'pictureId')::uuid, new.id from jsonb_array_elements(new.speakers) as speaker
    where speaker->>'pictureId' is not null;
  return null;
end $$;
create trigger pictures_new after insert on events for each row when (new.speakers <> '[]')
  execute function keep_speaker_pictures();
create trigger pictures_changed after update on events for each row when (old.speakers is distinct from new.speakers)
  execute function keep_speaker_pictures();

insert into speaker_pictures (file_id, event_id)
  select distinct (speaker->>'pictureId')::uuid, e.id from events e, jsonb_array_elements(e.speakers) as speaker
  where speaker->>'pictureId' is not null;

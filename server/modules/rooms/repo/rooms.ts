import { sql } from "kysely";

import type { GatheringSettings } from "#contract/gatherings.ts";
import type { GatheringStatus } from "#domain/gatherings/states.ts";
import type { RoomStatus } from "#domain/rooms/states.ts";
import type { Db, Tx } from "#server/platform/db.ts";

/** What rooms know of a gathering, whatever made it, and its room where there is one. */
export interface Gathering {
  id: string;
  eventId: string;
  title: string;
  status: GatheringStatus;
  format: "in_person" | "virtual" | "hybrid";
  startTime: Date | null;
  endTime: Date | null;
  timeZone: string;
  sequence: number;
  settings: GatheringSettings;
  slug: string | null;
  roomId: string | null;
  roomStatus: RoomStatus;
  openedAt: Date | null;
  endedAt: Date | null;
  /** When the room ends by itself, where somebody has kept it open or the timer stands. */
  endsAt: Date | null;
}

export async function findGathering(db: Db, gatheringId: string): Promise<Gathering | undefined> {
  const { rows } = await sql<Gathering>`
    select g.id, g.source_id as "eventId", g.title, g.status, g.format, g.start_time as "startTime", g.end_time as "endTime",
      g.time_zone as "timeZone", g.sequence, g.settings, e.slug, room.id as "roomId",
      coalesce(room.status, 'scheduled') as "roomStatus", room.opened_at as "openedAt", room.ended_at as "endedAt",
      timer.due_at as "endsAt"
    from gatherings g
    left join events e on e.id = g.source_id
    left join rooms room on room.gathering_id = g.id and room.parent_id is null
    left join timers timer on timer.key = 'room/end/' || g.id
    where g.id = ${gatheringId}`.execute(db);
  return rows[0];
}

/** The gatherings whose rooms are open and where somebody has been, is registered, or belongs to the team. */
export async function listOpenRoomsOf(db: Db, personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select r.gathering_id as id from rooms r
    join gatherings g on g.id = r.gathering_id
    left join people p on p.id = ${personId}
    where r.status = 'open' and (
      exists (select from room_visits v where v.room_id = r.id and v.person_id = p.id)
      or exists (select from registrations where gathering_id = g.id and person_id = p.id)
      or exists (select from gathering_roles where gathering_id = g.id and user_id = p.user_id)
      or exists (select from organizer_members where organizer_id = g.organizer_id and user_id = p.user_id))`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Holds the room's row, so that what is decided about it is decided one after another; made where it is not there yet. */
export async function lockRoom(tx: Tx, { id, gatheringId, now }: { id: string; gatheringId: string; now: Date }) {
  await sql`insert into rooms (id, gathering_id, status, created_at) values (${id}, ${gatheringId}, 'scheduled', ${now})
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<{
    id: string;
    status: RoomStatus;
    openedAt: Date | null;
    endedAt: Date | null;
  }>`select id, status, opened_at as "openedAt", ended_at as "endedAt" from rooms
    where gathering_id = ${gatheringId} and parent_id is null for no key update`.execute(tx);
  const room = rows[0];
  if (!room) throw new Error("A room that was made is not there.");
  return room;
}

export async function openRoom(tx: Tx, roomId: string, now: Date): Promise<void> {
  await tx
    .updateTable("rooms")
    .set((eb) => ({ status: "open", opened_at: eb.fn.coalesce("opened_at", eb.val(now)), ended_at: null }))
    .where("id", "=", roomId)
    .execute();
}

export async function endRoom(tx: Tx, roomId: string, now: Date): Promise<void> {
  await tx.updateTable("rooms").set({ status: "ended", ended_at: now }).where("id", "=", roomId).execute();
}

/** The gathering that a room of the engine belongs to. */
export async function findRoom(db: Db, roomId: string) {
  return db
    .selectFrom("rooms")
    .select(["id", "gathering_id as gatheringId", "status"])
    .where("id", "=", roomId)
    .executeTakeFirst();
}

/** Rooms in which somebody may be: those that are open, and those whose ledger has not been closed. */
export async function listLivelyRooms(db: Db): Promise<{ id: string; gatheringId: string }[]> {
  const { rows } = await sql<{ id: string; gatheringId: string }>`
    select id, gathering_id as "gatheringId" from rooms
    where status = 'open' or exists (select from room_visits v where v.room_id = rooms.id and v.left_at is null)
    order by id limit 1000`.execute(db);
  return rows;
}

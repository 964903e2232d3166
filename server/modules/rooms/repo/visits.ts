import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

export interface Visit {
  id: string;
  roomId: string;
  gatheringId: string;
  personId: string;
  device: string;
  displayName: string;
  role: string;
  sid: string;
}

export interface Told {
  joinedAt?: Date;
  leftAt?: Date;
  seenAt: Date;
}

/**
 * Notes what is known of one connection, whatever came before: told twice, late, or in the wrong order, the row ends the
 * same. Returns whether it is new.
 */
export async function noteVisit(tx: Tx, visit: Visit, told: Told): Promise<{ isNew: boolean }> {
  const { rows } = await sql<{ isNew: boolean }>`
    insert into room_visits (id, room_id, gathering_id, person_id, device, display_name, role, participant_sid,
      joined_at, left_at, last_seen_at)
    values (${visit.id}, ${visit.roomId}, ${visit.gatheringId}, ${visit.personId}, ${visit.device}, ${visit.displayName},
      ${visit.role}, ${visit.sid}, ${told.joinedAt ?? null}, ${told.leftAt ?? null}, ${told.seenAt})
    on conflict (participant_sid) do update set
      joined_at = least(room_visits.joined_at, excluded.joined_at),
      left_at = greatest(room_visits.left_at, excluded.left_at),
      last_seen_at = greatest(room_visits.last_seen_at, excluded.last_seen_at)
    returning (xmax = 0) as "isNew"`.execute(tx);
  return { isNew: rows[0]?.isNew ?? false };
}

/** Notes the same sign of life of many. */
export async function noteLife(db: Db, sids: readonly string[], seenAt: Date): Promise<void> {
  if (sids.length === 0) return;
  await sql`update room_visits set last_seen_at = greatest(last_seen_at, ${seenAt}::timestamptz)
    where participant_sid = any(${sids}) and left_at is null`.execute(db);
}

/** Those who are in the room by its ledger, and were last heard of before a time. */
export async function listOpenVisits(db: Db, roomId: string, seenBefore: Date) {
  return db
    .selectFrom("room_visits")
    .select(["participant_sid as sid", "person_id as personId"])
    .where("room_id", "=", roomId)
    .where("left_at", "is", null)
    .where("last_seen_at", "<", seenBefore)
    .execute();
}

/** Closes visits at their last sign of life: nobody said that they left. */
export async function closeVisits(tx: Tx, sids: readonly string[]): Promise<void> {
  if (sids.length === 0) return;
  await sql`update room_visits set left_at = greatest(coalesce(joined_at, last_seen_at), last_seen_at)
    where participant_sid = any(${sids}) and left_at is null`.execute(tx);
}

export async function isHere(db: Db, gatheringId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom("room_visits")
    .select("id")
    .where("gathering_id", "=", gatheringId)
    .where("person_id", "=", personId)
    .where("joined_at", "is not", null)
    .where("left_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many people are in the room, of all devices. */
export async function countHere(db: Db, gatheringId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(distinct person_id)::integer as count from room_visits
    where gathering_id = ${gatheringId} and joined_at is not null and left_at is null`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function listVisits(db: Db, gatheringId: string, limit: number) {
  return db
    .selectFrom("room_visits")
    .select([
      "id",
      "person_id as personId",
      "participant_sid as sid",
      "display_name as name",
      "joined_at as joinedAt",
      "left_at as leftAt",
      "last_seen_at as lastSeenAt",
    ])
    .where("gathering_id", "=", gatheringId)
    .orderBy("last_seen_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

export async function erasePerson(db: Db, personId: string, name: string): Promise<void> {
  await db
    .updateTable("room_visits")
    .set({ display_name: name, device: "" })
    .where("person_id", "=", personId)
    .execute();
}

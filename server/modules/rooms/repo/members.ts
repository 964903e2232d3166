import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

type Admission = "waiting" | "admitted" | "denied" | "removed" | "banned";

export async function setMember(
  tx: Tx,
  member: {
    roomId: string;
    personId: string;
    admission: Admission;
    muted: boolean;
    by: string | null;
    now: Date;
  },
): Promise<void> {
  const changes = {
    admission: member.admission,
    muted: member.muted,
    updated_at: member.now,
    updated_by: member.by,
  };
  await tx
    .insertInto("room_members")
    .values({ room_id: member.roomId, person_id: member.personId, ...changes })
    .onConflict((oc) => oc.columns(["room_id", "person_id"]).doUpdateSet(changes))
    .execute();
}

export async function findMember(db: Db, roomId: string, personId: string) {
  const row = await db
    .selectFrom("room_members")
    .select(["admission", "muted", "updated_at as updatedAt"])
    .where("room_id", "=", roomId)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return row as { admission: Admission; muted: boolean; updatedAt: Date } | undefined;
}

export interface PersonRow {
  personId: string;
  name: string;
  role: string;
  isHere: boolean;
  muted: boolean;
  admission: Admission | null;
}

/**
 * Those who are in the room now, and those whom a host has shut out; one line for each person, however many devices
 * they brought.
 */
export async function listPeople(db: Db, gatheringId: string, only?: string): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    with last as (
      select distinct on (v.person_id) v.person_id, v.display_name, v.role,
        bool_or(v.joined_at is not null and v.left_at is null) over (partition by v.person_id) as here
      from room_visits v where v.gathering_id = ${gatheringId} and (${only ?? null}::uuid is null or v.person_id = ${only ?? null}::uuid)
      order by v.person_id, v.last_seen_at desc, v.id),
    decided as (
      select m.person_id, m.admission, m.muted from room_members m
      join rooms room on room.id = m.room_id and room.gathering_id = ${gatheringId} and room.parent_id is null
      where ${only ?? null}::uuid is null or m.person_id = ${only ?? null}::uuid)
    select p.id as "personId", coalesce(last.display_name, r.display_name, p.name) as name, coalesce(last.role, 'attendee') as role,
      coalesce(last.here, false) as "isHere", coalesce(decided.muted, false) as muted, decided.admission
    from people p
    left join last on last.person_id = p.id
    left join decided on decided.person_id = p.id
    left join lateral (select display_name from registrations
      where person_id = p.id and gathering_id = ${gatheringId} order by created_at limit 1) r on true
    where p.id in (select person_id from last union select person_id from decided)
      and (${only ?? null}::uuid is not null or last.here or decided.admission in ('denied', 'removed', 'banned'))
    order by name, p.id limit 1000`.execute(db);
  return rows;
}

/** Those who wait in the lobby of a gathering and were heard of since then. */
export async function listWaiting(
  db: Db,
  gatheringId: string,
  since: Date,
): Promise<{ personId: string; name: string }[]> {
  const { rows } = await sql<{ personId: string; name: string }>`
    select p.id as "personId", coalesce(r.display_name, p.name) as name
    from rooms room
    join room_members m on m.room_id = room.id and m.admission = 'waiting' and m.updated_at > ${since}
    join people p on p.id = m.person_id
    left join lateral (select display_name from registrations
      where person_id = p.id and gathering_id = ${gatheringId} order by created_at limit 1) r on true
    where room.gathering_id = ${gatheringId} and room.parent_id is null
    order by name, p.id limit 1000`.execute(db);
  return rows;
}

/** Takes somebody out of the lobby; says whether they were there. What a host has decided about them stays. */
export async function stopWaiting(tx: Tx, gatheringId: string, personId: string): Promise<boolean> {
  const { rows } = await sql`delete from room_members m using rooms room
    where room.id = m.room_id and room.gathering_id = ${gatheringId} and room.parent_id is null
      and m.person_id = ${personId} and m.admission = 'waiting' and not m.muted returning 1`.execute(tx);
  return rows.length > 0;
}

/** What a person is asked about at a door when only their id is known: their account, and their registrations there. */
export async function findAsker(db: Db, personId: string, gatheringId: string) {
  const { rows } = await sql<{
    userId: string | null;
    isAdmin: boolean;
    name: string;
    registrationIds: string[];
  }>`select p.user_id as "userId", coalesce(u.role = 'admin', false) as "isAdmin", p.name,
      array(select id from registrations where person_id = p.id and gathering_id = ${gatheringId}) as "registrationIds"
    from people p left join users u on u.id = p.user_id where p.id = ${personId}`.execute(db);
  return rows[0];
}

export async function findName(db: Db, personId: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select coalesce(u.name, p.name) as name
    from people p left join users u on u.id = p.user_id where p.id = ${personId}`.execute(db);
  return rows[0]?.name;
}

export interface Guest {
  registrationId: string;
  personId: string;
  linkVersion: number;
  name: string;
  email: string;
  locale: string;
}

/** Whose places are for the online side, by person: whom a reminder is for is asked when it goes out. */
export async function listRsvps(db: Db, gatheringId: string): Promise<string[]> {
  const { rows } = await sql<{ personId: string }>`select distinct person_id as "personId" from registrations
    where gathering_id = ${gatheringId} and status = 'confirmed' and side in ('virtual', 'both') and person_id is not null
    order by 1`.execute(db);
  return rows.map(({ personId }) => personId);
}

/** The registrations of these people, each with what its letter needs. */
export async function listToRemind(db: Db, gatheringId: string, personIds: readonly string[]): Promise<Guest[]> {
  const { rows } = await sql<Guest>`
    select distinct on (r.person_id) r.id as "registrationId", r.person_id as "personId", r.link_version as "linkVersion",
      r.name, p.email, coalesce(u.locale, r.locale) as locale
    from registrations r join people p on p.id = r.person_id left join users u on u.id = p.user_id
    where r.gathering_id = ${gatheringId} and r.status = 'confirmed' and r.side in ('virtual', 'both')
      and r.person_id = any(${personIds}::uuid[]) and p.email is not null
    order by r.person_id, r.id`.execute(db);
  return rows;
}

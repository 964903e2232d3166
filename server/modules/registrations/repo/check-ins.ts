import { sql } from "kysely";

import type { Side } from "#domain/registrations/places.ts";
import type { RegistrationStatus } from "#domain/registrations/states.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface Holder {
  registrationId: string;
  name: string;
  ticketTypeName: string | null;
  side: Side;
  status: RegistrationStatus;
}

const holder = sql`select r.id as "registrationId", r.name, tt.name as "ticketTypeName", r.side, r.status
  from registrations r left join ticket_types tt on tt.id = r.ticket_type_id`;

/** The registration that a ticket proves at a gathering; a code of an older version proves nothing. */
export async function findByTicket(
  db: Db,
  about: { gatheringId: string; ticketId: string; version: number },
): Promise<Holder | undefined> {
  const { rows } = await sql<Holder>`${holder} join tickets t on t.id = r.ticket_id
    where r.gathering_id = ${about.gatheringId} and t.id = ${about.ticketId} and t.code_version = ${about.version}
    order by r.status = 'confirmed' desc limit 1`.execute(db);
  return rows[0];
}

/** The same by the last 48 bits of the ticket's id, which the short code is made of. */
export async function findByTail(db: Db, gatheringId: string, tail: string): Promise<Holder | undefined> {
  const { rows } = await sql<Holder>`${holder}
    where r.gathering_id = ${gatheringId} and right(r.ticket_id::text, 12) = ${tail}
    order by r.status = 'confirmed' desc limit 2`.execute(db);
  return rows[0];
}

export async function findById(db: Db, gatheringId: string, id: string): Promise<Holder | undefined> {
  const { rows } = await sql<Holder>`${holder} where r.gathering_id = ${gatheringId} and r.id = ${id}`.execute(db);
  return rows[0];
}

export interface CheckInRow {
  id: string;
  registrationId: string;
  gatheringId: string;
  name: string;
  ticketTypeName: string | null;
  side: Side;
  list: string;
  gate: string;
  at: Date;
}

const checkIn = sql`select c.id, c.registration_id as "registrationId", c.gathering_id as "gatheringId", r.name,
    tt.name as "ticketTypeName", r.side, c.list, c.gate, c.at
  from check_ins c join registrations r on r.id = c.registration_id left join ticket_types tt on tt.id = r.ticket_type_id`;

/**
 * Admits who has a place, once per list, however many scanners read the code at that moment: only one of them is told so.
 *
 * The registration is locked, so that a place given up at the same moment either counts as used or lets nobody in.
 */
export async function insertCheckIn(
  tx: Tx,
  row: {
    id: string;
    gatheringId: string;
    registrationId: string;
    list: string;
    gate: string;
    at: Date;
    byUserId: string;
  },
): Promise<boolean> {
  const { rows } = await sql`with admitted as (
      select id from registrations where id = ${row.registrationId} and status = 'confirmed' for no key update)
    insert into check_ins (id, gathering_id, registration_id, list, gate, at, by_user_id)
    select ${row.id}::uuid, ${row.gatheringId}::uuid, id, ${row.list}, ${row.gate}, ${row.at}::timestamptz, ${row.byUserId}::uuid
    from admitted
    on conflict (registration_id, list) where undone_at is null do nothing
    returning id`.execute(tx);
  return rows.length > 0;
}

/** The admission that stands, if there is one. */
export async function findStanding(db: Db, registrationId: string, list: string): Promise<CheckInRow | undefined> {
  const { rows } = await sql<CheckInRow>`${checkIn}
    where c.registration_id = ${registrationId} and c.list = ${list} and c.undone_at is null`.execute(db);
  return rows[0];
}

export async function findCheckIn(db: Db, id: string): Promise<CheckInRow | undefined> {
  const { rows } = await sql<CheckInRow>`${checkIn} where c.id = ${id} and c.undone_at is null`.execute(db);
  return rows[0];
}

export async function undoCheckIn(tx: Tx, id: string, by: { userId: string; at: Date }): Promise<boolean> {
  const undone = await tx
    .updateTable("check_ins")
    .set({ undone_at: by.at, undone_by: by.userId })
    .where("id", "=", id)
    .where("undone_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return undone !== undefined;
}

/** Whether somebody is in by another list still. */
export async function isStillIn(tx: Tx, registrationId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("check_ins")
    .select("id")
    .where("registration_id", "=", registrationId)
    .where("undone_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function listRecent(db: Db, gatheringId: string, list: string, most: number): Promise<CheckInRow[]> {
  const { rows } = await sql<CheckInRow>`${checkIn}
    where c.gathering_id = ${gatheringId} and c.list = ${list} and c.undone_at is null
    order by c.at desc, c.id desc limit ${most}`.execute(db);
  return rows;
}

export async function countDoor(
  db: Db,
  gatheringId: string,
  list: string,
): Promise<{ admitted: number; expected: number }> {
  const { rows } = await sql<{ admitted: number; expected: number }>`select
      (select count(*)::integer from check_ins where gathering_id = ${gatheringId} and list = ${list} and undone_at is null) as admitted,
      (select count(*)::integer from registrations r join gatherings g on g.id = r.gathering_id
        where r.gathering_id = ${gatheringId} and r.status = 'confirmed' and (r.side <> 'virtual' or g.format = 'virtual')) as expected`.execute(
    db,
  );
  return rows[0] ?? { admitted: 0, expected: 0 };
}

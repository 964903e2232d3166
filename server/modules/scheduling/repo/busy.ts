import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

/** A time at which a host is busy, and what makes them so. */
export interface BusyRow {
  userId: string;
  kind: "occurrence" | "talk" | "booking";
  gatheringId: string;
  sourceId: string;
  startTime: Date;
  endTime: Date;
  /** With the buffers. */
  from: Date;
  until: Date;
  seatsTaken: number;
}

/** What hosts are busy with between two instants; of a booking also how many places of it are taken. */
export async function listBusy(db: Db, userIds: readonly string[], from: Date, to: Date): Promise<BusyRow[]> {
  const { rows } =
    await sql<BusyRow>`select b.user_id as "userId", g.kind, g.id as "gatheringId", g.source_id as "sourceId",
      g.start_time as "startTime", g.end_time as "endTime", lower(b.during) as "from", upper(b.during) as "until",
      case when g.kind = 'booking' then coalesce(p.held + p.taken, 1) else 1 end as "seatsTaken"
    from busy_ranges b join gatherings g on g.id = b.gathering_id
    left join pools p on g.kind = 'booking' and p.key = 'gathering/' || g.id
    where b.user_id = any(${userIds}::uuid[]) and b.during && tstzrange(${from}, ${to})`.execute(db);
  return rows;
}

/** The bookings of an event type that take their time between two instants, whoever hosts them. */
export async function listBooked(db: Db, eventTypeId: string, from: Date, to: Date) {
  const { rows } = await sql<{ id: string; startTime: Date; endTime: Date }>`
    select b.id, b.start_time as "startTime", b.end_time as "endTime" from bookings b
    where b.event_type_id = ${eventTypeId} and b.start_time >= ${from} and b.start_time < ${to}
      and b.status in ('pending', 'awaiting_payment', 'confirmed', 'completed', 'no_show')
      and (b.status <> 'pending' or exists (select from busy_ranges r where r.gathering_id = b.id))`.execute(db);
  return rows;
}

export interface HoldRow {
  id: string;
  userId: string;
  eventTypeId: string;
  startTime: Date;
  endTime: Date;
  from: Date;
  until: Date;
  seats: number;
  expiresAt: Date;
}

export async function listHolds(db: Db, userIds: readonly string[], now: Date): Promise<HoldRow[]> {
  const { rows } = await sql<HoldRow>`select id, user_id as "userId", event_type_id as "eventTypeId",
      start_time as "startTime", end_time as "endTime", lower(during) as "from", upper(during) as "until", seats,
      expires_at as "expiresAt"
    from slot_holds where user_id = any(${userIds}::uuid[]) and expires_at > ${now}`.execute(db);
  return rows;
}

export async function insertHolds(tx: Tx, rows: readonly HoldRow[]): Promise<void> {
  for (const row of rows.toSorted((a, b) => (a.userId < b.userId ? -1 : 1)))
    await sql`insert into slot_holds (id, user_id, event_type_id, start_time, end_time, during, seats, expires_at)
      values (${row.id}, ${row.userId}, ${row.eventTypeId}, ${row.startTime}, ${row.endTime},
        tstzrange(${row.from}, ${row.until}), ${row.seats}, ${row.expiresAt})`.execute(tx);
}

export async function deleteHold(tx: Tx, id: string): Promise<void> {
  await sql`delete from slot_holds where id = ${id}`.execute(tx);
}

export async function deleteExpired(tx: Tx, userIds: readonly string[], now: Date): Promise<void> {
  await sql`delete from slot_holds where user_id = any(${userIds}::uuid[]) and expires_at <= ${now}`.execute(tx);
}

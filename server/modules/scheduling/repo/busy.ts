import { sql } from "kysely";

import { type Db, prepared, type Tx } from "#server/platform/db.ts";

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

// Each step by its index, whatever the planner thinks of the whole: else it reads everybody's ranges, and all gatherings.
const taken = prepared<BusyRow, [userIds: readonly string[], from: Date, to: Date, groupId: string | null]>(
  (
    userIds,
    from,
    to,
    groupId,
  ) => sql`select b.user_id as "userId", g.kind, g.id as "gatheringId", g.source_id as "sourceId",
      g.start_time as "startTime", g.end_time as "endTime", lower(b.during) as "from", upper(b.during) as "until",
      case when g.source_id = ${groupId}::uuid
        then coalesce((select held + taken from pools where key = 'gathering/' || g.id), 1) else 1 end as "seatsTaken"
    from unnest(${userIds}::uuid[]) as host (id)
    cross join lateral (select user_id, gathering_id, during from busy_ranges
      where user_id = host.id and during && tstzrange(${from}::timestamptz, ${to}::timestamptz) offset 0) b
    cross join lateral (select id, kind, source_id, start_time, end_time from gatherings
      where id = b.gathering_id offset 0) g`,
);

/** What hosts are busy with between two instants; of the sessions of a group event type also how many places are taken. */
export const listBusy = (
  db: Db,
  userIds: readonly string[],
  { from, to, groupId }: { from: Date; to: Date; groupId: string | null },
): Promise<BusyRow[]> => taken(db, userIds, from, to, groupId);

const booked = prepared<{ id: string; startTime: Date; endTime: Date }, [eventTypeId: string, from: Date, to: Date]>(
  (eventTypeId, from, to) => sql`
    select b.id, b.start_time as "startTime", b.end_time as "endTime" from bookings b
    where b.event_type_id = ${eventTypeId}::uuid and b.start_time >= ${from}::timestamptz
      and b.start_time < ${to}::timestamptz
      and b.status in ('pending', 'awaiting_payment', 'confirmed', 'completed', 'no_show')
      and (b.status <> 'pending' or exists (select from busy_ranges r where r.gathering_id = b.id))`,
);

/** The bookings of an event type that take their time between two instants, whoever hosts them. */
export const listBooked = (db: Db, eventTypeId: string, from: Date, to: Date) => booked(db, eventTypeId, from, to);

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

const holds = prepared<HoldRow, [userIds: readonly string[], now: Date]>(
  (userIds, now) => sql`select id, user_id as "userId", event_type_id as "eventTypeId",
      start_time as "startTime", end_time as "endTime", lower(during) as "from", upper(during) as "until", seats,
      expires_at as "expiresAt"
    from slot_holds where user_id = any(${userIds}::uuid[]) and expires_at > ${now}::timestamptz`,
);

/** The times of hosts that visitors keep at this moment. */
export const listHolds = (db: Db, userIds: readonly string[], now: Date): Promise<HoldRow[]> => holds(db, userIds, now);

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

export async function deleteAllExpired(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("slot_holds").where("expires_at", "<=", now).execute();
}

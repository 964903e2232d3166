import { sql } from "kysely";

import type { BookingStatus } from "#domain/availability/status.ts";
import type { Db, Tx } from "#server/platform/db.ts";

interface FeedRow {
  id: string;
  userId: string;
  createdAt: Date;
}

/** With the language of whose bookings they are. */
interface ReadFeed extends FeedRow {
  locale: string;
}

export async function findFeed(db: Db, by: { id: string } | { userId: string }): Promise<ReadFeed | undefined> {
  const which = "id" in by ? sql`f.id = ${by.id}` : sql`f.user_id = ${by.userId}`;
  const { rows } = await sql<ReadFeed>`select f.id, f.user_id as "userId", f.created_at as "createdAt", u.locale
    from booking_feeds f join users u on u.id = f.user_id and u.banned_at is null where ${which}`.execute(db);
  return rows[0];
}

/** A new link for a host; with its id, the one before is gone. */
export async function renewFeed(tx: Tx, { id, userId, createdAt }: FeedRow): Promise<void> {
  await sql`insert into booking_feeds (id, user_id, created_at) values (${id}, ${userId}, ${createdAt})
    on conflict (user_id) do update set id = excluded.id, created_at = excluded.created_at`.execute(tx);
}

export async function deleteFeed(tx: Tx, userId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("booking_feeds").where("user_id", "=", userId).executeTakeFirst();
  return numDeletedRows > 0n;
}

interface LetterRow {
  id: string;
  kind: string;
  toAddress: string;
  toName: string;
  toHost: boolean;
  status: "waiting" | "handed_over" | "failed" | "refused";
  createdAt: Date;
  handedOverAt: Date | null;
}

/** Which letters went to a booking's parties and hosts, by the keys they were posted under; the newest first. */
export async function listLetters(db: Db, attendeeIds: readonly string[]): Promise<LetterRow[]> {
  const party = sql`(case when split_part(key, '/', 3) = 'host' then split_part(key, '/', 5) else split_part(key, '/', 3) end)`;
  const { rows } = await sql<LetterRow>`select id, kind, to_address as "toAddress", to_name as "toName",
      split_part(key, '/', 3) = 'host' as "toHost", status, created_at as "createdAt", handed_over_at as "handedOverAt"
    from letters where key like 'booking/%' and ${party} = any(${attendeeIds}::text[])
    order by created_at desc, id desc limit 500`.execute(db);
  return rows;
}

interface CountedRow {
  eventTypeId: string;
  typeName: string;
  status: BookingStatus;
  startTime: Date;
  createdAt: Date;
  cancelledBy: "organizer" | "invitee" | "system" | null;
  seats: number;
  taken: number;
}

const mostCounted = 100_000;

/** Everything that starts in a range, as far as statistics need it; tombstones are not bookings. */
export async function listCounted(
  db: Db,
  which: { organizerId: string; eventTypeId: string | null; hostId: string | null; from: Date; until: Date },
): Promise<CountedRow[]> {
  const { organizerId, eventTypeId, hostId, from, until } = which;
  const { rows } = await sql<CountedRow>`select b.event_type_id as "eventTypeId", t.name as "typeName", b.status,
      b.start_time as "startTime", b.created_at as "createdAt", b.cancelled_by as "cancelledBy", b.seats,
      case when b.seats = 1 then 1 else coalesce((select sum(a.seats) from booking_attendees a
        join registrations r on r.id = a.id where a.booking_id = b.id and r.status = 'confirmed'), 0)::integer end as taken
    from bookings b join event_types t on t.id = b.event_type_id
    where b.organizer_id = ${organizerId} and b.start_time >= ${from} and b.start_time < ${until}
      and b.status <> 'rescheduled' and (${eventTypeId}::uuid is null or b.event_type_id = ${eventTypeId})
      and (${hostId}::uuid is null or b.host_ids @> array[${hostId}::uuid])
    order by b.start_time, b.id limit ${mostCounted}`.execute(db);
  return rows;
}

/** How many times bookings were moved away from a time in a range. */
export async function countMoves(
  db: Db,
  which: { organizerId: string; eventTypeId: string | null; hostId: string | null; from: Date; until: Date },
): Promise<number> {
  const { organizerId, eventTypeId, hostId, from, until } = which;
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from bookings
    where organizer_id = ${organizerId} and start_time >= ${from} and start_time < ${until} and status = 'rescheduled'
      and (${eventTypeId}::uuid is null or event_type_id = ${eventTypeId})
      and (${hostId}::uuid is null or host_ids @> array[${hostId}::uuid])`.execute(db);
  return rows[0]?.count ?? 0;
}

import { sql } from "kysely";

import type { BookingStatus } from "#domain/availability/status.ts";
import type { RegistrationStatus } from "#domain/registrations/states.ts";
import type { Db, Tx } from "#server/platform/db.ts";

/** A party among those that were booked at once. */
export interface MemberRow {
  attendeeId: string;
  bookingId: string;
  sequence: number;
  isException: boolean;
  startTime: Date;
  endTime: Date;
  bookingStatus: BookingStatus;
  partyStatus: RegistrationStatus;
  linkVersion: number;
}

/** All of a series, by their numbers. */
export async function listSeries(db: Db, seriesId: string): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`select a.id as "attendeeId", b.id as "bookingId", a.series_sequence as sequence,
      a.is_exception as "isException", b.start_time as "startTime", b.end_time as "endTime", b.status as "bookingStatus",
      r.status as "partyStatus", r.link_version as "linkVersion"
    from booking_attendees a join bookings b on b.id = a.booking_id join registrations r on r.id = a.id
    where a.series_id = ${seriesId} order by a.series_sequence`.execute(db);
  return rows;
}

/** Says of some parties whether they are where their rule has them. */
export async function markExceptions(tx: Tx, attendeeIds: readonly string[], isException: boolean): Promise<void> {
  await sql`update booking_attendees set is_exception = ${isException}
    where id = any(${attendeeIds}::uuid[]) and series_id is not null`.execute(tx);
}

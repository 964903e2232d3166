import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

/** Lets go of what a host said of their days, and offers them nowhere any more. */
export async function eraseHost(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom("absences").where("user_id", "=", userId).execute();
  await tx.updateTable("absences").set({ stand_in_id: null }).where("stand_in_id", "=", userId).execute();
  await tx.deleteFrom("event_type_hosts").where("user_id", "=", userId).execute();
  await tx.deleteFrom("booking_feeds").where("user_id", "=", userId).execute();
}

/** Offers the times of somebody no longer at what an organizer has to book; what is booked stays. */
export async function withdrawHost(tx: Tx, organizerId: string, userId: string): Promise<void> {
  await sql`with gone as (
      delete from event_type_hosts h using event_types t
      where t.id = h.event_type_id and t.organizer_id = ${organizerId} and h.user_id = ${userId}
      returning h.event_type_id)
    update event_types set version = version + 1 where id in (select event_type_id from gone)`.execute(tx);
}

/** Takes out what an invitee wrote beside their name. */
export async function eraseInvitee(tx: Tx, personId: string): Promise<void> {
  await sql`with mine as (select id from registrations where person_id = ${personId}),
    reasons as (
      update bookings set cancellation_reason = '' where cancelled_by = 'invitee' and id in (
        select booking_id from booking_attendees where id in (select id from mine)))
    update booking_attendees set phone = '', notes = '', cancellation_reason = '' where id in (select id from mine)`.execute(
    tx,
  );
}

/** The parties of somebody at what is to come. */
export async function listComingOf(db: Db, personId: string, now: Date) {
  const { rows } = await sql<{ bookingId: string; attendeeId: string }>`
    select a.booking_id as "bookingId", a.id as "attendeeId"
    from registrations r join booking_attendees a on a.id = r.id join bookings b on b.id = a.booking_id
    where r.person_id = ${personId} and b.end_time > ${now} and b.status in ('pending', 'awaiting_payment', 'confirmed')
    order by b.start_time, a.id`.execute(db);
  return rows;
}

/** What somebody hosts that is to come. */
export async function listHosted(db: Db, userId: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from bookings
    where host_ids @> array[${userId}::uuid] and end_time > ${now}
      and status in ('pending', 'awaiting_payment', 'confirmed')
    order by start_time, id`.execute(db);
  return rows.map(({ id }) => id);
}

export async function removeHost(tx: Tx, bookingId: string, userId: string): Promise<void> {
  await sql`update bookings set host_ids = array_remove(host_ids, ${userId}::uuid) where id = ${bookingId}`.execute(tx);
}

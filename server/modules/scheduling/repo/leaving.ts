import { sql } from "kysely";

import type { Tx } from "#server/platform/db.ts";

/** Lets go of what a host said of their days, and offers them nowhere any more. */
export async function eraseHost(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom("absences").where("user_id", "=", userId).execute();
  await tx.updateTable("absences").set({ stand_in_id: null }).where("stand_in_id", "=", userId).execute();
  await tx.deleteFrom("event_type_hosts").where("user_id", "=", userId).execute();
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

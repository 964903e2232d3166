import { sql } from "kysely";

import type { Side } from "#domain/registrations/places.ts";
import type { Tx } from "#server/platform/db.ts";

/** An invitee of a booking, who needs no ticket. */
export interface NewInvitee {
  registrationId: string;
  gatheringId: string;
  personId: string;
  name: string;
  side: Side;
  status: "confirmed" | "pending";
  locale: string;
  timeZone: string;
}

export async function insertInvitees(tx: Tx, rows: readonly NewInvitee[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto("registrations")
    .values(
      rows.map((row) => ({
        id: row.registrationId,
        gathering_id: row.gatheringId,
        person_id: row.personId,
        registered_by: row.personId,
        name: row.name,
        display_name: row.name,
        side: row.side,
        status: row.status,
        locale: row.locale,
        time_zone: row.timeZone,
        created_at: now,
        updated_at: now,
        confirmed_at: row.status === "confirmed" ? now : null,
      })),
    )
    .execute();
}

export async function updateInvitee(
  tx: Tx,
  id: string,
  change: { name?: string | undefined; timeZone?: string | undefined; attendance?: "unknown" | "no_show" | undefined },
  now: Date,
): Promise<void> {
  await tx
    .updateTable("registrations")
    .set({
      updated_at: now,
      ...(change.name === undefined ? {} : { name: change.name, display_name: change.name }),
      ...(change.timeZone === undefined ? {} : { time_zone: change.timeZone }),
      ...(change.attendance === undefined
        ? {}
        : {
            attendance: change.attendance,
            attendance_source: change.attendance === "unknown" ? null : ("host" as const),
          }),
    })
    .where("id", "=", id)
    .execute();
}

export async function raiseLink(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update registrations set link_version = link_version + 1, updated_at = ${now} where id = ${id}`.execute(tx);
}

import { sql } from "kysely";

import type { Side } from "#domain/registrations/places.ts";
import type { Db, Tx } from "#server/platform/db.ts";

/** An invitee of a booking, who needs no ticket. */
export interface NewInvitee {
  registrationId: string;
  gatheringId: string;
  personId: string;
  name: string;
  side: Side;
  status: "confirmed" | "pending" | "waitlisted";
  /** Their place in the queue, while they wait for seats. */
  entryId: string | null;
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
        waitlist_entry_id: row.entryId,
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

/** Puts a party in the queue for a session. */
export async function insertEntry(
  tx: Tx,
  { entryId, gatheringId, personId, seats }: { entryId: string; gatheringId: string; personId: string; seats: number },
  now: Date,
): Promise<void> {
  await tx
    .insertInto("waitlist_entries")
    .values({
      id: entryId,
      gathering_id: gatheringId,
      person_id: personId,
      party_size: seats,
      status: "waiting",
      created_at: now,
    })
    .execute();
}

/** Another wish of a party in the queue; one that goes last gets the number of somebody new. */
export async function resizeEntry(
  tx: Tx,
  id: string,
  seats: number,
  { goesLast }: { goesLast: boolean },
): Promise<void> {
  await sql`update waitlist_entries set party_size = ${seats}${goesLast ? sql`, position = default` : sql``}
    where id = ${id}`.execute(tx);
}

export interface WaitingParty {
  id: string;
  position: number;
  seats: number;
}

const mostAsked = 1000;

/** Parties that wait for seats of a session that has not begun, and need no more than that; first in turn first. */
export async function listWaiting(
  db: Db,
  gatheringId: string,
  { most, without, now }: { most: number; without: readonly string[]; now: Date },
): Promise<WaitingParty[]> {
  const { rows } = await sql<WaitingParty>`select r.id, w.position, w.party_size as seats
    from waitlist_entries w join registrations r on r.waitlist_entry_id = w.id and r.status = 'waitlisted'
    join gatherings g on g.id = w.gathering_id
    where w.gathering_id = ${gatheringId} and w.status = 'waiting' and w.party_size <= ${most}
      and g.status = 'scheduled' and g.start_time > ${now} and not r.id::text = any(${without}::text[])
    order by w.position limit ${mostAsked}`.execute(db);
  return rows;
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

import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

/** Gives one person what another, who is the same, had: not where both were registered for the same. */
export async function movePerson(tx: Tx, { from, to }: { from: string; to: string }): Promise<void> {
  await sql`with places as (
      update registrations r set person_id = ${to} where r.person_id = ${from} and not exists (
        select from registrations own where own.person_id = ${to} and own.gathering_id = r.gathering_id
          and own.ticket_type_id is not distinct from r.ticket_type_id)),
    entries as (update waitlist_entries set person_id = ${to} where person_id = ${from}),
    held as (update tickets set holder_id = ${to} where holder_id = ${from})
    update registrations set registered_by = ${to} where registered_by = ${from} and person_id is distinct from ${from}`.execute(
    tx,
  );
}

const living = sql`('held', 'pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered')`;
const ofPerson = (personId: string) =>
  sql`(r.person_id = ${personId} or (r.person_id is null and r.registered_by = ${personId}))`;

/** The places that somebody has or wishes for where it is not over, their unnamed seats too; of bookings, scheduling knows. */
export async function listComing(db: Db, personId: string, now: Date): Promise<{ id: string; gatheringId: string }[]> {
  const { rows } = await sql<{ id: string; gatheringId: string }>`select r.id, r.gathering_id as "gatheringId"
    from registrations r join gatherings g on g.id = r.gathering_id
    where ${ofPerson(personId)} and r.status in ${living} and g.kind <> 'booking' and (g.end_time is null or g.end_time > ${now})
    order by r.gathering_id, r.id`.execute(db);
  return rows;
}

/** Takes a person's names from what is kept of their places, and voids the links to them. */
export async function erasePerson(tx: Tx, personId: string, name: string, now: Date): Promise<void> {
  await sql`update registrations r set name = ${name}, display_name = ${name}, others = '{}', note = '', is_listed = false,
      link_version = link_version + 1, updated_at = ${now}
    where ${ofPerson(personId)}`.execute(tx);
  await sql`update registrations set others = '{}' where registered_by = ${personId}`.execute(tx);
  await sql`update invitations set name = '', link_version = link_version + 1, withdrawn_at = coalesce(withdrawn_at, ${now})
    where person_id = ${personId}`.execute(tx);
}

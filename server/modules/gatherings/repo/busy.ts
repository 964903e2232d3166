import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";

import type { Tx } from "#server/platform/db.ts";

/** Writes the hosts' times; those of a cancelled or unscheduled gathering go. */
export async function writeBusy(tx: Tx, gatheringIds: readonly string[], hosts: readonly string[]): Promise<void> {
  await sql`delete from busy_ranges where gathering_id = any(${gatheringIds}::uuid[])`.execute(tx);
  if (hosts.length === 0) return;
  await sql`insert into busy_ranges (id, user_id, gathering_id, during, firm)
    select (row->>'id')::uuid, (row->>'host')::uuid, g.id, tstzrange(g.start_time, g.end_time), false
    from jsonb_array_elements(${JSON.stringify(busyRows(gatheringIds, hosts))}::jsonb) as row
    join gatherings g on g.id = (row->>'gathering')::uuid
    where g.start_time is not null`.execute(tx);
}

const busyRows = (gatheringIds: readonly string[], hosts: readonly string[]) =>
  gatheringIds.flatMap((gathering) => hosts.map((host) => ({ id: randomUUIDv7(), gathering, host })));

/** Takes a host's time firmly; says whether it was still theirs to give, which it is not once they have left. */
export async function takeTimes(
  tx: Tx,
  times: readonly { gatheringId: string; userId: string; from: Date; until: Date }[],
): Promise<{ gatheringId: string; userId: string }[]> {
  const given = times.map((time) => ({ id: randomUUIDv7(), ...time }));
  const { rows } = await sql<{ gatheringId: string; userId: string }>`
    insert into busy_ranges (id, user_id, gathering_id, during, firm)
    select t.id, "userId", "gatheringId", tstzrange("from", "until"), true
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as t (id uuid, "userId" uuid, "gatheringId" uuid, "from" timestamptz, "until" timestamptz)
    join users u on u.id = "userId" and u.left_at is null
    for key share of u
    on conflict do nothing returning gathering_id as "gatheringId", user_id as "userId"`.execute(tx);
  return rows;
}

/** A host is busy at what is scheduled; whoever is busy with it already stays so. */
export async function insertBusy(tx: Tx, sourceId: string, userId: string): Promise<void> {
  const scheduled = await tx
    .selectFrom("gatherings")
    .select("id")
    .where("source_id", "=", sourceId)
    .where("status", "=", "scheduled")
    .execute();
  const rows = scheduled.map(({ id }) => ({ id: randomUUIDv7(), gathering: id }));
  await sql`insert into busy_ranges (id, user_id, gathering_id, during, firm)
    select row.id, ${userId}, g.id, tstzrange(g.start_time, g.end_time), false
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id uuid, gathering uuid)
    join gatherings g on g.id = row.gathering
    on conflict (user_id, gathering_id) do nothing`.execute(tx);
}

/** Who hosts no longer is not busy then: at the gatherings of a source, or at all of an organizer. Bookings stay firm. */
export async function deleteBusy(
  tx: Tx,
  at: { sourceId: string } | { organizerId: string },
  userId: string,
): Promise<void> {
  const those = "sourceId" in at ? sql`g.source_id = ${at.sourceId}` : sql`g.organizer_id = ${at.organizerId}`;
  await sql`delete from busy_ranges b using gatherings g where g.id = b.gathering_id and ${those}
    and b.user_id = ${userId} and not b.firm
    and not exists (select from events e join organizer_members m on m.organizer_id = e.organizer_id
      where e.id = g.source_id and e.created_by = ${userId} and m.user_id = ${userId})`.execute(tx);
}

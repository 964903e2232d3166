import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";

import type { TeamRole } from "#domain/entitlement/doors.ts";
import type { EventRole } from "#domain/organizers/team.ts";
import type { Db, Tx } from "#server/platform/db.ts";

/** Somebody named for the gatherings of one source, beside the members of its organizer. */
export interface Named {
  userId: string;
  personId: string;
  name: string;
  email: string;
  pictureId: string | null;
  role: TeamRole;
  since: Date;
}

/** Who is named for the gatherings of a source, with the highest of their roles. */
export async function listNamed(db: Db, sourceId: string): Promise<Named[]> {
  const { rows } = await sql<Named>`select * from (
      select distinct on (u.id) u.id as "userId", p.id as "personId", u.name, coalesce(u.email, '') as email,
        u.picture_id as "pictureId", r.role, r.created_at as since
      from gathering_roles r join gatherings g on g.id = r.gathering_id
      join users u on u.id = r.user_id join people p on p.user_id = u.id
      where g.source_id = ${sourceId}
      order by u.id, array_position(array['owner', 'cohost', 'moderator', 'speaker', 'door'], r.role), r.created_at) as named
    order by array_position(array['owner', 'cohost', 'moderator', 'speaker', 'door'], role), since, "userId"`.execute(
    db,
  );
  return rows;
}

/** Gives an account this one role at every gathering of a source, or none at any. */
export async function writeRole(
  tx: Tx,
  { sourceId, userId, role, now }: { sourceId: string; userId: string; role: EventRole | null; now: Date },
): Promise<void> {
  await sql`delete from gathering_roles where user_id = ${userId}
    and gathering_id in (select id from gatherings where source_id = ${sourceId})`.execute(tx);
  if (role === null) return;
  await sql`insert into gathering_roles (gathering_id, user_id, role, created_at)
    select id, ${userId}, ${role}, ${now} from gatherings where source_id = ${sourceId}`.execute(tx);
}

/** Takes an account out of everything that it is named for at an organizer. */
export async function deleteRolesAt(tx: Tx, organizerId: string, userId: string): Promise<void> {
  await sql`delete from gathering_roles where user_id = ${userId}
    and gathering_id in (select id from gatherings where organizer_id = ${organizerId})`.execute(tx);
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

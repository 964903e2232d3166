import { sql } from "kysely";

import type { TeamRole } from "#domain/entitlement/doors.ts";
import type { EventRole } from "#domain/organizers/team.ts";
import type { Db, Tx } from "#server/platform/db.ts";

/** Gives gatherings the team that another one of their source has. */
export async function copyRoles(tx: Tx, from: string, to: readonly string[]): Promise<void> {
  await sql`insert into gathering_roles (gathering_id, user_id, role, created_at)
    select target, user_id, role, created_at from gathering_roles, unnest(${to}::uuid[]) as target
    where gathering_id = ${from} on conflict do nothing`.execute(tx);
}

export async function deletePartsOf(db: Db, userId: string): Promise<void> {
  await db.deleteFrom("gathering_roles").where("user_id", "=", userId).execute();
  await db.deleteFrom("busy_ranges").where("user_id", "=", userId).execute();
}

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

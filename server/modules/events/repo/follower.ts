import { sql } from "kysely";

import { type Recipient, reachable } from "#server/modules/events/repo/review.ts";
import type { Db } from "#server/platform/db.ts";

export interface Follower extends Recipient {
  personId: string;
}

/** Who follows an organizer and is not of its team; part by part, in the order of their accounts. */
export async function listFollowers(
  db: Db,
  { organizerId, after, limit }: { organizerId: string; after: string | null; limit: number },
): Promise<Follower[]> {
  const { rows } = await sql<Follower>`select u.id, u.email, u.name, u.locale, p.id as "personId"
    from follows f join users u on u.id = f.user_id join people p on p.user_id = u.id
    where f.organizer_id = ${organizerId} ${after === null ? sql`` : sql`and f.user_id > ${after}`} and ${reachable}
      and not exists (select from organizer_members m where m.organizer_id = f.organizer_id and m.user_id = f.user_id)
    order by f.user_id limit ${limit}`.execute(db);
  return rows;
}

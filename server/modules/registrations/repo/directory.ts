import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

export interface ListedRow {
  id: string;
  displayName: string;
  since: Date;
}

/** Those at a gathering who want to be seen, in the order in which they came to it. */
export async function listListed(
  db: Db,
  gatheringId: string,
  { after, limit }: { after?: { at: Date; id: string }; limit: number },
): Promise<ListedRow[]> {
  const { rows } = await sql<ListedRow>`select id, display_name as "displayName", created_at as since from registrations
    where gathering_id = ${gatheringId} and status = 'confirmed' and is_listed
      and ${after ? sql`(created_at, id) > (${after.at}, ${after.id}::uuid)` : sql`true`}
    order by created_at, id limit ${limit}`.execute(db);
  return rows;
}

export async function countListed(db: Db, gatheringId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from registrations
    where gathering_id = ${gatheringId} and status = 'confirmed' and is_listed`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function setListing(
  tx: Tx,
  id: string,
  { isListed, displayName }: { isListed: boolean; displayName?: string },
  now: Date,
): Promise<void> {
  await tx
    .updateTable("registrations")
    .set({ is_listed: isListed, updated_at: now, ...(displayName === undefined ? {} : { display_name: displayName }) })
    .where("id", "=", id)
    .execute();
}

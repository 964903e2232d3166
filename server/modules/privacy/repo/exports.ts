import type { Db, Tx } from "#server/platform/db.ts";

export interface ExportRow {
  id: string;
  userId: string;
  bytes: number | null;
  askedAt: Date;
  readyAt: Date | null;
  endsAt: Date | null;
}

const columns = [
  "id",
  "user_id as userId",
  "bytes",
  "asked_at as askedAt",
  "ready_at as readyAt",
  "ends_at as endsAt",
] as const;

/** Takes down that a file is wanted; nothing where one is being made. */
export function insertExport(tx: Tx, row: { id: string; userId: string; now: Date }): Promise<ExportRow | undefined> {
  return tx
    .insertInto("data_exports")
    .values({ id: row.id, user_id: row.userId, asked_at: row.now })
    .onConflict((oc) => oc.column("user_id").where("ready_at", "is", null).doNothing())
    .returning(columns)
    .executeTakeFirst();
}

const mostListed = 20;

export const listExports = (db: Db, userId: string, now: Date): Promise<ExportRow[]> =>
  db
    .selectFrom("data_exports")
    .select(columns)
    .where("user_id", "=", userId)
    .where((eb) => eb.or([eb("ends_at", "is", null), eb("ends_at", ">", now)]))
    .orderBy("id", "desc")
    .limit(mostListed)
    .execute();

export const findExport = (db: Db, id: string): Promise<ExportRow | undefined> =>
  db.selectFrom("data_exports").select(columns).where("id", "=", id).executeTakeFirst();

/** Returns whether it was still wanted. */
export async function setReady(
  tx: Tx,
  { id, bytes, readyAt, endsAt }: { id: string; bytes: number; readyAt: Date; endsAt: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("data_exports")
    .set({ bytes, ready_at: readyAt, ends_at: endsAt })
    .where("id", "=", id)
    .where("ready_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Those whose time is over, or of somebody who is gone. */
export const listToRemove = (db: Db, by: { before: Date } | { userId: string }): Promise<{ id: string }[]> =>
  db
    .selectFrom("data_exports")
    .select("id")
    .where((eb) => ("before" in by ? eb("ends_at", "<=", by.before) : eb("user_id", "=", by.userId)))
    .limit(1000)
    .execute();

export async function deleteExport(db: Db, id: string): Promise<void> {
  await db.deleteFrom("data_exports").where("id", "=", id).execute();
}

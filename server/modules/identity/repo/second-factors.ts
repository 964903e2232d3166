import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

export const findFactor = (db: Db, userId: string) =>
  db
    .selectFrom("second_factors")
    .select(["secret", "confirmed_at as confirmedAt"])
    .where("user_id", "=", userId)
    .executeTakeFirst();

/** Begins to set up a factor, unless one is there. */
export async function insertFactor(tx: Tx, row: { userId: string; secret: Buffer; now: Date }): Promise<void> {
  await tx
    .insertInto("second_factors")
    .values({ user_id: row.userId, secret: row.secret, created_at: row.now })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** Puts a factor into force; not when it is already. */
export async function confirmFactor(tx: Tx, userId: string, step: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("second_factors")
    .set({ confirmed_at: now, last_step: step })
    .where("user_id", "=", userId)
    .where("confirmed_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Notes that a code was taken; not when it, or a later one, was before. */
export async function takeCode(tx: Tx, userId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("second_factors")
    .set({ last_step: step })
    .where("user_id", "=", userId)
    .where("confirmed_at", "is not", null)
    .where("last_step", "<", step)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function deleteFactor(tx: Tx, userId: string): Promise<boolean> {
  await tx.deleteFrom("recovery_codes").where("user_id", "=", userId).execute();
  const { numDeletedRows } = await tx.deleteFrom("second_factors").where("user_id", "=", userId).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Replaces the recovery codes; the old ones are void. */
export async function replaceCodes(
  tx: Tx,
  { userId, hashes, now }: { userId: string; hashes: readonly Buffer[]; now: Date },
): Promise<void> {
  await tx.deleteFrom("recovery_codes").where("user_id", "=", userId).execute();
  await tx
    .insertInto("recovery_codes")
    .values(hashes.map((hash) => ({ user_id: userId, code_hash: hash, created_at: now })))
    .execute();
}

/** Uses a recovery code up; not one that was used before. */
export async function takeRecoveryCode(tx: Tx, userId: string, hash: Buffer, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("recovery_codes")
    .set({ used_at: now })
    .where("user_id", "=", userId)
    .where("code_hash", "=", hash)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Since when there is a second factor, and how many recovery codes are left. */
export async function findSummary(db: Db, userId: string): Promise<{ since: Date; codesLeft: number } | undefined> {
  const { rows } = await sql<{ since: Date; codesLeft: number }>`select f.confirmed_at as since,
      (select count(*) from recovery_codes c where c.user_id = f.user_id and c.used_at is null)::integer as "codesLeft"
    from second_factors f where f.user_id = ${userId} and f.confirmed_at is not null`.execute(db);
  return rows[0];
}

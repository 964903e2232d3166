import type { Db, Tx } from "#server/platform/db.ts";

export const findLinked = (db: Db, provider: string, subject: string) =>
  db
    .selectFrom("linked_accounts")
    .select(["id", "user_id as userId"])
    .where("provider", "=", provider)
    .where("subject", "=", subject)
    .executeTakeFirst();

/** Links an account elsewhere; not one that is linked, nor a second of the same house. */
export async function insertLinked(
  tx: Tx,
  row: { id: string; userId: string; provider: string; subject: string; label: string; now: Date },
): Promise<boolean> {
  const made = await tx
    .insertInto("linked_accounts")
    .values({
      id: row.id,
      user_id: row.userId,
      provider: row.provider,
      subject: row.subject,
      label: row.label,
      created_at: row.now,
    })
    .onConflict((oc) => oc.doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

export async function touchLinked(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable("linked_accounts").set({ last_used_at: now }).where("id", "=", id).execute();
}

export const listLinked = (db: Db, userId: string) =>
  db
    .selectFrom("linked_accounts")
    .select(["id", "provider", "label", "created_at as createdAt", "last_used_at as lastUsedAt"])
    .where("user_id", "=", userId)
    .orderBy("id")
    .execute();

/** Unlinks; says which house it was. */
export async function deleteLinked(tx: Tx, userId: string, id: string): Promise<string | undefined> {
  const row = await tx
    .deleteFrom("linked_accounts")
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .returning("provider")
    .executeTakeFirst();
  return row?.provider;
}

import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

/** Spends a proof; of two who show the same, only one does. */
export async function spendProof(db: Db, { id, endsAt }: { id: Buffer; endsAt: Date }): Promise<boolean> {
  const spent = await db
    .insertInto("spent_proofs")
    .values({ id, ends_at: endsAt })
    .onConflict((oc) => oc.doNothing())
    .returning("id")
    .executeTakeFirst();
  return spent !== undefined;
}

export async function deleteEndedProofs(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("spent_proofs").where("ends_at", "<=", now).execute();
}

export async function findByKey(db: Db, pubkey: string): Promise<string | undefined> {
  const row = await db.selectFrom("users").select("id").where("pubkey", "=", pubkey).executeTakeFirst();
  return row?.id;
}

export async function findKey(db: Db, userId: string): Promise<string | undefined> {
  const row = await db.selectFrom("users").select("pubkey").where("id", "=", userId).executeTakeFirst();
  return row?.pubkey ?? undefined;
}

/** Lets those who link a key come one after another. */
export async function holdKey(tx: Tx, pubkey: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${pubkey}, 0))`.execute(tx);
}

export async function updateKey(tx: Tx, userId: string, pubkey: string | null, now: Date): Promise<void> {
  await tx
    .updateTable("users")
    .set({ pubkey, pubkey_since: pubkey === null ? null : now, updated_at: now })
    .where("id", "=", userId)
    .execute();
}

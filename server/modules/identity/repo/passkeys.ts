import type { Db, Tx } from "#server/platform/db.ts";

export interface Passkey {
  id: string;
  userId: string;
  credentialId: string;
  publicKey: Buffer;
  counter: number;
  transports: string[];
}

/** Keeps a passkey; not one that is kept already, whosever it is. */
export async function insertPasskey(
  tx: Tx,
  row: Passkey & { name: string; isSynced: boolean; now: Date },
): Promise<boolean> {
  const made = await tx
    .insertInto("passkeys")
    .values({
      id: row.id,
      user_id: row.userId,
      credential_id: row.credentialId,
      public_key: row.publicKey,
      counter: row.counter,
      transports: row.transports,
      name: row.name,
      is_synced: row.isSynced,
      created_at: row.now,
    })
    .onConflict((oc) => oc.column("credential_id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

export const listPasskeys = (db: Db, userId: string) =>
  db
    .selectFrom("passkeys")
    .select([
      "id",
      "credential_id as credentialId",
      "transports",
      "name",
      "is_synced as isSynced",
      "created_at as createdAt",
      "last_used_at as lastUsedAt",
    ])
    .where("user_id", "=", userId)
    .orderBy("id", "desc")
    .execute();

export const findPasskey = (db: Db, credentialId: string): Promise<Passkey | undefined> =>
  db
    .selectFrom("passkeys")
    .select([
      "id",
      "user_id as userId",
      "credential_id as credentialId",
      "public_key as publicKey",
      "counter",
      "transports",
    ])
    .where("credential_id", "=", credentialId)
    .executeTakeFirst();

/** Notes a use; not one whose counter was seen already, unless the device does not count. */
export async function touchPasskey(tx: Tx, id: string, counter: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("passkeys")
    .set({ counter, last_used_at: now })
    .where("id", "=", id)
    .where((eb) => eb.or([eb("counter", "<", counter), eb.and([eb("counter", "=", 0), eb.val(counter === 0)])]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function renamePasskey(tx: Tx, userId: string, id: string, name: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("passkeys")
    .set({ name })
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Forgets a passkey; says what it was called. */
export async function deletePasskey(tx: Tx, userId: string, id: string): Promise<string | undefined> {
  const row = await tx
    .deleteFrom("passkeys")
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .returning("name")
    .executeTakeFirst();
  return row?.name;
}

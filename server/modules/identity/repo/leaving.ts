import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

/** Leaves a nameless row of an account, and nothing of how it was opened. */
export async function eraseAccount(tx: Tx, userId: string, name: string, now: Date): Promise<void> {
  await tx
    .updateTable("users")
    .set((eb) => ({
      email: null,
      name,
      password_hash: null,
      verified_at: null,
      role: "attendee",
      time_zone: "UTC",
      picture_id: null,
      pubkey: null,
      pubkey_since: null,
      ban_reason: "",
      credentials_version: eb("credentials_version", "+", 1),
      left_at: now,
      updated_at: now,
    }))
    .where("id", "=", userId)
    .execute();
  for (const table of [
    "sessions",
    "passkeys",
    "recovery_codes",
    "second_factors",
    "linked_accounts",
    "steps",
    "former_addresses",
  ] as const)
    await tx.deleteFrom(table).where("user_id", "=", userId).execute();
}

/** Leaves a nameless row of a person, and nothing that was begun with the address. */
export async function erasePerson(tx: Tx, personId: string, name: string): Promise<void> {
  await sql`with gone as (select email from people where id = ${personId}),
    begun as (delete from steps where email in (select email from gone)),
    wished as (delete from sign_ups where email in (select email from gone))
    update people set email = null, name = ${name} where id = ${personId}`.execute(tx);
}

/** Whoever this address is known as, and whether an account goes by it. */
export async function findAddressee(
  db: Db,
  email: string,
): Promise<{ personId: string; name: string; isAccount: boolean } | undefined> {
  const { rows } = await sql<{ personId: string; name: string; isAccount: boolean }>`
    select id as "personId", name, user_id is not null as "isAccount" from people where email = ${email}`.execute(db);
  return rows[0];
}

import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

/** The settings as they were written; nothing before anybody changed one. */
export async function findSettings(db: Db): Promise<object | undefined> {
  const row = await db.selectFrom("installation_settings").select("settings").executeTakeFirst();
  return row?.settings as object | undefined;
}

/** Makes others who change settings wait until the transaction ends. */
export async function lockSettings(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('installation.settings'))`.execute(tx);
}

export async function writeSettings(tx: Tx, settings: object, now: Date): Promise<void> {
  const row = { settings: JSON.stringify(settings), updated_at: now };
  await tx
    .insertInto("installation_settings")
    .values({ is_one: true, ...row })
    .onConflict((oc) => oc.column("is_one").doUpdateSet(row))
    .execute();
}

import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

interface Former {
  userId: string;
  email: string;
  since: Date;
}

export async function insertFormer(
  tx: Tx,
  { id, userId, email, since, endsAt, now }: Former & { id: string; endsAt: Date; now: Date },
): Promise<void> {
  await tx
    .insertInto("former_addresses")
    .values({ id, user_id: userId, email, since, ends_at: endsAt, created_at: now })
    .execute();
}

/** Takes a former address out, and with it those that the account had later; of two who do so at once only one gets it. */
export async function takeFormer(tx: Tx, id: string, now: Date): Promise<Former | undefined> {
  const { rows } = await sql<Former>`with taken as (delete from former_addresses where id = ${id} and ends_at > ${now}
      returning user_id, email, since),
    later as (delete from former_addresses f using taken where f.user_id = taken.user_id and f.id > ${id})
    select user_id as "userId", email, since from taken`.execute(tx);
  return rows[0];
}

/** The address that an account had is its own again: forgets it and those after it. Whether there was one. */
export async function deleteFormerFrom(tx: Tx, userId: string, email: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`delete from former_addresses where user_id = ${userId} and id >=
    (select min(id::text)::uuid from former_addresses where user_id = ${userId} and email = ${email})`.execute(tx);
  return numAffectedRows > 0n;
}

export async function deleteEndedFormer(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("former_addresses").where("ends_at", "<=", now).execute();
}

/** Takes away the password, and whatever else has come to open an account, or to stand before it, since then. */
export async function closeWaysSince(tx: Tx, userId: string, since: Date): Promise<void> {
  await sql`with keys as (delete from passkeys where user_id = ${userId} and created_at >= ${since}),
    linked as (delete from linked_accounts where user_id = ${userId} and created_at >= ${since}),
    codes as (delete from recovery_codes where user_id = ${userId} and created_at >= ${since}),
    factor as (delete from second_factors where user_id = ${userId} and (confirmed_at is null or confirmed_at >= ${since})),
    nostr as (select id from users where id = ${userId} and pubkey_since >= ${since})
    update users set password_hash = null,
      pubkey = case when id in (select id from nostr) then null else pubkey end,
      pubkey_since = case when id in (select id from nostr) then null else pubkey_since end
    where id = ${userId}`.execute(tx);
}

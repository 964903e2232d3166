import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

const profile = [
  "id",
  "name",
  "email",
  "role",
  "locale",
  "time_zone as timeZone",
  "picture_id as pictureId",
  "created_at as createdAt",
] as const;

export const findProfile = (db: Db, userId: string) =>
  db.selectFrom("users").select(profile).where("id", "=", userId).executeTakeFirst();

export const findByEmail = (db: Db, email: string) =>
  db
    .selectFrom("users")
    .select([
      "id",
      "name",
      "email",
      "locale",
      "password_hash as passwordHash",
      "credentials_version as credentialsVersion",
      "banned_at as bannedAt",
    ])
    .where("email", "=", email)
    .executeTakeFirst();

export const findCredentials = (db: Db, userId: string) =>
  db
    .selectFrom("users")
    .select(["id", "email", "name", "locale", "password_hash as passwordHash", "credentials_version as version"])
    .where("id", "=", userId)
    .where("banned_at", "is", null)
    .executeTakeFirst();

/** An account that may get in by something other than its password. */
export const findEntrant = (db: Db, userId: string) =>
  db
    .selectFrom("users")
    .select(["id", "banned_at as bannedAt"])
    .where("id", "=", userId)
    .where("left_at", "is", null)
    .executeTakeFirst();

const uniqueViolation = "23505";

/** Gives the account another address; not when somebody else has it. Reset links made before are dead. */
export async function setEmail(
  tx: Tx,
  { userId, email, now }: { userId: string; email: string; now: Date },
): Promise<boolean> {
  try {
    await tx
      .updateTable("users")
      .set((eb) => ({
        email,
        verified_at: now,
        credentials_version: eb("credentials_version", "+", 1),
        updated_at: now,
      }))
      .where("id", "=", userId)
      .execute();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === uniqueViolation) return false;
    throw error;
  }
}

/** Makes the account; nothing where the address has one by now. */
export async function insertUser(
  tx: Tx,
  row: {
    id: string;
    email: string;
    name: string;
    passwordHash: string | null;
    locale: string;
    timeZone: string;
    now: Date;
  },
): Promise<boolean> {
  const made = await tx
    .insertInto("users")
    .values({
      id: row.id,
      email: row.email,
      name: row.name,
      password_hash: row.passwordHash,
      verified_at: row.now,
      locale: row.locale,
      time_zone: row.timeZone,
      created_at: row.now,
      updated_at: row.now,
    })
    .onConflict((oc) => oc.column("email").doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

/** Gives the person with this address its account: a new row, or the one that guests' registrations already point at. */
export async function linkPerson(
  tx: Tx,
  row: { id: string; email: string; name: string; userId: string; now: Date },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into people (id, email, name, user_id, created_at)
    values (${row.id}, ${row.email}, ${row.name}, ${row.userId}, ${row.now})
    on conflict (email) do update set user_id = excluded.user_id, name = excluded.name
    where people.user_id is null
    returning id`.execute(tx);
  const [person] = rows;
  if (!person) throw new Error("The person behind this address belongs to another account.");
  return person.id;
}

/** Takes an address from a person who has no account; says which person it was. */
export async function releaseAddress(tx: Tx, email: string): Promise<string | undefined> {
  const row = await tx
    .updateTable("people")
    .set({ email: null })
    .where("email", "=", email)
    .where("user_id", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export async function setPersonEmail(tx: Tx, userId: string, email: string): Promise<string> {
  const { id } = await tx
    .updateTable("people")
    .set({ email })
    .where("user_id", "=", userId)
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Sets a password if the account is still at the version that its caller has seen; what was made before is dead then. */
export async function setPassword(
  tx: Tx,
  { userId, version, passwordHash, now }: { userId: string; version: number; passwordHash: string; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("users")
    .set({ password_hash: passwordHash, credentials_version: version + 1, updated_at: now })
    .where("id", "=", userId)
    .where("credentials_version", "=", version)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function updateProfile(
  tx: Tx,
  userId: string,
  { name, locale, timeZone, now }: { name?: string; locale?: string; timeZone?: string; now: Date },
): Promise<void> {
  await tx
    .updateTable("users")
    .set({ name, locale, time_zone: timeZone, updated_at: now })
    .where("id", "=", userId)
    .execute();
}

/** Sets the picture, or none; returns the one before. */
export async function setPicture(tx: Tx, userId: string, pictureId: string | null, now: Date): Promise<string | null> {
  const { rows } = await sql<{
    before: string | null;
  }>`update users u set picture_id = ${pictureId}, updated_at = ${now}
    from (select id, picture_id from users where id = ${userId} for no key update) old
    where u.id = old.id returning old.picture_id as before`.execute(tx);
  return rows[0]?.before ?? null;
}

/** Raises an account to a role; nothing where it is that or more already. */
export async function raiseRole(tx: Tx, userId: string, role: "organizer" | "admin", now: Date): Promise<boolean> {
  const below = role === "admin" ? ["attendee", "organizer"] : ["attendee"];
  const { numUpdatedRows } = await tx
    .updateTable("users")
    .set({ role, updated_at: now })
    .where("id", "=", userId)
    .where("role", "in", below)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What the frame of a page shows of somebody. */
export async function findViewer(db: Db, userId: string) {
  const { rows } = await sql<{
    name: string;
    email: string;
    pictureId: string | null;
    organizes: boolean;
    unread: number;
  }>`
    select u.name, u.email, u.picture_id as "pictureId",
      exists (select from organizer_members m where m.user_id = u.id) as organizes,
      (select count(*)::integer from (select from notices where user_id = u.id and read_at is null limit 100) as n) as unread
    from users u where u.id = ${userId}`.execute(db);
  return rows[0];
}

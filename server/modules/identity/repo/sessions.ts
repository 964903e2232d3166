import { sql } from "kysely";

import { type Db, prepared, type Tx } from "#server/platform/db.ts";

interface SessionRow {
  sessionId: string;
  lastSeenAt: Date;
  userId: string;
  personId: string;
  role: string;
  locale: string;
}

const sessions = prepared<SessionRow, [id: string | null, tokenHash: Buffer | null, now: Date]>(
  (id, tokenHash, now) => sql`select s.id as "sessionId", s.last_seen_at as "lastSeenAt", u.id as "userId",
      p.id as "personId", u.role, u.locale
    from sessions s join users u on u.id = s.user_id join people p on p.user_id = u.id
    where s.id = coalesce(${id}::uuid, (select id from sessions where token_hash = ${tokenHash})) and s.expires_at > ${now} and u.banned_at is null and u.left_at is null`,
);

/** Who a session belongs to, in one query; nothing for one that is unknown, over, or of somebody banned. */
export async function findSession(
  db: Db,
  by: { tokenHash: Buffer } | { id: string },
  now: Date,
): Promise<SessionRow | undefined> {
  return (await ("id" in by ? sessions(db, by.id, null, now) : sessions(db, null, by.tokenHash, now)))[0];
}

/** The registrations among these whose links are still in force at that version. */
export async function listLinkedRegistrations(
  db: Db,
  links: readonly { id: string; version: number }[],
): Promise<string[]> {
  const rows = await db
    .selectFrom("registrations")
    .select(["id", "link_version as version"])
    .where(
      "id",
      "in",
      links.map(({ id }) => id),
    )
    .execute();
  return rows
    .filter((row) => links.some(({ id, version }) => id === row.id && version === row.version))
    .map(({ id }) => id);
}

/** The invitations among these that are still in force at that version. */
export async function listLinkedInvitations(
  db: Db,
  links: readonly { id: string; version: number }[],
): Promise<string[]> {
  const rows = await db
    .selectFrom("invitations")
    .select(["id", "link_version as version"])
    .where(
      "id",
      "in",
      links.map(({ id }) => id),
    )
    .where("withdrawn_at", "is", null)
    .execute();
  return rows
    .filter((row) => links.some(({ id, version }) => id === row.id && version === row.version))
    .map(({ id }) => id);
}

export async function touchSession(db: Db, sessionId: string, now: Date, expiresAt: Date): Promise<void> {
  await db
    .updateTable("sessions")
    .set({ last_seen_at: now, expires_at: expiresAt })
    .where("id", "=", sessionId)
    .execute();
}

export async function insertSession(
  tx: Tx,
  row: {
    id: string;
    tokenHash: Buffer;
    userId: string;
    address: string;
    agent: string;
    now: Date;
    confirmedAt: Date | null;
    expiresAt: Date;
  },
): Promise<void> {
  await tx
    .insertInto("sessions")
    .values({
      id: row.id,
      token_hash: row.tokenHash,
      user_id: row.userId,
      address: row.address,
      agent: row.agent,
      created_at: row.now,
      last_seen_at: row.now,
      expires_at: row.expiresAt,
      confirmed_at: row.confirmedAt,
    })
    .execute();
}

export async function setConfirmed(db: Db, sessionId: string, now: Date): Promise<void> {
  await db.updateTable("sessions").set({ confirmed_at: now }).where("id", "=", sessionId).execute();
}

/** When a password or a passkey was last shown at a session. */
export async function findConfirmedAt(db: Db, sessionId: string): Promise<Date | null> {
  const row = await db.selectFrom("sessions").select("confirmed_at").where("id", "=", sessionId).executeTakeFirst();
  return row?.confirmed_at ?? null;
}

export async function findBegunAt(db: Db, sessionId: string): Promise<Date | undefined> {
  const row = await db.selectFrom("sessions").select("created_at").where("id", "=", sessionId).executeTakeFirst();
  return row?.created_at;
}

export async function deleteSession(db: Db, userId: string, sessionId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("sessions")
    .where("id", "=", sessionId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Ends all sessions of an account, or all but one. */
export async function deleteSessions(db: Db, userId: string, except: string | undefined): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom("sessions")
    .where("user_id", "=", userId)
    .$if(except !== undefined, (query) => query.where("id", "<>", except ?? ""))
    .executeTakeFirst();
  return Number(numDeletedRows);
}

export function listSessions(
  db: Db,
  { userId, now, before, most }: { userId: string; now: Date; before: string | undefined; most: number },
) {
  return db
    .selectFrom("sessions")
    .select(["id", "agent", "address", "created_at as createdAt", "last_seen_at as lastSeenAt"])
    .where("user_id", "=", userId)
    .where("expires_at", ">", now)
    .$if(before !== undefined, (query) => query.where("id", "<", before ?? ""))
    .orderBy("id", "desc")
    .limit(most)
    .execute();
}

export async function deleteExpired(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("sessions").where("expires_at", "<=", now).execute();
}

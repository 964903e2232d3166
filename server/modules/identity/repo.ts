import { sql } from "kysely";

import type { Db } from "#server/platform/db.ts";

/** Who a session belongs to, in one query; nothing for one that is unknown, over, or of somebody banned. */
export async function findSession(db: Db, tokenHash: Buffer, now: Date) {
  const { rows } = await sql<{
    sessionId: string;
    lastSeenAt: Date;
    userId: string;
    personId: string;
    role: string;
    locale: string;
  }>`select s.id as "sessionId", s.last_seen_at as "lastSeenAt", u.id as "userId", p.id as "personId", u.role, u.locale
    from sessions s join users u on u.id = s.user_id join people p on p.user_id = u.id
    where s.token_hash = ${tokenHash} and s.expires_at > ${now} and u.banned_at is null and u.left_at is null`.execute(
    db,
  );
  return rows[0];
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

export async function touchSession(db: Db, sessionId: string, now: Date, expiresAt: Date): Promise<void> {
  await db
    .updateTable("sessions")
    .set({ last_seen_at: now, expires_at: expiresAt })
    .where("id", "=", sessionId)
    .execute();
}

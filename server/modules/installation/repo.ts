import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

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

export interface LetterRow {
  id: string;
  kind: string;
  to: string;
  lane: "urgent" | "normal" | "bulk";
  status: "waiting" | "handed_over" | "failed" | "refused";
  attempts: number;
  lastError: string | null;
  createdAt: Date;
}

/** Letters without what they say, the newest first. */
export async function listLetters(
  db: Db,
  search: { status: LetterRow["status"] | null; to: string; before: string | null; limit: number },
): Promise<LetterRow[]> {
  const { status, to, before, limit } = search;
  const { rows } = await sql<LetterRow>`select id, kind, to_address as "to", lane, status, attempts,
      last_error as "lastError", created_at as "createdAt"
    from letters where true
      ${status ? sql`and status = ${status}` : sql``}
      ${to ? sql`and to_address like ${`%${to.replace(/[\\%_]/g, "\\$&")}%`}` : sql``}
      ${before ? sql`and id < ${before}` : sql``}
    order by id desc limit ${limit}`.execute(db);
  return rows;
}

export async function countLetters(db: Db): Promise<{ waiting: number; failed: number }> {
  const { rows } = await sql<{ waiting: number; failed: number }>`select
      count(*) filter (where status = 'waiting') as waiting, count(*) filter (where status = 'failed') as failed
    from letters where status <> 'handed_over'`.execute(db);
  return rows[0] ?? { waiting: 0, failed: 0 };
}

export interface FiguresRow {
  users: number;
  newUsers: number;
  organizers: number;
  upcoming: number;
  inReview: number;
  coming: number;
  liveRooms: number;
}

export async function countAll(db: Db, now: Date, since: Date): Promise<FiguresRow> {
  const { rows } = await sql<FiguresRow>`select
      (select count(*) from users where left_at is null) as users,
      (select count(*) from users where left_at is null and created_at > ${since}) as "newUsers",
      (select count(*) from organizers) as organizers,
      (select count(*) from gatherings where status = 'scheduled' and end_time > ${now}) as upcoming,
      (select count(*) from events where status = 'in_review') as "inReview",
      (select count(*) from gatherings g join registrations r on r.gathering_id = g.id and r.status = 'confirmed'
        where g.status = 'scheduled' and g.end_time > ${now}) as coming,
      (select count(*) from rooms where status = 'open') as "liveRooms"`.execute(db);
  return rows[0] ?? { users: 0, newUsers: 0, organizers: 0, upcoming: 0, inReview: 0, coming: 0, liveRooms: 0 };
}

/** Rooms that are open, and people in them now. */
export async function countRooms(db: Db): Promise<{ open: number; people: number }> {
  const { rows } = await sql<{ open: number; people: number }>`select
      (select count(*) from rooms where status = 'open') as open,
      (select count(distinct (room_id, person_id)) from room_visits where left_at is null and joined_at is not null) as people`.execute(
    db,
  );
  return rows[0] ?? { open: 0, people: 0 };
}

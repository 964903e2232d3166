import { type RawBuilder, sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

export interface AccountRow {
  id: string;
  name: string;
  email: string | null;
  role: "attendee" | "organizer" | "admin";
  pictureId: string | null;
  createdAt: Date;
  lastSeenAt: Date | null;
  bannedAt: Date | null;
  bannedUntil: Date | null;
  banReason: string;
  organizers: { id: string; slug: string; name: string }[];
}

const account = sql`u.id, u.name, u.email, u.role, u.picture_id as "pictureId", u.created_at as "createdAt",
  (select max(last_seen_at) from sessions where user_id = u.id) as "lastSeenAt",
  u.banned_at as "bannedAt", u.banned_until as "bannedUntil", u.ban_reason as "banReason",
  (select coalesce(json_agg(json_build_object('id', o.id, 'slug', o.slug, 'name', o.name) order by o.name, o.id), '[]')
    from organizer_members m join organizers o on o.id = m.organizer_id where m.user_id = u.id) as organizers`;

const shown = {
  all: sql`true`,
  admins: sql`u.role = 'admin'`,
  organizers: sql`u.role = 'organizer'`,
  banned: sql`u.banned_at is not null`,
};

/** Accounts that somebody has, the newest first. */
export async function listAccounts(
  db: Db,
  search: { term: string; show: keyof typeof shown; before: string | null; limit: number },
): Promise<AccountRow[]> {
  const { term, show, before, limit } = search;
  const like = `%${term.replace(/[\\%_]/g, "\\$&")}%`;
  const { rows } = await sql<AccountRow>`select ${account} from users u
    where u.left_at is null and ${shown[show]}
      ${term ? sql`and (u.email like ${like} or lower(u.name) like ${like})` : sql``}
      ${before ? sql`and u.id < ${before}` : sql``}
    order by u.id desc limit ${limit}`.execute(db);
  return rows;
}

export async function findAccount(db: Db, id: string): Promise<AccountRow | undefined> {
  const { rows } = await sql<AccountRow>`select ${account} from users u
    where u.id = ${id} and u.left_at is null`.execute(db);
  return rows[0];
}

export interface Governed {
  role: AccountRow["role"];
  personId: string;
  email: string | null;
  name: string;
  locale: string;
  credentialsVersion: number;
  bannedAt: Date | null;
  bannedUntil: Date | null;
}

/** Holds an account's row; every admin's too, so that two of them cannot each leave the last chair to the other. */
export const lockAccount = (tx: Tx, id: string): Promise<Governed | undefined> =>
  lockBy(tx, id, sql`for no key update of u`);

/** The same of one that is about to leave: whoever would still write down something of theirs waits, and finds them gone. */
export const lockLeaver = (tx: Tx, id: string): Promise<Governed | undefined> => lockBy(tx, id, sql`for update of u`);

async function lockBy(tx: Tx, id: string, lock: RawBuilder<unknown>): Promise<Governed | undefined> {
  await sql`select id from users where role = 'admin' order by id for no key update`.execute(tx);
  const { rows } = await sql<Governed>`select u.role, p.id as "personId", u.email, u.name, u.locale,
      u.credentials_version as "credentialsVersion", u.banned_at as "bannedAt", u.banned_until as "bannedUntil"
    from users u join people p on p.user_id = u.id
    where u.id = ${id} and u.left_at is null ${lock}`.execute(tx);
  return rows[0];
}

/** Whether somebody else could still run the installation. */
export async function hasOtherAdmin(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select from users
    where role = 'admin' and banned_at is null and left_at is null and id <> ${id} limit 1`.execute(tx);
  return rows.length > 0;
}

export async function updateRole(tx: Tx, id: string, role: AccountRow["role"], now: Date): Promise<void> {
  await tx.updateTable("users").set({ role, updated_at: now }).where("id", "=", id).execute();
}

export async function updateBan(
  tx: Tx,
  id: string,
  ban: { since: Date; until: Date | null; reason: string } | null,
  now: Date,
): Promise<void> {
  await tx
    .updateTable("users")
    .set({
      banned_at: ban?.since ?? null,
      banned_until: ban?.until ?? null,
      ban_reason: ban?.reason ?? "",
      updated_at: now,
    })
    .where("id", "=", id)
    .execute();
}

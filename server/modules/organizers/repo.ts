import { sql } from "kysely";

import type { MemberRole } from "#domain/organizers/team.ts";
import type { Db, Tx } from "#server/platform/db.ts";

/** An organizer as one of its members sees it. */
export interface Membership {
  id: string;
  slug: string;
  name: string;
  hue: number;
  timeZone: string;
  role: MemberRole;
}

/** The organizers of an account, the one last used first. */
export async function listOfMember(db: Db, userId: string): Promise<Membership[]> {
  const { rows } = await sql<Membership>`select o.id, o.slug, o.name, o.hue, o.time_zone as "timeZone", m.role
    from organizer_members m join organizers o on o.id = m.organizer_id
    where m.user_id = ${userId} order by m.last_used_at desc, o.id`.execute(db);
  return rows;
}

/** The organizer that was made for an account by itself, while it belongs to it. */
export async function findPersonal(db: Db, userId: string): Promise<Membership | undefined> {
  const { rows } = await sql<Membership>`select o.id, o.slug, o.name, o.hue, o.time_zone as "timeZone", m.role
    from organizers o join organizer_members m on m.organizer_id = o.id and m.user_id = o.personal_user_id
    where o.personal_user_id = ${userId}`.execute(db);
  return rows[0];
}

export function findUser(db: Db, userId: string) {
  return db
    .selectFrom("users")
    .select(["name", "time_zone as timeZone"])
    .where("id", "=", userId)
    .executeTakeFirstOrThrow();
}

/** Returns nothing when the slug is taken, or when this account has its own already. */
export function insertPersonal(
  tx: Tx,
  one: Omit<Membership, "role"> & { userId: string; now: Date },
): Promise<{ id: string } | undefined> {
  return tx
    .insertInto("organizers")
    .values({
      id: one.id,
      slug: one.slug,
      name: one.name,
      hue: one.hue,
      time_zone: one.timeZone,
      personal_user_id: one.userId,
      created_at: one.now,
      updated_at: one.now,
    })
    .onConflict((oc) => oc.doNothing())
    .returning("id")
    .executeTakeFirst();
}

export async function insertMember(
  tx: Tx,
  member: { organizerId: string; userId: string; role: Membership["role"]; now: Date },
): Promise<void> {
  await tx
    .insertInto("organizer_members")
    .values({
      organizer_id: member.organizerId,
      user_id: member.userId,
      role: member.role,
      created_at: member.now,
      last_used_at: member.now,
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

export async function touchMember(tx: Tx, organizerId: string, userId: string, now: Date): Promise<void> {
  await tx
    .updateTable("organizer_members")
    .set({ last_used_at: now })
    .where("organizer_id", "=", organizerId)
    .where("user_id", "=", userId)
    .execute();
}

/** The public face of an organizer. */
export interface Face {
  id: string;
  slug: string;
  name: string;
  bio: string;
  website: string;
  logoId: string | null;
  hue: number;
  timeZone: string;
  showsFollowers: boolean;
  slotIntervalMinutes: number;
}

const face = [
  "id",
  "slug",
  "name",
  "bio",
  "website",
  "logo_id as logoId",
  "hue",
  "time_zone as timeZone",
  "shows_followers as showsFollowers",
  "slot_interval_minutes as slotIntervalMinutes",
] as const;
const faceOf = sql`o.id, o.slug, o.name, o.bio, o.website, o.logo_id as "logoId", o.hue, o.time_zone as "timeZone",
  o.shows_followers as "showsFollowers", o.slot_interval_minutes as "slotIntervalMinutes"`;

export const findFace = (db: Db, by: "id" | "slug", value: string): Promise<Face | undefined> =>
  db.selectFrom("organizers").select(face).where(by, "=", value).executeTakeFirst();

export const lockFace = (tx: Tx, id: string): Promise<Face | undefined> =>
  tx.selectFrom("organizers").select(face).where("id", "=", id).forNoKeyUpdate().executeTakeFirst();

/** The organizers of an account with their faces, the one last used first. */
export async function listFaces(db: Db, userId: string): Promise<(Face & { role: Membership["role"] })[]> {
  const { rows } = await sql<Face & { role: Membership["role"] }>`select ${faceOf}, m.role
    from organizer_members m join organizers o on o.id = m.organizer_id
    where m.user_id = ${userId} order by m.last_used_at desc, o.id`.execute(db);
  return rows;
}

export async function findRole(db: Db, organizerId: string, userId: string): Promise<Membership["role"] | null> {
  const row = await db
    .selectFrom("organizer_members")
    .select("role")
    .where("organizer_id", "=", organizerId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return (row?.role as Membership["role"]) ?? null;
}

/** Returns whether that is another than before. */
export async function updateTrust(tx: Tx, id: string, trustedAt: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("organizers")
    .set({ trusted_at: trustedAt })
    .where("id", "=", id)
    .where("trusted_at", trustedAt ? "is" : "is not", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

const uniqueViolation = "23505";

/** Returns whether it is done; not when another organizer has the slug. */
export async function updateFace(tx: Tx, { id, ...row }: Face, now: Date): Promise<boolean> {
  try {
    await tx
      .updateTable("organizers")
      .set({
        slug: row.slug,
        name: row.name,
        bio: row.bio,
        website: row.website,
        logo_id: row.logoId,
        hue: row.hue,
        time_zone: row.timeZone,
        shows_followers: row.showsFollowers,
        slot_interval_minutes: row.slotIntervalMinutes,
        updated_at: now,
      })
      .where("id", "=", id)
      .execute();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === uniqueViolation) return false;
    throw error;
  }
}

/** How many follow an organizer, and whether an account does. */
export async function findFollowing(db: Db, organizerId: string, userId: string | null) {
  const { rows } = await sql<{ followers: number; isFollowed: boolean }>`select count(*) as followers,
      coalesce(bool_or(user_id = ${userId}::uuid), false) as "isFollowed"
    from follows where organizer_id = ${organizerId}`.execute(db);
  return rows[0] ?? { followers: 0, isFollowed: false };
}

/** Returns whether the account has not followed before. */
export async function insertFollow(
  tx: Tx,
  follow: { id: string; organizerId: string; userId: string; now: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("follows")
    .values({ id: follow.id, organizer_id: follow.organizerId, user_id: follow.userId, created_at: follow.now })
    .onConflict((oc) => oc.columns(["organizer_id", "user_id"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Returns whether the account has followed before. */
export async function deleteFollow(tx: Tx, follow: { organizerId: string; userId: string }): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("follows")
    .where("organizer_id", "=", follow.organizerId)
    .where("user_id", "=", follow.userId)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** The organizers that an account follows, the last one first. */
export async function listFollowed(
  db: Db,
  { userId, before, limit }: { userId: string; before: string | null; limit: number },
): Promise<(Face & { followId: string })[]> {
  const { rows } = await sql<Face & { followId: string }>`select ${faceOf}, f.id as "followId"
    from follows f join organizers o on o.id = f.organizer_id
    where f.user_id = ${userId} ${before === null ? sql`` : sql`and f.id < ${before}`}
    order by f.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Takes an account out of its teams; says which teams those were, and whether the organizer was its own. */
export async function deleteMemberships(tx: Tx, userId: string): Promise<{ id: string; isPersonal: boolean }[]> {
  const { rows } = await sql<{
    id: string;
    isPersonal: boolean;
  }>`with unfollowed as (delete from follows where user_id = ${userId}), gone as (
      delete from organizer_members where user_id = ${userId} returning organizer_id)
    select o.id, o.personal_user_id is not distinct from ${userId}::uuid as "isPersonal"
    from gone join organizers o on o.id = gone.organizer_id`.execute(tx);
  return rows;
}

/** Makes who is highest, and longest there, an owner where there is none; says whether anybody is there at all. */
export async function raiseHeir(tx: Tx, organizerId: string): Promise<boolean> {
  await sql`update organizer_members set role = 'owner' where organizer_id = ${organizerId} and user_id = (
      select user_id from organizer_members where organizer_id = ${organizerId}
      order by role = 'owner' desc, role = 'admin' desc, created_at, user_id limit 1)`.execute(tx);
  const { rows } = await sql`select from organizer_members where organizer_id = ${organizerId} limit 1`.execute(tx);
  return rows.length > 0;
}

/** Somebody who belongs to an organizer. */
export interface Member {
  userId: string;
  personId: string;
  name: string;
  email: string;
  pictureId: string | null;
  role: MemberRole;
  since: Date;
}

/** Who belongs to an organizer: owners first, then by when they came. */
export async function listMembers(db: Db, organizerId: string): Promise<Member[]> {
  const { rows } =
    await sql<Member>`select u.id as "userId", p.id as "personId", u.name, coalesce(u.email, '') as email,
      u.picture_id as "pictureId", m.role, m.created_at as since
    from organizer_members m join users u on u.id = m.user_id join people p on p.user_id = u.id
    where m.organizer_id = ${organizerId}
    order by array_position(array['owner', 'admin', 'member'], m.role), m.created_at, u.id`.execute(db);
  return rows;
}

/** Makes an account a member in this role, or gives a member this role. */
export async function putMember(
  tx: Tx,
  member: { organizerId: string; userId: string; role: MemberRole; now: Date },
): Promise<void> {
  await sql`insert into organizer_members (organizer_id, user_id, role, created_at, last_used_at)
    values (${member.organizerId}, ${member.userId}, ${member.role}, ${member.now}, ${member.now})
    on conflict (organizer_id, user_id) do update set role = excluded.role`.execute(tx);
}

/** Takes one account out of one team. Where the organizer was made for it by itself, that is so no longer. */
export async function deleteMember(tx: Tx, organizerId: string, userId: string): Promise<void> {
  await sql`with gone as (delete from organizer_members where organizer_id = ${organizerId} and user_id = ${userId})
    update organizers set personal_user_id = null
    where id = ${organizerId} and personal_user_id = ${userId}`.execute(tx);
}

import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

export interface DeviceRow {
  id: string;
  agent: string;
  sessionId: string;
  showsTitles: boolean;
  createdAt: Date;
}

const living = sql`d join sessions s on s.id = d.session_id`;
const columns = sql`d.id, s.agent, d.session_id as "sessionId", d.shows_titles as "showsTitles", d.created_at as "createdAt"`;

export async function listDevices(db: Db, userId: string): Promise<DeviceRow[]> {
  const { rows } = await sql<DeviceRow>`select ${columns} from push_devices ${living}
    where d.user_id = ${userId} order by d.id desc`.execute(db);
  return rows;
}

/** Rings a session's browser from now on; of one browser and of one session there is one. */
export async function putDevice(
  tx: Tx,
  device: { id: string; userId: string; sessionId: string; endpoint: string; p256dh: string; auth: string; now: Date },
): Promise<void> {
  const { id, userId, sessionId, endpoint, p256dh, auth, now } = device;
  await tx
    .deleteFrom("push_devices")
    .where((eb) => eb.or([eb("session_id", "=", sessionId), eb("endpoint", "=", endpoint)]))
    .execute();
  await tx
    .insertInto("push_devices")
    .values({ id, user_id: userId, session_id: sessionId, endpoint, p256dh, auth, created_at: now })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

export async function setShowsTitles(tx: Tx, userId: string, id: string, showsTitles: boolean): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("push_devices")
    .set({ shows_titles: showsTitles })
    .where("id", "=", id)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function deleteDevice(db: Db, id: string, userId?: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("push_devices")
    .where("id", "=", id)
    .$if(userId !== undefined, (query) => query.where("user_id", "=", userId ?? ""))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The devices of these accounts. */
export async function listRung(db: Db, userIds: readonly string[]): Promise<{ id: string; userId: string }[]> {
  return db
    .selectFrom("push_devices")
    .select(["id", "user_id as userId"])
    .where("user_id", "in", [...userIds])
    .orderBy("id")
    .execute();
}

export interface Ringable {
  userId: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  showsTitles: boolean;
  locale: string;
}

/** A device, as long as somebody is signed in there. */
export async function findRingable(db: Db, id: string, now: Date): Promise<Ringable | undefined> {
  const { rows } = await sql<Ringable>`select d.user_id as "userId", d.endpoint, d.p256dh, d.auth,
      d.shows_titles as "showsTitles", u.locale
    from push_devices ${living} join users u on u.id = d.user_id
    where d.id = ${id} and s.expires_at > ${now} and u.banned_at is null and u.left_at is null`.execute(db);
  return rows[0];
}

export interface About {
  title: string;
  organizer: string;
  organizerId: string;
  slug: string | null;
  by: string | null;
  linkVersion: number | null;
}

/** What a notice is about, in words. */
export async function findAbout(
  db: Db,
  of: Record<"eventId" | "gatheringId" | "registrationId" | "organizerId" | "byUserId", string | null>,
): Promise<About | undefined> {
  const { rows } = await sql<About>`select coalesce(g.title, e.title, o.name) as title, o.name as organizer,
      o.id as "organizerId", e.slug, b.name as by,
      case when g.kind = 'booking' then r.link_version end as "linkVersion"
    from (values (${of.eventId}::uuid, ${of.gatheringId}::uuid, ${of.registrationId}::uuid, ${of.organizerId}::uuid,
      ${of.byUserId}::uuid)) as it (event_id, gathering_id, registration_id, organizer_id, by_user_id)
    left join gatherings g on g.id = it.gathering_id
    left join registrations r on r.id = it.registration_id
    left join events e on e.id = coalesce(it.event_id, g.source_id)
    join organizers o on o.id = coalesce(it.organizer_id, e.organizer_id)
    left join users b on b.id = it.by_user_id`.execute(db);
  return rows[0];
}

import { sql } from "kysely";

import type { NoticeKind } from "#domain/notifications/topics.ts";
import type { Db, Tx } from "#server/platform/db.ts";
import { inBites } from "#server/platform/housekeeping.ts";

export interface NewNotice {
  id: string;
  userId: string;
  kind: NoticeKind;
  key: string;
  eventId: string | null;
  gatheringId: string | null;
  registrationId: string | null;
  mailingId?: string;
  organizerId?: string | null | undefined;
  byUserId?: string;
  role?: string;
  at: Date;
}

/**
 * Keeps what is to be told; returns whose notices are others now.
 *
 * What is known by its key stays as it is. Where something newer has happened under it, the notice comes back to the top
 * as unread, and tells of all that has happened since it was last read.
 */
export async function insertNotices(tx: Tx, notices: readonly NewNotice[]): Promise<string[]> {
  const { rows } = await sql<{ userId: string }>`
    insert into notices (id, user_id, kind, key, event_id, gathering_id, registration_id, mailing_id,
      organizer_id, by_user_id, role, since, at)
    select id, "userId", kind, key, "eventId", "gatheringId", "registrationId", "mailingId", "organizerId", "byUserId", role,
      at, at
    from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as new
      (id uuid, "userId" uuid, kind text, key text, "eventId" uuid, "gatheringId" uuid, "registrationId" uuid,
       "mailingId" uuid, "organizerId" uuid, "byUserId" uuid, role text, at timestamptz)
    on conflict (user_id, key) do update set
      since = case when notices.read_at is null then least(notices.since, excluded.since) else excluded.since end,
      at = greatest(notices.at, excluded.at), read_at = null
      where excluded.kind in ('people.confirmed', 'people.pending', 'people.waiting')
        and (excluded.at > notices.at or (notices.read_at is null and excluded.since < notices.since))
    returning user_id as "userId"`.execute(tx);
  return [...new Set(rows.map(({ userId }) => userId))];
}

/** More than this are not counted: nobody reads the number. */
const mostCounted = 100;

/** How many are unread, for each of these accounts, up to a hundred. */
export async function countUnread(db: Db, userIds: readonly string[]): Promise<{ userId: string; unread: number }[]> {
  const { rows } = await sql<{ userId: string; unread: number }>`select u.id as "userId", n.unread::integer as unread
    from unnest(${userIds}::uuid[]) as u (id)
    join lateral (select count(*) as unread from (select from notices
      where user_id = u.id and read_at is null limit ${mostCounted}) as part) as n on true`.execute(db);
  return rows;
}

export interface NoticeRow {
  id: string;
  kind: NoticeKind;
  title: string;
  organizer: string;
  hue: number;
  n: number;
  startTime: Date | null;
  timeZone: string;
  eventId: string | null;
  slug: string | null;
  organizerId: string;
  by: string | null;
  role: string | null;
  registrationId: string | null;
  mailingId: string | null;
  /** Of a booking: the version of its party's link. */
  linkVersion: number | null;
  at: Date;
  isRead: boolean;
}

/** Somebody's notices, newest first. */
export async function listNotices(
  db: Db,
  { userId, isUnread, after, limit }: { userId: string; isUnread: boolean; after: string[] | undefined; limit: number },
): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`select n.id, n.kind, coalesce(g.title, e.title, o.name) as title,
      o.name as organizer, o.id as "organizerId", b.name as by, n.role, coalesce(e.hue, t.hue, o.hue) as hue, e.id as "eventId", e.slug, n.registration_id as "registrationId",
      n.mailing_id as "mailingId", case when g.kind = 'booking' then r.link_version end as "linkVersion", g.start_time as "startTime",
      coalesce(g.time_zone, 'UTC') as "timeZone", n.at, n.read_at is not null as "isRead",
      case n.kind
        when 'people.confirmed' then (select greatest(count(*), 1)::integer from registrations r
          where r.gathering_id = n.gathering_id and r.confirmed_at between n.since and n.at)
        when 'people.pending' then (select greatest(count(*), 1)::integer from registrations r
          where r.gathering_id = n.gathering_id and r.created_at between n.since and n.at)
        when 'people.waiting' then (select greatest(count(*), 1)::integer from registrations r
          where r.gathering_id = n.gathering_id and r.waitlist_entry_id is not null and r.created_at between n.since and n.at)
        else 1 end as n
    from notices n
    left join gatherings g on g.id = n.gathering_id
    left join events e on e.id = coalesce(n.event_id, g.source_id)
    left join event_types t on t.id = g.source_id
    left join registrations r on r.id = n.registration_id
    join organizers o on o.id = coalesce(n.organizer_id, e.organizer_id)
    left join users b on b.id = n.by_user_id
    where n.user_id = ${userId} ${isUnread ? sql`and n.read_at is null` : sql``}
      ${after ? sql`and (n.at, n.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by n.at desc, n.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Marks notices as read; all of somebody's where none are named. Says whether any was not. */
export async function markRead(
  tx: Tx,
  userId: string,
  ids: readonly string[] | undefined,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("notices")
    .set({ read_at: now })
    .where("user_id", "=", userId)
    .where("read_at", "is", null)
    .$if(ids !== undefined, (query) => query.where("id", "in", [...(ids ?? [])]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Lets go of what was told long ago. */
export const removeOld = (db: Db, before: Date): Promise<void> =>
  inBites(
    db,
    (most) => sql`delete from notices where id in (select id from notices where at < ${before} limit ${most})`,
  );

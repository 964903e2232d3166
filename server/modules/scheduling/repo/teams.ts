import { sql } from "kysely";

import type { HostShare } from "#server/modules/scheduling/repo/event-types.ts";
import type { Db, Tx } from "#server/platform/db.ts";

/** A step that says who hosts an event type. */
interface Writing {
  eventTypeId: string;
  hosts: readonly HostShare[];
  /** From now on they share the bookings anew; null: as before. */
  sharedAnewFrom: Date | null;
}

export async function writeHosts(tx: Tx, { eventTypeId, hosts, sharedAnewFrom }: Writing): Promise<void> {
  if (sharedAnewFrom)
    await sql`update event_types set hosts_since = ${sharedAnewFrom} where id = ${eventTypeId}`.execute(tx);
  await sql`delete from event_type_hosts where event_type_id = ${eventTypeId}`.execute(tx);
  if (hosts.length === 0) return;
  await tx
    .insertInto("event_type_hosts")
    .values(
      hosts.map((host, position) => ({
        event_type_id: eventTypeId,
        user_id: host.userId,
        position,
        is_fixed: host.isFixed,
        group_name: host.group,
        weight: host.weight,
        priority: host.priority,
        schedule_id: host.scheduleId,
      })),
    )
    .execute();
}

/** The members of an organizer among these accounts. */
export async function listMemberIds(db: Db, organizerId: string, userIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ userId: string }>`select user_id as "userId" from organizer_members
    where organizer_id = ${organizerId} and user_id = any(${userIds}::uuid[])`.execute(db);
  return rows.map(({ userId }) => userId);
}

export interface PossibleHostRow {
  userId: string;
  name: string;
  pictureId: string | null;
  isMember: boolean;
  schedules: { id: string; name: string; isDefault: boolean }[];
  /** Bookings of the event type that are to come with them. */
  upcoming: number;
}

/** The members of an organizer, and those who have left bookings of this event type behind that are still to come. */
export async function listPossibleHosts(
  db: Db,
  { id, organizerId }: { id: string; organizerId: string },
  now: Date,
): Promise<PossibleHostRow[]> {
  const { rows } = await sql<PossibleHostRow>`with coming as (
      select host as user_id, count(*)::integer as upcoming from bookings, unnest(host_ids) as host
      where event_type_id = ${id} and end_time > ${now} and status in ('pending', 'awaiting_payment', 'confirmed')
      group by host)
    select u.id as "userId", u.name, u.picture_id as "pictureId", m.user_id is not null as "isMember",
      coalesce(c.upcoming, 0) as upcoming,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'isDefault', s.is_default)
          order by s.is_default desc, s.created_at, s.id) from schedules s where s.user_id = u.id), '[]') as schedules
    from users u
    left join organizer_members m on m.user_id = u.id and m.organizer_id = ${organizerId}
    left join coming c on c.user_id = u.id
    where m.user_id is not null or c.user_id is not null
    order by m.user_id is null, lower(u.name), u.id limit 200`.execute(db);
  return rows;
}

/** Whoever is a member of an organizer that this account belongs to as well. */
export async function listColleagues(db: Db, userId: string) {
  const { rows } = await sql<{ userId: string; name: string; pictureId: string | null }>`
    select u.id as "userId", u.name, u.picture_id as "pictureId" from users u
    where u.id <> ${userId} and u.id in (
      select b.user_id from organizer_members a join organizer_members b using (organizer_id) where a.user_id = ${userId})
    order by lower(u.name), u.id limit 500`.execute(db);
  return rows;
}

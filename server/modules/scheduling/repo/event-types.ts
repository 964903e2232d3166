import { sql } from "kysely";

import type { EventTypeHost, EventTypeRules } from "#contract/scheduling.ts";
import { type Db, prepared, type Tx } from "#server/platform/db.ts";

/** What an event type's own row says, and who hosts it. */
export interface EventTypeRow {
  id: string;
  organizerId: string;
  organizerSlug: string;
  slug: string;
  name: string;
  description: string;
  hue: number;
  timeZone: string;
  durations: number[];
  maxAttendees: number;
  isActive: boolean;
  isPrivate: boolean;
  rules: EventTypeRules;
  version: number;
  hostsSince: Date;
  createdBy: string;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
  hosts: HostRow[];
  /** The organizer's own step, for event types that have none. */
  usualIntervalMinutes: number;
}

/** What somebody's part in hosting is. */
export type HostShare = Omit<EventTypeHost, "name" | "pictureUrl">;

/** Somebody who hosts, as long as they are a member of the organizer. */
export interface HostRow extends HostShare {
  name: string;
  pictureId: string | null;
}

const select = sql`select t.id, t.organizer_id as "organizerId", o.slug as "organizerSlug", t.slug, t.name, t.description, t.hue,
    t.time_zone as "timeZone", t.durations, t.max_attendees as "maxAttendees", t.is_active as "isActive",
    t.is_private as "isPrivate", t.rules, t.version, t.hosts_since as "hostsSince", t.created_by as "createdBy", t.created_at as "createdAt",
    t.updated_at as "updatedAt", t.deleted_at as "deletedAt",
    o.slot_interval_minutes as "usualIntervalMinutes",
    coalesce((select jsonb_agg(jsonb_build_object('userId', h.user_id, 'name', u.name, 'pictureId', u.picture_id,
        'isFixed', h.is_fixed, 'group', h.group_name, 'weight', h.weight, 'priority', h.priority, 'scheduleId', h.schedule_id)
        order by h.position, h.user_id)
      from event_type_hosts h join users u on u.id = h.user_id
      join organizer_members m on m.user_id = h.user_id and m.organizer_id = t.organizer_id
      where h.event_type_id = t.id), '[]') as hosts
  from event_types t join organizers o on o.id = t.organizer_id`;

const byId = prepared<EventTypeRow, [id: string]>((id) => sql`${select} where t.id = ${id}::uuid`);

export async function find(db: Db, id: string): Promise<EventTypeRow | undefined> {
  const [row] = await byId(db, id);
  return row;
}

/** Holds the row, so that what is booked or changed of an event type happens one after another. */
export async function lock(tx: Tx, id: string): Promise<EventTypeRow | undefined> {
  await sql`select 1 from event_types where id = ${id} for no key update`.execute(tx);
  return find(tx, id);
}

const bySlugs = prepared<EventTypeRow, [organizer: string, slug: string]>(
  (organizer, slug) =>
    sql`${select} where t.deleted_at is null and o.slug = ${organizer} and t.id = coalesce(
      (select id from event_types where organizer_id = o.id and slug = ${slug} and deleted_at is null),
      (select event_type_id from event_type_slugs where organizer_id = o.id and slug = ${slug}))`,
);

/** By its address or one that it had before; not what is deleted. */
export async function findBySlugs(db: Db, organizer: string, slug: string): Promise<EventTypeRow | undefined> {
  const [row] = await bySlugs(db, organizer, slug);
  return row;
}

export async function listPublic(db: Db, organizerId: string): Promise<EventTypeRow[]> {
  const { rows } = await sql<EventTypeRow>`${select} where t.organizer_id = ${organizerId} and t.deleted_at is null
    and t.is_active and not t.is_private order by t.created_at, t.id limit 200`.execute(db);
  return rows;
}

export interface Key {
  at: string;
  id: string;
}

export async function list(
  db: Db,
  { organizerId, after, limit }: { organizerId: string; after: Key | null; limit: number },
): Promise<EventTypeRow[]> {
  const beyond = after ? sql`(t.created_at, t.id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`;
  const { rows } = await sql<EventTypeRow>`${select} where t.organizer_id = ${organizerId} and t.deleted_at is null
    and ${beyond} order by t.created_at, t.id limit ${limit}`.execute(db);
  return rows;
}

/** How much each event type is used: bookings that took place or will, and those still to come. */
export async function countUse(db: Db, ids: readonly string[], now: Date) {
  const { rows } = await sql<{ id: string; total: number; upcoming: number }>`
    select event_type_id as id, count(*)::integer as total,
      count(*) filter (where end_time > ${now})::integer as upcoming
    from bookings where event_type_id = any(${ids}::uuid[]) and status in ('pending', 'confirmed', 'completed', 'no_show')
    group by event_type_id`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

export type Saved = Omit<
  EventTypeRow,
  | "organizerSlug"
  | "version"
  | "hostsSince"
  | "createdAt"
  | "updatedAt"
  | "deletedAt"
  | "hosts"
  | "usualIntervalMinutes"
> & { hosts: HostShare[] };

const uniqueViolation = "23505";

/** Which of its names another has, when the database says so. */
function takenIn(error: unknown): "name" | "slug" | undefined {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code !== uniqueViolation) return undefined;
  if (constraint === "event_types_name") return "name";
  return constraint === "event_types_slug" ? "slug" : undefined;
}

/** Makes or writes an event type. A name or address that another has fails the transaction; which, is returned. */
export async function save(tx: Tx, row: Saved, now: Date): Promise<"saved" | "name" | "slug"> {
  const values = {
    slug: row.slug,
    name: row.name,
    description: row.description,
    hue: row.hue,
    time_zone: row.timeZone,
    durations: row.durations,
    max_attendees: row.maxAttendees,
    is_active: row.isActive,
    is_private: row.isPrivate,
    rules: JSON.stringify(row.rules),
    updated_at: now,
  };
  try {
    await tx
      .insertInto("event_types")
      .values({
        id: row.id,
        organizer_id: row.organizerId,
        created_by: row.createdBy,
        created_at: now,
        hosts_since: now,
        ...values,
      })
      .onConflict((oc) =>
        oc.column("id").doUpdateSet((eb) => ({ ...values, version: eb("event_types.version", "+", 1) })),
      )
      .execute();
    return "saved";
  } catch (error) {
    const taken = takenIn(error);
    if (taken) return taken;
    throw error;
  }
}

/** From now on an old address leads to this one. */
export async function keepSlug(tx: Tx, organizerId: string, slug: string, id: string): Promise<void> {
  await sql`insert into event_type_slugs (organizer_id, slug, event_type_id) values (${organizerId}, ${slug}, ${id})
    on conflict (organizer_id, slug) do update set event_type_id = excluded.event_type_id`.execute(tx);
}

export async function listSlugs(db: Db, organizerId: string, base: string): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`select slug from event_types
    where organizer_id = ${organizerId} and deleted_at is null and (slug = ${base} or slug like ${`${base}-%`})`.execute(
    db,
  );
  return rows.map(({ slug }) => slug);
}

export async function listNames(db: Db, organizerId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select lower(name) as name from event_types
    where organizer_id = ${organizerId} and deleted_at is null`.execute(db);
  return rows.map(({ name }) => name);
}

/** Returns what stands in the way of coming back, if anything does. */
export async function setDeleted(tx: Tx, id: string, at: Date | null): Promise<"saved" | "name" | "slug"> {
  try {
    await sql`update event_types set deleted_at = ${at}, version = version + 1 where id = ${id}`.execute(tx);
    return "saved";
  } catch (error) {
    const taken = takenIn(error);
    if (taken) return taken;
    throw error;
  }
}

import { randomUUIDv7 } from "node:crypto";
import { type RawBuilder, sql } from "kysely";

import type { GatheringSettings } from "#contract/gatherings.ts";
import type { GatheringStatus } from "#domain/gatherings/states.ts";
import type { Format } from "#domain/registrations/places.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface Gathering {
  id: string;
  kind: "occurrence" | "talk" | "booking";
  sourceId: string;
  parentId: string | null;
  organizerId: string;
  title: string;
  status: GatheringStatus;
  format: Format;
  visibility: "public" | "unlisted" | "invite_only" | "private";
  startTime: Date | null;
  endTime: Date | null;
  wallStart: string | null;
  wallEnd: string | null;
  timeZone: string;
  sequence: number;
  settings: GatheringSettings;
  cancelledAt: Date | null;
  cancelReason: string;
  ownTitle: string | null;
  ownPlaceName: string | null;
  ownPlaceAddress: string;
  ownCapacity: number | null;
  toldSequence: number;
  changeNote: string;
  updatedAt: Date;
}

/** What one gathering says otherwise than its source. */
export type Own = Pick<Gathering, "ownTitle" | "ownPlaceName" | "ownPlaceAddress" | "ownCapacity">;

/** Whether people are told of a change, and in which words beside ours. */
export interface Telling {
  isQuiet: boolean;
  note: string;
}

const columns = sql`id, kind, source_id as "sourceId", parent_id as "parentId", organizer_id as "organizerId", title, status,
  format, visibility, start_time as "startTime", end_time as "endTime", wall_start as "wallStart", wall_end as "wallEnd",
  time_zone as "timeZone", sequence, settings, cancelled_at as "cancelledAt", cancel_reason as "cancelReason",
  own_title as "ownTitle", own_place_name as "ownPlaceName", own_place_address as "ownPlaceAddress",
  own_capacity as "ownCapacity", told_sequence as "toldSequence", change_note as "changeNote",
  updated_at as "updatedAt"`;

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id of what a path names: itself, or the event with that slug. */
const sourceOf = (name: string) =>
  isUuid.test(name) ? sql`${name}` : sql`(select id from events where slug = ${name.toLowerCase()})`;

/** The same for statements that are written once: the name as an id, or as a slug. */
export const nameOf = (name: string): [id: string | null, slug: string | null] =>
  isUuid.test(name) ? [name, null] : [null, name.toLowerCase()];

/**
 * The order in which the gatherings of one source are meant when none is named: the one that is on, else the next, else
 * the last; cancelled ones only when there is no other.
 */
export const meantFirst = (now: Date | RawBuilder<Date>) => sql`(status = 'cancelled'), (end_time > ${now}) is not true,
  case when end_time > ${now} then start_time end, start_time desc nulls last, id`;

/**
 * When the gathering `g` is over: at the end that was announced, or as soon as a host ends the room that is all there is
 * of it. Whoever opens that room again takes it back.
 */
export const overAt = sql`case when g.format = 'virtual' then least(g.end_time, (select ended_at from rooms
  where gathering_id = g.id and parent_id is null and ended_at > g.start_time)) else g.end_time end`;

export async function findMeant(db: Db, name: string, now: Date): Promise<Gathering | undefined> {
  const { rows } = await sql<Gathering>`select ${columns} from gatherings
    where source_id = ${sourceOf(name)} and kind <> 'talk' order by ${meantFirst(now)} limit 1`.execute(db);
  return rows[0];
}

export async function findOfSource(db: Db, name: string, id: string): Promise<Gathering | undefined> {
  const { rows } = await sql<Gathering>`select ${columns} from gatherings
    where id = ${id} and source_id = ${sourceOf(name)}`.execute(db);
  return rows[0];
}

export async function find(db: Db, id: string): Promise<Gathering | undefined> {
  const { rows } = await sql<Gathering>`select ${columns} from gatherings where id = ${id}`.execute(db);
  return rows[0];
}

/** Which of these are over. */
export async function listOver(db: Db, ids: readonly string[], now: Date): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select g.id from gatherings g where g.id = any(${ids}::uuid[]) and ${overAt} <= ${now}`.execute(db);
  return rows.map(({ id }) => id);
}

export async function lockOfSource(tx: Tx, sourceId: string): Promise<Gathering[]> {
  const { rows } = await sql<Gathering>`select ${columns} from gatherings
    where source_id = ${sourceId} order by start_time, id for no key update`.execute(tx);
  return rows;
}

/** Those of a source that are scheduled and not over. */
export async function listComing(
  db: Db,
  sourceId: string,
  now: Date,
): Promise<{ id: string; ownCapacity: number | null }[]> {
  const { rows } = await sql<{
    id: string;
    ownCapacity: number | null;
  }>`select id, own_capacity as "ownCapacity" from gatherings
    where source_id = ${sourceId} and status = 'scheduled' and end_time > ${now} order by start_time, id`.execute(db);
  return rows;
}

export interface Times {
  startTime: Date;
  endTime: Date;
  wallStart: string;
  wallEnd: string;
}

export interface Planned {
  sourceId: string;
  organizerId: string;
  title: string;
  format: Format;
  visibility: Gathering["visibility"];
  timeZone: string;
  settings: GatheringSettings;
}

export async function insertAll(tx: Tx, planned: Planned, times: (Times | null)[], now: Date): Promise<string[]> {
  const rows = times.map((time) => ({ ...time, id: randomUUIDv7() }));
  await sql`insert into gatherings (id, kind, source_id, organizer_id, title, status, format, visibility, start_time,
      end_time, wall_start, wall_end, time_zone, settings, created_at, updated_at)
    select (row->>'id')::uuid, 'occurrence', ${planned.sourceId}, ${planned.organizerId}, ${planned.title}, 'planned',
      ${planned.format}, ${planned.visibility}, (row->>'startTime')::timestamptz, (row->>'endTime')::timestamptz,
      row->>'wallStart', row->>'wallEnd', ${planned.timeZone}, ${JSON.stringify(planned.settings)}::jsonb, ${now}, ${now}
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) as row`.execute(tx);
  return rows.map(({ id }) => id);
}

/** What every gathering of a source has in common. */
export async function updateAll(tx: Tx, source: Planned, now: Date): Promise<void> {
  await sql`update gatherings set title = coalesce(own_title, ${source.title}), format = ${source.format}, visibility = ${source.visibility},
      settings = ${JSON.stringify(source.settings)}::jsonb, updated_at = ${now}
    where source_id = ${source.sourceId}`.execute(tx);
}

/** Gives the next number to those that people must hear of; what they are told of stands in the letter. */
export async function updateSequence(
  tx: Tx,
  ids: readonly string[],
  { isQuiet, note, now }: Telling & { now: Date },
): Promise<void> {
  await sql`update gatherings set sequence = sequence + 1, altered_at = ${now}, updated_at = ${now},
      told_sequence = case when ${isQuiet} then told_sequence else sequence + 1 end,
      change_note = case when ${isQuiet} then change_note else ${note} end
    where id = any(${ids}::uuid[])`.execute(tx);
}

/** What one of them says otherwise. */
export async function updateOwn(tx: Tx, id: string, own: Own & { title: string }): Promise<void> {
  await sql`update gatherings set title = ${own.title}, own_title = ${own.ownTitle}, own_place_name = ${own.ownPlaceName},
      own_place_address = ${own.ownPlaceAddress}, own_capacity = ${own.ownCapacity}
    where id = ${id}`.execute(tx);
}

// From PostgreSQL 18 on `restrict` has a code of its own.
const isPointedAt = new Set(["23503", "23001"]);

/** Deletes gatherings, all or none: those that something points at stay. Says whether they are gone. */
export async function deleteAll(tx: Tx, ids: readonly string[]): Promise<boolean> {
  await sql`savepoint gatherings_go`.execute(tx);
  try {
    await sql`delete from gathering_roles where gathering_id = any(${ids}::uuid[])`.execute(tx);
    await sql`delete from gatherings where id = any(${ids}::uuid[])`.execute(tx);
  } catch (error) {
    if (!isPointedAt.has((error as { code?: string }).code ?? "")) throw error;
    await sql`rollback to savepoint gatherings_go`.execute(tx);
    return false;
  }
  await sql`release savepoint gatherings_go`.execute(tx);
  return true;
}

export async function updateTime(tx: Tx, id: string, time: Times | null, timeZone: string): Promise<void> {
  await tx
    .updateTable("gatherings")
    .set({
      start_time: time?.startTime ?? null,
      end_time: time?.endTime ?? null,
      wall_start: time?.wallStart ?? null,
      wall_end: time?.wallEnd ?? null,
      time_zone: timeZone,
    })
    .where("id", "=", id)
    .execute();
}

export async function updateStatus(
  tx: Tx,
  ids: readonly string[],
  change: { status: GatheringStatus; reason: string; now: Date; raises: boolean },
): Promise<void> {
  await sql`update gatherings set status = ${change.status}, cancel_reason = ${change.reason}, updated_at = ${change.now},
      cancelled_at = ${change.status === "cancelled" ? change.now : null},
      sequence = sequence + ${change.raises ? 1 : 0}
    where id = any(${ids}::uuid[])`.execute(tx);
}

/** Gatherings that their maker keeps the ids of: bookings, planned until somebody has said yes to them. */
export async function insertBookings(
  tx: Tx,
  shared: Planned & { status: GatheringStatus },
  ones: readonly (Times & { id: string })[],
  now: Date,
): Promise<void> {
  await tx
    .insertInto("gatherings")
    .values(
      ones.map((one) => ({
        id: one.id,
        kind: "booking" as const,
        source_id: shared.sourceId,
        organizer_id: shared.organizerId,
        title: shared.title,
        status: shared.status,
        format: shared.format,
        visibility: shared.visibility,
        start_time: one.startTime,
        end_time: one.endTime,
        wall_start: one.wallStart,
        wall_end: one.wallEnd,
        time_zone: shared.timeZone,
        settings: JSON.stringify(shared.settings),
        created_at: now,
        updated_at: now,
      })),
    )
    .execute();
}

export async function lock(tx: Tx, id: string): Promise<Gathering | undefined> {
  const { rows } = await sql<Gathering>`select ${columns} from gatherings where id = ${id} for no key update`.execute(
    tx,
  );
  return rows[0];
}

export async function raiseSequence(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update gatherings set sequence = sequence + 1, updated_at = ${now} where id = ${id}`.execute(tx);
}

/** Where the gathering `g` of the event `e` is: at a place of its own, else where the event is. */
export const placeOf = sql`coalesce(g.own_place_name, e.place_name) as "placeName",
  case when g.own_place_name is null then e.place_address else g.own_place_address end as "placeAddress",
  case when g.own_place_name is null then e.place_notes else '' end as "placeNotes"`;

/** What a calendar entry says beside the times. */
export async function findEntry(db: Db, gatheringId: string) {
  const { rows } = await sql<{
    slug: string;
    summary: string;
    placeName: string;
    placeAddress: string;
    organizerName: string;
  }>`select coalesce(e.slug, '') as slug, coalesce(e.summary, '') as summary,
      coalesce(g.own_place_name, e.place_name, b.location_details, '') as "placeName",
      coalesce(case when g.own_place_name is null then e.place_address else g.own_place_address end, '') as "placeAddress",
      o.name as "organizerName"
    from gatherings g join organizers o on o.id = g.organizer_id
    left join events e on e.id = g.source_id left join bookings b on b.id = g.id
    where g.id = ${gatheringId}`.execute(db);
  return rows[0];
}

const mostBound = 50;

/** An event once, by its next time, however often it happens. */
export async function listBound(db: Db, userId: string, now: Date) {
  const { rows } = await sql<{
    gatheringId: string;
    kind: Gathering["kind"];
    sourceId: string;
    title: string;
    organizer: string;
    startTime: Date;
    moreTimes: number;
  }>`select * from (select distinct on (one) g.id as "gatheringId", g.kind, g.source_id as "sourceId", g.title,
      o.name as organizer, g.start_time as "startTime", (count(*) over (partition by one))::integer - 1 as "moreTimes"
    from organizer_members m join organizers o on o.id = m.organizer_id join gatherings g on g.organizer_id = o.id
    cross join lateral (select case g.kind when 'booking' then g.id else g.source_id end as one) as of
    where m.user_id = ${userId} and m.role = 'owner' and g.status = 'scheduled' and g.kind <> 'talk' and g.end_time > ${now}
      and not exists (select from organizer_members other
        where other.organizer_id = o.id and other.role = 'owner' and other.user_id <> ${userId})
    order by one, g.start_time, g.id) as bound
    order by "startTime", "gatheringId" limit ${mostBound}`.execute(db);
  return rows;
}

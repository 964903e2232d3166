import { type RawBuilder, sql } from "kysely";

import type { Metadata, StoredItem, StoredSpeaker } from "#contract/agenda.ts";
import type { eventKinds, visibilities } from "#contract/event-input.ts";
import type { GatheringSettings } from "#contract/gatherings.ts";
import type { TeamRole } from "#domain/entitlement/doors.ts";
import type { EventStatus } from "#domain/events/states.ts";
import type { GatheringStatus } from "#domain/gatherings/states.ts";
import type { Format } from "#domain/registrations/places.ts";
import { doorStatus } from "#server/modules/access/service.ts";
import { meantFirst, nameOf, overAt } from "#server/modules/gatherings/service/reading.ts";
import { type Db, prepared, type Tx } from "#server/platform/db.ts";

/** What an event's own row says. */
export interface EventRow {
  id: string;
  organizerId: string;
  slug: string;
  title: string;
  summary: string;
  description: string;
  coverId: string | null;
  hue: number;
  categoryId: string | null;
  kind: (typeof eventKinds)[number] | null;
  format: Format;
  visibility: (typeof visibilities)[number];
  language: string;
  status: EventStatus;
  placeName: string;
  placeAddress: string;
  placeNotes: string;
  tags: string[];
  minimumAge: number | null;
  accessibility: string;
  conduct: string;
  contact: string;
  speakers: StoredSpeaker[];
  agenda: StoredItem[];
  metadata: Metadata | null;
  capacity: number | null;
  inPersonCapacity: number | null;
  virtualCapacity: number | null;
  registrationOpensAt: Date | null;
  registrationClosesAt: Date | null;
  needsApproval: boolean;
  hasWaitlist: boolean;
  version: number;
  createdBy: string;
  publishedAt: Date | null;
  cancelledAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

const eventColumns = {
  id: "id",
  organizerId: "organizer_id",
  slug: "slug",
  title: "title",
  summary: "summary",
  description: "description",
  coverId: "cover_id",
  hue: "hue",
  categoryId: "category_id",
  kind: "kind",
  format: "format",
  visibility: "visibility",
  language: "language",
  status: "status",
  placeName: "place_name",
  placeAddress: "place_address",
  placeNotes: "place_notes",
  tags: "tags",
  minimumAge: "minimum_age",
  accessibility: "accessibility",
  conduct: "conduct",
  contact: "contact",
  speakers: "speakers",
  agenda: "agenda",
  metadata: "metadata",
  capacity: "capacity",
  inPersonCapacity: "in_person_capacity",
  virtualCapacity: "virtual_capacity",
  registrationOpensAt: "registration_opens_at",
  registrationClosesAt: "registration_closes_at",
  needsApproval: "needs_approval",
  hasWaitlist: "has_waitlist",
  version: "version",
  createdBy: "created_by",
  publishedAt: "published_at",
  cancelledAt: "cancelled_at",
  createdAt: "created_at",
  updatedAt: "updated_at",
} as const satisfies Record<keyof EventRow, string>;

const named = (table: string, columns: Record<string, string>) =>
  sql.join(Object.entries(columns).map(([name, column]) => sql`${sql.ref(`${table}.${column}`)} as ${sql.id(name)}`));

const eventParts = named("e", eventColumns);
// A card has no room for what may be long.
const {
  description: _long,
  accessibility: _access,
  conduct: _conduct,
  contact: _contact,
  speakers: _speakers,
  agenda: _agenda,
  metadata: _metadata,
  ...shortColumns
} = eventColumns;
const shortParts = named("e", shortColumns);

export const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isNamed = (name: string) => {
  const lower = name.toLowerCase();
  return isUuid.test(lower) ? sql`e.id = ${lower}` : sql`e.slug = ${lower}`;
};

const isOneOf = (id: RawBuilder<unknown>, slug: RawBuilder<unknown>) =>
  sql`e.id = coalesce(${id}::uuid, (select id from events where slug = ${slug}))`;

/** How much of a pool is gone, and how much as strangers are told. */
export type Gone = readonly [number, number];

type Long = "description" | "accessibility" | "conduct" | "contact" | "speakers" | "agenda" | "metadata";

/** What belongs to an event on a card: its organizer, its category, one of its gatherings, and how full that is. */
export interface CardRow extends Omit<EventRow, Long> {
  organizerSlug: string;
  organizerName: string;
  organizerHue: number;
  organizerLogoId: string | null;
  categorySlug: string | null;
  categoryName: string | null;
  ownTitle: string | null;
  ownPlaceName: string | null;
  ownCapacity: number | null;
  gatheringId: string;
  startTime: Date | null;
  endTime: Date | null;
  /** Before its end where a host has ended it early. */
  overAt: Date | null;
  timeZone: string;
  usedEvent: Gone;
  usedInPerson: Gone;
  usedVirtual: Gone;
  typesLeft: number | null;
  hasMoreTimes: boolean;
}

const used = (pool: string) =>
  sql`coalesce((select array[p.held + p.taken, told_of(p)] from pools p where p.key = ${sql.lit(`${pool}/`)} || g.id), '{0,0}')`;

const surroundings = sql`o.slug as "organizerSlug", o.name as "organizerName", o.hue as "organizerHue", o.logo_id as "organizerLogoId",
  c.slug as "categorySlug", c.name as "categoryName",
  g.own_title as "ownTitle", g.own_place_name as "ownPlaceName", g.own_capacity as "ownCapacity",
  g.id as "gatheringId", g.start_time as "startTime", g.end_time as "endTime", ${overAt} as "overAt",
  g.time_zone as "timeZone",
  ${used("gathering")} as "usedEvent", ${used("side/in_person")} as "usedInPerson", ${used("side/virtual")} as "usedVirtual"`;

const cardParts = (now: Date | RawBuilder<unknown>) => sql`${shortParts}, ${surroundings},
  (select case when bool_or(t.capacity is null) then null
     else sum(greatest(0, t.capacity - coalesce(told_of(p), 0)))::integer end
   from ticket_types t left join pools p on p.key = 'type/' || t.id || '/' || g.id
   where t.source_id = e.id and t.retired_at is null) as "typesLeft",
  exists (select from gatherings m where m.source_id = e.id and m.status = 'scheduled' and m.id <> g.id
    and m.end_time > ${now}) as "hasMoreTimes"`;

const around = sql`join organizers o on o.id = e.organizer_id left join categories c on c.id = e.category_id`;

export interface ViewRow extends EventRow, Omit<CardRow, "typesLeft" | "hasMoreTimes"> {
  wallStart: string | null;
  wallEnd: string | null;
  gatheringStatus: GatheringStatus;
  sequence: number;
  settings: GatheringSettings;
  cancelReason: string;
  /** Null until its room was first made. */
  conferenceRoomId: string | null;
  ticketTypes: TicketTypeRow[];
  occurrences: OccurrenceRow[];
}

export interface TicketTypeRow {
  id: string;
  name: string;
  description: string;
  priceMinor: number;
  currency: string;
  side: "in_person" | "virtual" | "both" | "any";
  capacity: number | null;
  used: Gone;
  opensAt: string | null;
  closesAt: string | null;
  maxPerOrder: number;
  allowsSeveral: boolean;
}

export interface OccurrenceRow {
  id: string;
  status: GatheringStatus;
  startTime: string | null;
  endTime: string | null;
  wallStart: string | null;
  wallEnd: string | null;
  timeZone: string;
  sequence: number;
  title: string | null;
  placeName: string | null;
  placeAddress: string;
  capacity: number | null;
  cancelReason: string;
  told: number;
}

export const mostOccurrences = 60;

type Asked = [id: string | null, slug: string | null, occurrenceId: string | null, now: Date];

const views = prepared<ViewRow, Asked>(
  (id, slug, occurrenceId, now) => sql`select ${eventParts}, ${surroundings},
    g.wall_start as "wallStart", g.wall_end as "wallEnd", ${doorStatus} as "gatheringStatus", g.sequence, g.settings,
    g.cancel_reason as "cancelReason",
    (select r.id from rooms r where r.gathering_id = g.id and r.parent_id is null) as "conferenceRoomId",
    (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'description', t.description,
        'priceMinor', t.price_minor, 'currency', t.currency, 'side', t.side, 'capacity', t.capacity,
        'used', array[coalesce(p.held + p.taken, 0), coalesce(told_of(p), 0)], 'opensAt', t.opens_at, 'closesAt', t.closes_at,
        'maxPerOrder', t.max_per_order, 'allowsSeveral', t.allows_several) order by t.position, t.id), '[]')
      from ticket_types t left join pools p on p.key = 'type/' || t.id || '/' || g.id
      where t.source_id = e.id and t.retired_at is null) as "ticketTypes",
    (select coalesce(json_agg(json_build_object('id', m.id, 'status', m.status, 'startTime', m.start_time,
        'endTime', m.end_time, 'wallStart', m.wall_start, 'wallEnd', m.wall_end, 'timeZone', m.time_zone,
        'sequence', m.sequence, 'title', m.own_title, 'placeName', m.own_place_name, 'placeAddress', m.own_place_address,
        'capacity', m.own_capacity, 'cancelReason', m.cancel_reason,
        'told', (select count(distinct r.person_id) from registrations r where r.gathering_id = m.id
          and r.status in ('held', 'pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered'))) order by m.start_time, m.id), '[]')
      from (select * from gatherings where source_id = e.id and kind = 'occurrence'
        and (end_time is null or end_time > ${now} or id = g.id)
        order by status = 'cancelled', start_time, id limit ${sql.lit(mostOccurrences)}) as m) as occurrences
  from events e ${around}
  join lateral (select * from gatherings where source_id = e.id and kind = 'occurrence'
    and (${occurrenceId}::uuid is null or id = ${occurrenceId}) order by ${meantFirst(now)} limit 1) as g on true
  where ${isOneOf(id, slug)}`,
);

/** Everything that an event's page says, in one statement: at the named occurrence, or the one that is meant. */
export async function findView(
  db: Db,
  name: string,
  { occurrenceId, now }: { occurrenceId?: string; now: Date },
): Promise<ViewRow | undefined> {
  return (await views(db, ...nameOf(name.toLowerCase()), occurrenceId ?? null, now))[0];
}

const versions = prepared<{ version: string }, Asked>(
  (id, slug, occurrenceId, now) => sql`select concat_ws(' ', e.xmin,
    o.xmin, c.xmin, g.id, (select xmin from installation_settings),
    (select string_agg(concat(m.id, m.xmin), ',' order by m.start_time, m.id)
      from (select id, xmin, start_time from gatherings where source_id = e.id and kind = 'occurrence'
        and (end_time is null or end_time > ${now} or id = g.id)
        order by status = 'cancelled', start_time, id limit ${sql.lit(mostOccurrences)}) as m),
    (select string_agg(concat(t.id, t.xmin), ',' order by t.id) from ticket_types t where t.source_id = e.id),
    (select string_agg(concat(p.id, p.xmin), ',' order by p.id) from pools p where p.key = any (
      array['gathering/' || g.id, 'side/in_person/' || g.id, 'side/virtual/' || g.id]
      || array(select 'type/' || t.id || '/' || g.id from ticket_types t where t.source_id = e.id))),
    (select concat(r.id, r.xmin) from rooms r where r.gathering_id = g.id and r.parent_id is null),
    (select count(*) from waitlist_entries w where w.gathering_id = g.id and w.status = 'waiting')) as version
  from events e join organizers o on o.id = e.organizer_id left join categories c on c.id = e.category_id
  join lateral (select id from gatherings where source_id = e.id and kind = 'occurrence'
    and (${occurrenceId}::uuid is null or id = ${occurrenceId}) order by ${meantFirst(now)} limit 1) as g on true
  where ${isOneOf(id, slug)}`,
);

/**
 * Changes whenever a row changes that a stranger sees of an event's page: PostgreSQL marks each row with the
 * transaction that wrote it. Nothing where there is no such event.
 */
export async function findVersion(
  db: Db,
  name: string,
  { occurrenceId, now }: { occurrenceId?: string; now: Date },
): Promise<string | undefined> {
  return (await versions(db, ...nameOf(name.toLowerCase()), occurrenceId ?? null, now))[0]?.version;
}

export async function lock(tx: Tx, name: string): Promise<EventRow | undefined> {
  const { rows } =
    await sql<EventRow>`select ${eventParts} from events e where ${isNamed(name)} for no key update`.execute(tx);
  return rows[0];
}

/** The best role that an account has at the event `e`: as a member of its organizer, or named for it. */
export const bestRole = (userId: string | null) => sql`(select role from (
      select case m.role when 'member' then 'cohost' else 'owner' end as role
      from organizer_members m where m.organizer_id = e.organizer_id and m.user_id = ${userId}::uuid
      union all
      select r.role from gathering_roles r join gatherings rg on rg.id = r.gathering_id
      where rg.source_id = e.id and r.user_id = ${userId}::uuid) as roles
    order by array_position(array['owner', 'cohost', 'moderator', 'speaker', 'door'], role) limit 1)`;

export async function findRole(db: Db, eventId: string, userId: string): Promise<TeamRole | null> {
  const { rows } = await sql<{ role: TeamRole | null }>`select ${bestRole(userId)} as role from events e
    where e.id = ${eventId}`.execute(db);
  return rows[0]?.role ?? null;
}

/** Returns nothing when another event has this slug. */
export async function insert(tx: Tx, event: EventRow): Promise<{ id: string } | undefined> {
  const { rows } = await sql<{ id: string }>`insert into events (${columnList})
    values (${sql.join(columnNames.map((name) => sql`${storedOf(event, name)}`))}) on conflict (slug) do nothing returning id`.execute(
    tx,
  );
  return rows[0];
}

const columnNames = Object.keys(eventColumns) as (keyof EventRow)[];
const asJson = new Set<keyof EventRow>(["speakers", "agenda", "metadata"]);
const storedOf = (event: EventRow, name: keyof EventRow) =>
  asJson.has(name) && event[name] !== null ? JSON.stringify(event[name]) : event[name];
const columnList: RawBuilder<unknown> = sql.join(columnNames.map((name) => sql.id(eventColumns[name])));

/** Whether another event has this slug. Until the transaction ends, nobody else gets an answer for the same one. */
export async function isSlugTaken(tx: Tx, slug: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`event-slug/${slug}`}, 0))`.execute(tx);
  return (await tx.selectFrom("events").select("id").where("slug", "=", slug).executeTakeFirst()) !== undefined;
}

export async function update(tx: Tx, event: EventRow): Promise<void> {
  const written = columnNames.filter((name) => name !== "id");
  await sql`update events set ${sql.join(written.map((name) => sql`${sql.id(eventColumns[name])} = ${storedOf(event, name)}`))}
    where id = ${event.id}`.execute(tx);
}

export async function remove(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("events").where("id", "=", id).execute();
}

export function findCategory(db: Db, by: { id: string } | { slug: string }) {
  const [column, value] = "id" in by ? (["id", by.id] as const) : (["slug", by.slug] as const);
  return db.selectFrom("categories").select(["id", "slug", "name"]).where(column, "=", value).executeTakeFirst();
}

export function listCategories(db: Db) {
  return db.selectFrom("categories").select(["id", "slug", "name"]).orderBy("position").execute();
}

export const hostsOf = (eventId: string) => sql`select e.created_by as id from events e
  join organizer_members m on m.organizer_id = e.organizer_id and m.user_id = e.created_by where e.id = ${eventId}
  union select r.user_id from gathering_roles r join gatherings g on g.id = r.gathering_id
  where g.source_id = ${eventId} and r.role in ('owner', 'cohost')`;

/** Accounts that host an event: who made it and is still in the team, and who is named owner or co-host. */
export async function listHosts(db: Db, eventId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`${hostsOf(eventId)}`.execute(db);
  return rows.map(({ id }) => id);
}

export interface PeopleRow {
  confirmed: number;
  pending: number;
  waitlisted: number;
  told: number;
}

/** How many registrations of an event's gatherings still to come there are, and how many people would hear of a change or heard of the end. */
export async function countPeople(db: Db, eventId: string, now: Date): Promise<PeopleRow> {
  const { rows } = await sql<PeopleRow>`select ${peopleCounts}
    from registrations r join gatherings m on m.id = r.gathering_id
    where m.source_id = ${eventId} and (m.end_time > ${now} or m.id = (
      select id from gatherings where source_id = ${eventId} order by ${meantFirst(now)} limit 1))`.execute(db);
  return rows[0] ?? { confirmed: 0, pending: 0, waitlisted: 0, told: 0 };
}

/** Of the registrations `r` at the gatherings `m`. Who was there to be told of a cancellation was cancelled with it or after it. */
const peopleCounts = sql`count(*) filter (where r.status = 'confirmed') as confirmed,
  count(*) filter (where r.status = 'pending') as pending,
  count(*) filter (where r.status in ('waitlisted', 'offered')) as waitlisted,
  count(distinct r.person_id) filter (where r.status in
    ('held', 'pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered')
    or (r.status = 'cancelled' and r.cancelled_at >= m.cancelled_at)) as told`;

export { around, cardParts, peopleCounts };

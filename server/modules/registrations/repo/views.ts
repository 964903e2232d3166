import { type RawBuilder, sql } from "kysely";

import type { GatheringStatus } from "#domain/gatherings/states.ts";
import type { Format, Side } from "#domain/registrations/places.ts";
import type { RegistrationStatus } from "#domain/registrations/states.ts";
import { overAt, placeOf } from "#server/modules/gatherings/service/reading.ts";
import type { Db } from "#server/platform/db.ts";

/** A registration with all that a page or a letter says about it. */
export interface ViewRow {
  id: string;
  gatheringId: string;
  personId: string | null;
  registeredBy: string | null;
  ticketId: string | null;
  ticketTypeId: string | null;
  ticketTypeName: string | null;
  ticketSide: Side | "any" | null;
  codeVersion: number | null;
  linkVersion: number;
  /** What its event asks of whoever comes, and what its holder has said to that. */
  conduct: string | null;
  minimumAge: number | null;
  acceptedConduct: string | null;
  confirmedAge: number | null;
  status: RegistrationStatus;
  attendance: "unknown" | "attended" | "no_show";
  side: Side;
  name: string;
  /** The ways of coming on which nothing is left; asked of confirmed places alone. */
  fullWays: Side[];
  displayName: string;
  isListed: boolean;
  others: string[];
  email: string | null;
  locale: string;
  entryId: string | null;
  position: number | null;
  offerEndsAt: Date | null;
  note: string;
  createdAt: Date;
  updatedAt: Date;
  cancelledAt: Date | null;
  cancelledBy: "attendee" | "organizer" | "system" | null;
  eventId: string;
  slug: string;
  title: string;
  language: string;
  hue: number;
  coverId: string | null;
  format: Format;
  gatheringStatus: GatheringStatus;
  cancelReason: string;
  sequence: number;
  startTime: Date;
  endTime: Date;
  timeZone: string;
  placeName: string;
  placeAddress: string;
  placeNotes: string;
  organizerName: string;
  organizerSlug: string;
  needsApproval: boolean;
  visibility: "public" | "unlisted" | "invite_only" | "private";
  /** Whoever has it, or took it where nobody is named, is shut out of the room or of this place. */
  isShutOut: boolean;
}

/** The ways of coming to a gathering that have no place left, for whoever has a place already. */
export const fullWays = sql`case when r.status = 'confirmed' then array(select split_part(key, '/', 2) from pools
  where key in ('side/in_person/' || g.id, 'side/virtual/' || g.id) and held + taken >= capacity) else '{}' end as "fullWays"`;

const select = sql`select r.id, r.gathering_id as "gatheringId", r.person_id as "personId", r.registered_by as "registeredBy", r.ticket_id as "ticketId",
    r.ticket_type_id as "ticketTypeId", tt.name as "ticketTypeName", tt.side as "ticketSide", t.code_version as "codeVersion",
    r.link_version as "linkVersion", e.conduct_digest as conduct, e.minimum_age as "minimumAge",
    r.conduct_accepted as "acceptedConduct", r.age_confirmed as "confirmedAge", r.status, r.attendance, r.side, ${fullWays}, r.name, r.display_name as "displayName", r.is_listed as "isListed", r.others, p.email, coalesce(u.locale, r.locale) as locale,
    r.waitlist_entry_id as "entryId",
    case when r.status = 'waitlisted' then (select count(*)::integer from waitlist_entries before
      where before.gathering_id = w.gathering_id and before.status = 'waiting' and before.position <= w.position) end as position,
    case when r.status = 'offered' then w.offer_ends_at end as "offerEndsAt",
    u.banned_at is not null or exists (select from rooms join room_members m on m.room_id = rooms.id
      where rooms.gathering_id = r.gathering_id and m.person_id = coalesce(r.person_id, r.registered_by)
        and m.admission in ('denied', 'removed', 'banned')) as "isShutOut",
    r.note, r.created_at as "createdAt", r.updated_at as "updatedAt", r.cancelled_at as "cancelledAt",
    r.cancelled_by as "cancelledBy", e.id as "eventId", e.slug, g.title, e.language, e.hue, e.cover_id as "coverId", g.format,
    g.status as "gatheringStatus", g.cancel_reason as "cancelReason", g.sequence, g.start_time as "startTime",
    g.end_time as "endTime", g.time_zone as "timeZone", ${placeOf}, o.name as "organizerName", o.slug as "organizerSlug", e.needs_approval as "needsApproval", g.visibility`;

const from = sql`from registrations r
  join gatherings g on g.id = r.gathering_id
  join events e on e.id = g.source_id
  join organizers o on o.id = g.organizer_id
  left join people p on p.id = r.person_id
  left join users u on u.id = p.user_id
  left join tickets t on t.id = r.ticket_id
  left join ticket_types tt on tt.id = r.ticket_type_id
  left join waitlist_entries w on w.id = r.waitlist_entry_id`;

const listViews = async (db: Db, rest: RawBuilder<unknown>): Promise<ViewRow[]> =>
  (await sql<ViewRow>`${select} ${from} ${rest}`.execute(db)).rows;

export async function findView(db: Db, id: string): Promise<ViewRow | undefined> {
  return (await listViews(db, sql`where r.id = ${id}`))[0];
}

/** The registrations of a party that waits. */
export async function listParty(db: Db, entryId: string): Promise<ViewRow[]> {
  return listViews(db, sql`where r.waitlist_entry_id = ${entryId} order by r.created_at, r.id`);
}

/** Whose registrations somebody may see as their own: by account, or by the links they have shown. */
export interface Holder {
  personId: string | null;
  ids: readonly string[];
}

const isOf = ({ personId, ids }: Holder) => sql`(r.person_id = ${personId}::uuid or r.id = any(${ids}::uuid[]))`;

export async function listHeldAt(db: Db, gatheringId: string, holder: Holder): Promise<ViewRow[]> {
  return listViews(
    db,
    sql`where r.gathering_id = ${gatheringId} and ${isOf(holder)}
      and r.status in ('pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered') order by r.created_at, r.id`,
  );
}

export interface Key {
  at: Date;
  id: string;
}

/** What is still to come, soonest first; or what is past, newest first; or all of it, newest first. */
export async function listHeld(
  db: Db,
  holder: Holder,
  {
    when,
    before,
    after,
    limit,
    now,
  }: { when: "upcoming" | "past" | "all"; before: Date | null; after?: Key | undefined; limit: number; now: Date },
): Promise<ViewRow[]> {
  const which = when === "all" ? sql`true` : when === "upcoming" ? sql`${overAt} > ${now}` : sql`${overAt} <= ${now}`;
  const begins = before ? sql`g.start_time < ${before}` : sql`true`;
  const [order, beyond] =
    when === "upcoming"
      ? [sql`g.start_time, r.id`, after ? sql`(g.start_time, r.id) > (${after.at}, ${after.id}::uuid)` : sql`true`]
      : [
          sql`g.start_time desc, r.id desc`,
          after ? sql`(g.start_time, r.id) < (${after.at}, ${after.id}::uuid)` : sql`true`,
        ];
  return listViews(
    db,
    sql`where ${isOf(holder)} and ${which} and ${begins} and ${beyond} order by ${order} limit ${limit}`,
  );
}

export async function findAddress(db: Db, personId: string): Promise<{ name: string; email: string } | undefined> {
  const { rows } = await sql<{ name: string; email: string }>`select coalesce(u.name, p.name) as name, p.email
    from people p left join users u on u.id = p.user_id where p.id = ${personId} and p.email is not null`.execute(db);
  return rows[0];
}

/** The links a browser holds, with how long they are of use: the newest first. */
export async function listLinks(db: Db, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; version: number; endTime: Date }>`select r.id, r.link_version as version,
      g.end_time as "endTime" from registrations r join gatherings g on g.id = r.gathering_id
    where r.id = any(${ids}::uuid[]) order by g.end_time desc`.execute(db);
  return rows;
}

/** The seats at a gathering that somebody took and that have no name yet. */
export async function listUnnamed(db: Db, gatheringId: string, registeredBy: string): Promise<ViewRow[]> {
  return listViews(
    db,
    sql`where r.gathering_id = ${gatheringId} and r.registered_by = ${registeredBy} and r.person_id is null
      and r.status in ('held', 'pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered') order by r.created_at, length(r.name), r.name`,
  );
}

/** Whether one of these registrations is that person's own at that gathering. */
export async function isHeldBy(
  db: Db,
  ids: readonly string[],
  gatheringId: string,
  personId: string,
): Promise<boolean> {
  const { rows } = await sql`select 1 from registrations where id = any(${ids}::uuid[])
    and gathering_id = ${gatheringId} and person_id = ${personId} limit 1`.execute(db);
  return rows.length > 0;
}

/** What the holder's calendar may know of a gathering, through this registration and through their others. */
export interface CalendarRow {
  hadPlace: boolean;
  givenUpBefore: number;
  hasAnother: boolean;
}

/** What is known so of registrations, by their ids. */
export async function findCalendarRows(db: Db, ids: readonly string[]): Promise<Map<string, CalendarRow>> {
  const { rows } = await sql<CalendarRow & { id: string }>`select r.id, r.confirmed_at is not null as "hadPlace",
      count(o.id) filter (where o.id < r.id and o.status = 'cancelled' and o.confirmed_at is not null)::integer
        as "givenUpBefore",
      coalesce(bool_or(o.status = 'confirmed'), false) as "hasAnother"
    from registrations r left join registrations o
      on o.person_id = r.person_id and o.gathering_id = r.gathering_id and o.id <> r.id
    where r.id = any(${ids}::uuid[]) group by r.id`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** What an address has that is still to come; at one gathering, or at any. */
export async function listOfAddress(
  db: Db,
  { email, gatheringId, now }: { email: string; gatheringId: string | null; now: Date },
): Promise<{ id: string; gatheringId: string }[]> {
  const { rows } = await sql<{ id: string; gatheringId: string }>`select r.id, r.gathering_id as "gatheringId"
    from registrations r join people p on p.id = r.person_id join gatherings g on g.id = r.gathering_id
    where p.email = ${email} and (${gatheringId}::uuid is null or r.gathering_id = ${gatheringId}::uuid) and g.end_time > ${now}
      and r.status in ('pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered')
    order by g.start_time, r.id limit 20`.execute(db);
  return rows;
}

/** Those at a gathering who are to hear of a change, some at a time, by key. */
export async function listToTell(
  db: Db,
  gatheringId: string,
  afterId: string | null,
  limit: number,
): Promise<ViewRow[]> {
  return listViews(
    db,
    sql`where r.gathering_id = ${gatheringId} and r.status in ('pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered')
      and (${afterId}::uuid is null or r.id > ${afterId}::uuid) order by r.id limit ${limit}`,
  );
}

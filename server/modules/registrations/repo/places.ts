import { type RawBuilder, sql } from "kysely";

import type { Side } from "#domain/registrations/places.ts";
import type { RegistrationStatus } from "#domain/registrations/states.ts";
import { overAt } from "#server/modules/gatherings/service/reading.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface LivingRow {
  id: string;
  personId: string;
  ticketTypeId: string | null;
  /** It may stand beside another: of a ticket that one may have several times, or handed on to whoever has it. */
  repeatable: boolean;
}

/** The living registrations of these people at a gathering. */
export async function listLiving(db: Db, gatheringId: string, personIds: readonly string[]): Promise<LivingRow[]> {
  const { rows } = await sql<LivingRow>`select id, person_id as "personId", ticket_type_id as "ticketTypeId", repeatable
    from registrations where gathering_id = ${gatheringId} and person_id = any(${personIds}::uuid[])
      and status in ('held', 'pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered')`.execute(db);
  return rows;
}

export interface NewPlace {
  registrationId: string;
  ticketId: string;
  gatheringId: string;
  ticketTypeId: string;
  /** Null while nobody is named. */
  personId: string | null;
  registeredBy: string;
  entryId: string | null;
  /** The names of those whom this person named with themselves. */
  others: readonly string[];
  name: string;
  side: Side;
  status: RegistrationStatus;
  repeatable: boolean;
  locale: string;
  timeZone: string;
  /** Which code of conduct they have accepted with it, and which age was confirmed. */
  conduct: string | null;
  minimumAge: number | null;
}

export interface NewEntry {
  entryId: string;
  gatheringId: string;
  ticketTypeId: string;
  personId: string;
  partySize: number;
}

/** Writes tickets, registrations and the waitlist entries of parties, in one statement, in the order given. */
export async function insertPlaces(
  tx: Tx,
  places: readonly NewPlace[],
  entries: readonly NewEntry[],
  now: Date,
): Promise<void> {
  await sql`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p ("registrationId" uuid, "ticketId" uuid,
        "gatheringId" uuid, "ticketTypeId" uuid, "personId" uuid, "registeredBy" uuid, "entryId" uuid, others text[], name text,
        side text, status text, repeatable boolean, locale text, "timeZone" text,
        conduct text, "minimumAge" integer)),
    entries as (
      insert into waitlist_entries (id, gathering_id, ticket_type_id, person_id, party_size, status, created_at)
      select "entryId", "gatheringId", "ticketTypeId", "personId", "partySize", 'waiting', ${now}
      from rows from (jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as ("entryId" uuid, "gatheringId" uuid,
        "ticketTypeId" uuid, "personId" uuid, "partySize" integer)) with ordinality as e order by ordinality),
    tickets as (
      insert into tickets (id, ticket_type_id, holder_id, created_at)
      select "ticketId", "ticketTypeId", "personId", ${now} from given)
    insert into registrations (id, gathering_id, ticket_type_id, ticket_id, person_id, registered_by, waitlist_entry_id, others,
      name, display_name, side, status, repeatable, locale, time_zone, conduct_accepted, age_confirmed, created_at, updated_at, confirmed_at)
    select "registrationId", "gatheringId", "ticketTypeId", "ticketId", "personId", "registeredBy", "entryId", others,
      name, name, side, status, repeatable, locale, "timeZone", conduct, "minimumAge", ${now}, ${now},
      case when status = 'confirmed' then ${now}::timestamptz end
    from given`.execute(tx);
}

export interface PlaceRow {
  id: string;
  gatheringId: string;
  ticketTypeId: string | null;
  ticketSide: Side | "any" | null;
  personId: string | null;
  entryId: string | null;
  side: Side;
  status: RegistrationStatus;
  cancelledBy: "attendee" | "organizer" | "system" | null;
  endTime: Date | null;
}

/** Registrations as their pools see them, and the whole parties of those that wait. */
export async function listPlaces(
  db: Db,
  { ids, entryIds }: { ids: readonly string[]; entryIds: readonly string[] },
): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`select r.id, r.gathering_id as "gatheringId", r.ticket_type_id as "ticketTypeId",
      t.side as "ticketSide", r.person_id as "personId", r.waitlist_entry_id as "entryId", r.side, r.status,
      r.cancelled_by as "cancelledBy", ${overAt} as "endTime"
    from registrations r join gatherings g on g.id = r.gathering_id left join ticket_types t on t.id = r.ticket_type_id
    where r.id = any(${ids}::uuid[]) or r.waitlist_entry_id = any(${entryIds}::uuid[])
      or r.waitlist_entry_id in (select waitlist_entry_id from registrations where id = any(${ids}::uuid[]))
    order by r.created_at, r.id`.execute(db);
  return rows;
}

export interface Moved {
  id: string;
  gatheringId: string;
  ticketTypeId: string | null;
  status: RegistrationStatus;
  side: Side;
  /** Null leaves what was said before. */
  note: string | null;
  by: "attendee" | "organizer" | "system";
}

export async function updatePlaces(tx: Tx, moved: readonly Moved[], now: Date): Promise<void> {
  await sql`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as m (id uuid, "gatheringId" uuid, "ticketTypeId" uuid,
        status text, side text, note text, by text)),
    tickets as (
      update tickets t set ticket_type_id = m."ticketTypeId" from given m join registrations r on r.id = m.id
      where t.id = r.ticket_id and t.ticket_type_id <> m."ticketTypeId")
    update registrations r set status = m.status, side = m.side, updated_at = ${now},
      gathering_id = m."gatheringId", ticket_type_id = m."ticketTypeId",
      note = coalesce(m.note, r.note),
      confirmed_at = case when m.status = 'confirmed' then coalesce(r.confirmed_at, ${now}) else r.confirmed_at end,
      cancelled_at = case when m.status = 'cancelled' then ${now}::timestamptz when m.status not in ('confirmed', 'pending') then r.cancelled_at end,
      cancelled_by = case when m.status = 'cancelled' then m.by when m.status not in ('confirmed', 'pending') then r.cancelled_by end
    from given m
    where r.id = m.id`.execute(tx);
}

export interface MovedEntry {
  entryId: string;
  status: "waiting" | "offered" | "accepted" | "lapsed" | "cancelled";
  /** Null leaves it as it is. */
  partySize: number | null;
  offerEndsAt: Date | null;
}

export async function updateEntries(tx: Tx, entries: readonly MovedEntry[], now: Date): Promise<void> {
  await sql`update waitlist_entries w set status = m.status, party_size = coalesce(m."partySize", w.party_size),
      offered_at = case when m.status = 'offered' and w.status <> 'offered' then ${now} else w.offered_at end,
      offer_ends_at = coalesce(m."offerEndsAt", w.offer_ends_at)
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      as m ("entryId" uuid, status text, "partySize" integer, "offerEndsAt" timestamptz)
    where w.id = m."entryId"`.execute(tx);
}

export interface WaitingRow {
  entryId: string;
  position: number;
}

/** How many places are left at a gathering as a whole, on its sides and of its ticket types; null is without limit. */
export interface Left {
  total: number | null;
  inPerson: number | null;
  virtual: number | null;
  types: Readonly<Record<string, number>>;
}

/**
 * Those waiting at a gathering that is still to come whose party would fit if nobody stood before it, first in turn
 * first: thousands who wait for another side are never read.
 */
export async function listFitting(
  db: Db,
  gatheringId: string,
  { left, without, now, most }: { left: Left; without: readonly string[]; now: Date; most: number },
): Promise<WaitingRow[]> {
  const within = (count: RawBuilder<unknown>, most: number | null) =>
    most === null ? sql`true` : sql`${count} <= ${most}`;
  const { rows } = await sql<WaitingRow>`select w.id as "entryId", w.position
    from waitlist_entries w join gatherings g on g.id = w.gathering_id
    join lateral (select count(*) as total, count(*) filter (where r.side <> 'virtual') as in_person,
        count(*) filter (where r.side <> 'in_person') as virtual
      from registrations r where r.waitlist_entry_id = w.id and r.status = 'waitlisted') party on party.total > 0
    where w.gathering_id = ${gatheringId} and w.status = 'waiting' and g.status = 'scheduled' and g.end_time > ${now}
      and not w.id::text = any(${without}::text[])
      and ${within(sql`party.total`, left.total)} and ${within(sql`party.in_person`, left.inPerson)}
      and ${within(sql`party.virtual`, left.virtual)}
      and party.total <= coalesce((${JSON.stringify(left.types)}::jsonb ->> w.ticket_type_id::text)::integer, party.total)
    order by w.position limit ${most}`.execute(db);
  return rows;
}

export async function findOffer(db: Db, entryId: string) {
  return db
    .selectFrom("waitlist_entries as w")
    .innerJoin("gatherings as g", "g.id", "w.gathering_id")
    .select(["w.id", "w.gathering_id as gatheringId", "g.kind", "w.status", "w.offer_ends_at as offerEndsAt"])
    .where("w.id", "=", entryId)
    .executeTakeFirst();
}

/** Some of those who have a place at a gathering or wish for one. */
export async function listLivingAt(db: Db, gatheringId: string, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom("registrations")
    .select("id")
    .where("gathering_id", "=", gatheringId)
    .where("status", "in", ["held", "pending", "awaiting_payment", "confirmed", "waitlisted", "offered"])
    .orderBy("created_at")
    .orderBy("id")
    .limit(most)
    .execute();
  return rows.map(({ id }) => id);
}

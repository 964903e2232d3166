import { sql } from "kysely";

import type { WaitlistStatus } from "#contract/scheduling-waitlist.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface EntryRow {
  /** Of the party's registration. */
  id: string;
  bookingId: string;
  organizerId: string;
  typeId: string;
  typeName: string;
  hue: number;
  startTime: Date;
  endTime: Date;
  timeZone: string;
  inviteeName: string;
  inviteeEmail: string;
  inviteePhone: string;
  inviteeTimezone: string;
  attendeeCount: number;
  status: WaitlistStatus;
  position: number | null;
  joinedAt: Date;
  offeredAt: Date | null;
  offerEndsAt: Date | null;
}

interface Filter {
  id?: string;
  organizerId?: string;
  eventTypeId?: string | undefined;
  status?: WaitlistStatus | undefined;
  when?: "upcoming" | "past";
  after?: { at: string; id: string } | null;
  limit?: number;
  now: Date;
}

/** Those who wait for seats of sessions, or have waited: by time, and in turn, which is the order of their ids. */
export async function list(db: Db, filter: Filter): Promise<EntryRow[]> {
  const { id, organizerId, eventTypeId, status, when, after, limit = 1, now } = filter;
  const key = after ? sql`(${after.at}::timestamptz, ${after.id}::uuid)` : sql`null`;
  const isPast = when === "past";
  const beyond = isPast ? sql`("startTime", id) < ${key}` : sql`("startTime", id) > ${key}`;
  const conditions = [
    ...(id ? [sql`r.id = ${id}`] : []),
    ...(organizerId ? [sql`b.organizer_id = ${organizerId}`] : []),
    ...(eventTypeId ? [sql`b.event_type_id = ${eventTypeId}`] : []),
    ...(when ? [isPast ? sql`b.start_time <= ${now}` : sql`b.start_time > ${now}`] : []),
  ];
  const { rows } = await sql<EntryRow>`with entries as (
      select r.id, b.id as "bookingId", b.organizer_id as "organizerId", t.id as "typeId", t.name as "typeName", t.hue, b.start_time as "startTime",
        b.end_time as "endTime", t.time_zone as "timeZone", r.name as "inviteeName", coalesce(p.email, '') as "inviteeEmail",
        a.phone as "inviteePhone", r.time_zone as "inviteeTimezone", a.seats as "attendeeCount",
        case when r.confirmed_at is not null then 'converted' when r.status = 'offered' then 'notified'
          when r.status = 'waitlisted' and b.start_time > ${now} then 'active'
          when r.status in ('waitlisted', 'lapsed') then 'expired' else 'cancelled' end as status,
        case when r.status = 'waitlisted' and b.start_time > ${now} then (select count(*)::integer from waitlist_entries o
          where o.gathering_id = w.gathering_id and o.status = 'waiting' and o.position <= w.position) end as position,
        r.created_at as "joinedAt", w.offered_at as "offeredAt", w.offer_ends_at as "offerEndsAt"
      from bookings b join registrations r on r.gathering_id = b.id and r.waitlist_entry_id is not null
      join waitlist_entries w on w.id = r.waitlist_entry_id join booking_attendees a on a.id = r.id
      join event_types t on t.id = b.event_type_id left join people p on p.id = r.person_id
      where ${sql.join(conditions, sql` and `)})
    select * from entries
    where (${status ?? null}::text is null or status = ${status ?? null}) ${after ? sql`and ${beyond}` : sql``}
    order by ${isPast ? sql`"startTime" desc, id desc` : sql`"startTime", id`} limit ${limit}`.execute(db);
  return rows;
}

/** Gives the sessions of an event type that are still to come as many seats as it has now. */
export async function growSessions(tx: Tx, eventTypeId: string, seats: number, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`update bookings set seats = ${seats}, updated_at = ${now}
    where event_type_id = ${eventTypeId} and status = 'confirmed' and start_time > ${now} and seats > 1 and seats < ${seats}
    returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

import { type RawBuilder, sql } from "kysely";

import type { BookingStatus } from "#domain/availability/status.ts";
import type { RegistrationStatus } from "#domain/registrations/states.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface AttendeeRow {
  id: string;
  name: string;
  email: string;
  phone: string;
  timeZone: string;
  locale: string;
  notes: string;
  seats: number;
  guestOf: string | null;
  status: RegistrationStatus;
  attendance: "unknown" | "attended" | "no_show";
  linkVersion: number;
  createdAt: string;
  /** Since when it has its seats, if it ever had them. */
  confirmedAt: string | null;
  cancelledAt: string | null;
  cancellationReason: string;
  /** Its place in the queue, where it waits or has waited for seats. */
  entryId: string | null;
  position: number | null;
  offerEndsAt: string | null;
  /** What it is of a series; when the last of that ends. */
  seriesId: string | null;
  seriesSequence: number | null;
  isException: boolean;
  seriesEndsAt: string | null;
}

export interface HostRow {
  userId: string;
  name: string;
  pictureId: string | null;
  email: string;
  locale: string;
  timeZone: string;
}

/** A booking with everything that a page or a letter says about it. */
export interface BookingRow {
  id: string;
  eventTypeId: string;
  organizerId: string;
  organizerSlug: string;
  organizerName: string;
  typeName: string;
  typeSlug: string;
  typeVersion: number;
  createdBy: string;
  hue: number;
  rules: import("#contract/scheduling.ts").EventTypeRules;
  maxAttendees: number;
  status: BookingStatus;
  startTime: Date;
  endTime: Date;
  timeZone: string;
  seats: number;
  hostIds: string[];
  hosts: HostRow[];
  locationType: "video_call" | "phone_call" | "in_person" | "custom";
  locationDetails: string;
  sequence: number;
  rescheduledFrom: string | null;
  rescheduledAt: Date | null;
  movedTo: string | null;
  cancelledAt: Date | null;
  cancelledBy: "organizer" | "invitee" | "system" | null;
  cancellationReason: string;
  createdAt: Date;
  updatedAt: Date;
  attendees: AttendeeRow[];
}

const select = sql`select b.id, b.event_type_id as "eventTypeId", b.organizer_id as "organizerId", o.slug as "organizerSlug",
    o.name as "organizerName", t.name as "typeName", t.slug as "typeSlug", t.version as "typeVersion",
    t.created_by as "createdBy", t.hue, t.rules, t.max_attendees as "maxAttendees", b.status, b.start_time as "startTime",
    b.end_time as "endTime", t.time_zone as "timeZone", b.seats, b.host_ids as "hostIds", b.location_type as "locationType",
    b.location_details as "locationDetails", coalesce(g.sequence, 0) as sequence, b.rescheduled_from as "rescheduledFrom",
    b.rescheduled_at as "rescheduledAt", b.moved_to as "movedTo", b.cancelled_at as "cancelledAt",
    b.cancelled_by as "cancelledBy", b.cancellation_reason as "cancellationReason", b.created_at as "createdAt",
    b.updated_at as "updatedAt",
    coalesce((select jsonb_agg(jsonb_build_object('userId', u.id, 'name', u.name, 'pictureId', u.picture_id, 'email', coalesce(u.email, ''),
        'locale', u.locale, 'timeZone', u.time_zone) order by array_position(b.host_ids, u.id))
      from users u where u.id = any(b.host_ids)), '[]') as hosts,
    coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'email', coalesce(p.email, ''),
        'phone', a.phone, 'timeZone', r.time_zone, 'locale', coalesce(u.locale, r.locale), 'notes', a.notes, 'seats', a.seats, 'guestOf', a.guest_of,
        'status', r.status, 'attendance', r.attendance, 'linkVersion', r.link_version, 'createdAt', r.created_at,
        'confirmedAt', r.confirmed_at, 'cancelledAt', r.cancelled_at, 'cancellationReason', a.cancellation_reason,
        'entryId', w.id, 'offerEndsAt', case when r.status = 'offered' then w.offer_ends_at end,
        'position', case when r.status = 'waitlisted' then (select count(*) from waitlist_entries o
          where o.gathering_id = w.gathering_id and o.status = 'waiting' and o.position <= w.position) end,
        'seriesId', a.series_id, 'seriesSequence', a.series_sequence, 'isException', a.is_exception,
        'seriesEndsAt', (select max(l.end_time) from booking_attendees o join bookings l on l.id = o.booking_id
          where o.series_id = a.series_id)) order by r.created_at, r.id)
      from booking_attendees a join registrations r on r.id = a.id left join people p on p.id = r.person_id
        left join users u on u.id = p.user_id left join waitlist_entries w on w.id = r.waitlist_entry_id
      where a.booking_id = coalesce(b.moved_to, b.id)), '[]') as attendees
  from bookings b join event_types t on t.id = b.event_type_id join organizers o on o.id = b.organizer_id
  left join gatherings g on g.id = b.gathering_id`;

const rowsOf = async (db: Db, rest: RawBuilder<unknown>) => (await sql<BookingRow>`${select} ${rest}`.execute(db)).rows;

export const find = async (db: Db, id: string): Promise<BookingRow | undefined> =>
  (await rowsOf(db, sql`where b.id = ${id}`))[0];

export const findOfAttendee = async (db: Db, attendeeId: string): Promise<BookingRow | undefined> =>
  (await rowsOf(db, sql`where b.id = (select booking_id from booking_attendees where id = ${attendeeId})`))[0];

/** The bookings of some parties, in the order of their times. */
export const listOfAttendees = (db: Db, attendeeIds: readonly string[]): Promise<BookingRow[]> =>
  rowsOf(
    db,
    sql`where b.id in (select booking_id from booking_attendees where id = any(${attendeeIds}::uuid[]))
      order by b.start_time, b.id`,
  );

/** The parties that somebody is, as themselves or as a guest, by the times of their bookings. */
export async function listPartiesOf(
  db: Db,
  personId: string,
  { when, before, after, limit, now }: Pick<Filter, "when" | "after" | "limit" | "now"> & { before: Date | null },
): Promise<{ id: string; startTime: Date }[]> {
  const isAscending = when === "upcoming";
  const key = after && sql`(${after.at}::timestamptz, ${after.id}::uuid)`;
  const conditions = [
    sql`r.person_id = ${personId}`,
    ...(when === "upcoming" ? [sql`b.end_time > ${now}`] : when === "past" ? [sql`b.end_time <= ${now}`] : []),
    ...(before ? [sql`b.start_time < ${before}`] : []),
    ...(key ? [isAscending ? sql`(b.start_time, a.id) > ${key}` : sql`(b.start_time, a.id) < ${key}`] : []),
  ];
  const { rows } = await sql<{ id: string; startTime: Date }>`select a.id, b.start_time as "startTime"
    from registrations r join booking_attendees a on a.id = r.id join bookings b on b.id = a.booking_id
    where ${sql.join(conditions, sql` and `)}
    order by ${isAscending ? sql`b.start_time, a.id` : sql`b.start_time desc, a.id desc`} limit ${limit}`.execute(db);
  return rows;
}

/** Holds a booking's row; its event type's is held before. */
export async function lock(tx: Tx, id: string): Promise<BookingRow | undefined> {
  await sql`select 1 from bookings where id = ${id} for no key update`.execute(tx);
  return find(tx, id);
}

/** The sessions of a group that are booked already at just these times, by when they start. */
export async function listSessions(
  db: Db,
  eventTypeId: string,
  times: readonly { startTime: Date; endTime: Date }[],
): Promise<Map<number, BookingRow>> {
  const rows = await rowsOf(
    db,
    sql`join jsonb_to_recordset(${JSON.stringify(times)}::jsonb) as asked ("startTime" timestamptz, "endTime" timestamptz)
        on b.start_time = asked."startTime" and b.end_time = asked."endTime"
      where b.event_type_id = ${eventTypeId} and b.status = 'confirmed'`,
  );
  return new Map(rows.map((row) => [row.startTime.getTime(), row]));
}

export interface Filter {
  organizerId: string;
  eventTypeId: string | null;
  hostId: string | null;
  status: BookingStatus | null;
  when: "upcoming" | "past" | "all";
  from: Date | null;
  until: Date | null;
  text: string | null;
  now: Date;
  after: { at: string; id: string } | null;
  limit: number;
}

const calledOff: BookingStatus[] = ["rescheduled", "cancelled", "rejected"];

/** Tombstones are only listed when they are asked for, and so is what was called off and would still be to come. */
export function list(db: Db, filter: Filter): Promise<BookingRow[]> {
  const { organizerId, eventTypeId, hostId, status, when, from, until, text, now, after, limit } = filter;
  const conditions = [
    sql`b.organizer_id = ${organizerId}`,
    status ? sql`b.status = ${status}` : sql`b.status <> all(${when === "upcoming" ? calledOff : ["rescheduled"]})`,
    ...(eventTypeId ? [sql`b.event_type_id = ${eventTypeId}`] : []),
    ...(hostId ? [sql`b.host_ids @> array[${hostId}::uuid]`] : []),
    ...(when === "upcoming" ? [sql`b.end_time > ${now}`] : when === "past" ? [sql`b.end_time <= ${now}`] : []),
    ...(from ? [sql`b.start_time >= ${from}`] : []),
    ...(until ? [sql`b.start_time < ${until}`] : []),
    ...(text ? [isAbout(text)] : []),
  ];
  const isAscending = when === "upcoming";
  if (after) {
    const key = sql`(${after.at}::timestamptz, ${after.id}::uuid)`;
    conditions.push(isAscending ? sql`(b.start_time, b.id) > ${key}` : sql`(b.start_time, b.id) < ${key}`);
  }
  const order = isAscending ? sql`b.start_time, b.id` : sql`b.start_time desc, b.id desc`;
  return rowsOf(db, sql`where ${sql.join(conditions, sql` and `)} order by ${order} limit ${limit}`);
}

const mostInFeed = 2000;

/** What somebody hosts from then on, whether they are still of the team or not; what was called off is left out. */
export const listOfHost = (db: Db, userId: string, from: Date): Promise<BookingRow[]> =>
  rowsOf(
    db,
    sql`where b.host_ids @> array[${userId}::uuid] and b.end_time > ${from}
      and b.status in ('pending', 'awaiting_payment', 'confirmed', 'completed', 'no_show')
      order by b.start_time, b.id limit ${mostInFeed}`,
  );

const isAbout = (text: string) => {
  const like = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(t.name ilike ${like} or exists (select from booking_attendees a join registrations r on r.id = a.id
    left join people p on p.id = r.person_id where a.booking_id = b.id and (r.name ilike ${like} or p.email ilike ${like})))`;
};

export interface NewBooking {
  id: string;
  eventTypeId: string;
  organizerId: string;
  status: BookingStatus;
  startTime: Date;
  endTime: Date;
  seats: number;
  hostIds: readonly string[];
  locationType: BookingRow["locationType"];
  locationDetails: string;
}

export async function insertAll(tx: Tx, all: readonly NewBooking[], now: Date): Promise<void> {
  await sql`insert into bookings (id, gathering_id, event_type_id, organizer_id, status, start_time, end_time, seats, host_ids,
      location_type, location_details, created_at, updated_at)
    select id, id, "eventTypeId", "organizerId", status, "startTime", "endTime", seats, "hostIds", "locationType",
      "locationDetails", ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as b (id uuid, "eventTypeId" uuid, "organizerId" uuid, status text,
      "startTime" timestamptz, "endTime" timestamptz, seats integer, "hostIds" uuid[], "locationType" text,
      "locationDetails" text)`.execute(tx);
}

/** What a party is of a series. */
export interface InSeries {
  id: string;
  sequence: number;
  isException: boolean;
}

export interface NewAttendee {
  id: string;
  bookingId: string;
  phone: string;
  notes: string;
  seats: number;
  guestOf: string | null;
  series: InSeries | undefined;
}

export async function insertAttendees(tx: Tx, all: readonly NewAttendee[]): Promise<void> {
  await sql`insert into booking_attendees (id, booking_id, phone, notes, seats, guest_of, series_id, series_sequence,
      is_exception)
    select id, "bookingId", phone, notes, seats, "guestOf", (series->>'id')::uuid, (series->>'sequence')::integer,
      coalesce((series->>'isException')::boolean, false)
    from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as a (id uuid, "bookingId" uuid, phone text, notes text,
      seats integer, "guestOf" uuid, series jsonb)`.execute(tx);
}

export async function updateAttendee(
  tx: Tx,
  id: string,
  change: {
    phone?: string | undefined;
    notes?: string | undefined;
    seats?: number | undefined;
    cancellationReason?: string | undefined;
  },
): Promise<void> {
  await sql`update booking_attendees set phone = coalesce(${change.phone ?? null}, phone),
      notes = coalesce(${change.notes ?? null}, notes), seats = coalesce(${change.seats ?? null}::integer, seats),
      cancellation_reason = coalesce(${change.cancellationReason ?? null}, cancellation_reason)
    where id = ${id}`.execute(tx);
}

export async function updateStatus(
  tx: Tx,
  id: string,
  change: { status: BookingStatus; by: BookingRow["cancelledBy"]; reason: string },
  now: Date,
): Promise<void> {
  const isGone = change.status === "cancelled" || change.status === "rejected";
  await sql`update bookings set status = ${change.status}, updated_at = ${now},
      cancelled_at = ${isGone ? now : null}, cancelled_by = ${isGone ? change.by : null},
      cancellation_reason = ${isGone ? change.reason : ""}
    where id = ${id}`.execute(tx);
}

/** Gives a booking another time and leaves its old one behind as a tombstone. */
export async function moveTo(
  tx: Tx,
  id: string,
  to: { tombstoneId: string; startTime: Date; endTime: Date; hostIds: readonly string[] },
  now: Date,
): Promise<void> {
  await sql`insert into bookings (id, event_type_id, organizer_id, status, start_time, end_time, seats, host_ids, location_type,
      location_details, rescheduled_from, rescheduled_at, moved_to, created_at, updated_at)
    select ${to.tombstoneId}, event_type_id, organizer_id, 'rescheduled', start_time, end_time, seats, host_ids, location_type,
      location_details, rescheduled_from, ${now}, id, created_at, ${now}
    from bookings where id = ${id}`.execute(tx);
  await sql`update bookings set start_time = ${to.startTime}, end_time = ${to.endTime}, host_ids = ${to.hostIds}::uuid[],
      rescheduled_from = ${to.tombstoneId}, rescheduled_at = ${now}, updated_at = ${now} where id = ${id}`.execute(tx);
}

/** How many bookings of an event type an address has that are still to come. */
export async function countOfInvitee(db: Db, eventTypeId: string, email: string, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from bookings b
    join booking_attendees a on a.booking_id = b.id join registrations r on r.id = a.id
    join people p on p.id = r.person_id
    where b.event_type_id = ${eventTypeId} and p.email = ${email} and a.guest_of is null and b.end_time > ${now}
      and b.status in ('pending', 'awaiting_payment', 'confirmed') and r.status in ('pending', 'confirmed')`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** How hosts of an event type stand, counted from one day for all. */
export async function listShares(db: Db, eventTypeId: string, since: Date) {
  const { rows } = await sql<{ userId: string; booked: number; lastBookedAt: Date }>`
    select host as "userId", count(*)::integer as booked, max(created_at) as "lastBookedAt"
    from bookings, unnest(host_ids) as host
    where event_type_id = ${eventTypeId} and created_at >= ${since}
      and status in ('pending', 'awaiting_payment', 'confirmed', 'completed', 'no_show')
    group by host`.execute(db);
  return new Map(rows.map((row) => [row.userId, row]));
}

/** What was written down about a booking and the places in it, the newest first. */
export async function listAudit(db: Db, id: string) {
  const { rows } = await sql<{
    id: string;
    action: string;
    actorKind: string;
    actorId: string | null;
    actorName: string;
    actorEmail: string;
    ipAddress: string | null;
    userAgent: string | null;
    requestId: string;
    at: Date;
    old: Record<string, unknown>;
    new: Record<string, unknown>;
  }>`select e.id, e.action, e.actor_kind as "actorKind", e.actor_id as "actorId", coalesce(u.name, '') as "actorName",
      coalesce(u.email, '') as "actorEmail", p.address as "ipAddress", p.agent as "userAgent",
      e.request_id as "requestId", e.at, e.old, e.new
    from audit_entries e left join users u on u.id = e.actor_id left join audit_personal p on p.entry_id = e.id
    where (e.subject_kind = 'booking' and e.subject_id = ${id})
      or (e.subject_kind = 'registration' and e.subject_id in (select id from booking_attendees where booking_id = ${id}))
    order by e.at desc, e.id desc limit 500`.execute(db);
  return rows;
}

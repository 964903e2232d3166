import { type RawBuilder, sql } from "kysely";

import type { Format, Side } from "#domain/registrations/places.ts";
import type { RegistrationStatus } from "#domain/registrations/states.ts";
import { fullWays } from "#server/modules/registrations/repo/views.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface ParticipantRow {
  id: string;
  gatheringId: string;
  name: string;
  isUnnamed: boolean;
  email: string;
  isUnreachable: boolean;
  status: RegistrationStatus;
  side: Side;
  format: Format;
  ticketSide: Side | "any" | null;
  fullWays: Side[];
  ticketTypeName: string | null;
  attendance: "unknown" | "attended" | "no_show";
  attendanceSource: "check_in" | "room" | "host" | null;
  checkedInAt: Date | null;
  gate: string | null;
  position: number | null;
  note: string;
  registeredBy: string | null;
  registeredAt: Date;
  acceptsConduct: boolean | null;
  confirmsAge: boolean | null;
}

const select = sql`select r.id, r.gathering_id as "gatheringId", r.name, r.person_id is null as "isUnnamed", coalesce(p.email, '') as email,
    exists (select from refused_addresses where address = p.email) as "isUnreachable", r.status, r.side, g.format, tt.side as "ticketSide",
    ${fullWays}, tt.name as "ticketTypeName",
    r.attendance, r.attendance_source as "attendanceSource", c.at as "checkedInAt", c.gate,
    case when r.status = 'waitlisted' then (select count(*)::integer from waitlist_entries before
      where before.gathering_id = w.gathering_id and before.status = 'waiting' and before.position <= w.position) end as position,
    r.note, case when r.registered_by is distinct from r.person_id then b.name end as "registeredBy",
    r.created_at as "registeredAt", coalesce(r.conduct_accepted, '') = e.conduct_digest as "acceptsConduct",
    coalesce(r.age_confirmed, 0) >= e.minimum_age as "confirmsAge"
  from registrations r
  join gatherings g on g.id = r.gathering_id
  left join events e on e.id = g.source_id
  left join people p on p.id = r.person_id
  left join people b on b.id = r.registered_by
  left join ticket_types tt on tt.id = r.ticket_type_id
  left join waitlist_entries w on w.id = r.waitlist_entry_id
  left join lateral (select at, gate from check_ins where registration_id = r.id and undone_at is null
    order by at desc limit 1) c on true`;

export interface Filter {
  ids?: readonly string[];
  q?: string;
  status?: RegistrationStatus;
  attendance?: "unknown" | "attended" | "no_show";
  /** Else the newest first. */
  isOldestFirst?: boolean;
  after?: { at: Date; id: string };
  limit: number;
}

/** Who is registered. */
export async function listParticipants(db: Db, gatheringId: string, filter: Filter): Promise<ParticipantRow[]> {
  const { rows } = await sql<ParticipantRow>`${select} where ${matching(gatheringId, filter)}
    order by ${filter.isOldestFirst ? sql`r.created_at, r.id` : sql`r.created_at desc, r.id desc`}
    limit ${filter.limit}`.execute(db);
  return rows;
}

/** How many there are in all who match. */
export async function countMatching(
  db: Db,
  gatheringId: string,
  filter: Omit<Filter, "after" | "limit">,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from registrations r
    left join people p on p.id = r.person_id where ${matching(gatheringId, filter)}`.execute(db);
  return rows[0]?.n ?? 0;
}

function matching(gatheringId: string, filter: Omit<Filter, "limit">) {
  const like = filter.q ? `%${filter.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%` : undefined;
  const beyond = filter.isOldestFirst ? sql`>` : sql`<`;
  const conditions: RawBuilder<unknown>[] = [
    sql`r.gathering_id = ${gatheringId}`,
    ...(like ? [sql`(r.name ilike ${like} or p.email ilike ${like})`] : []),
    ...(filter.ids ? [sql`r.id = any(${filter.ids}::uuid[])`] : []),
    ...(filter.status ? [sql`r.status = ${filter.status}`] : []),
    ...(filter.attendance ? [sql`r.attendance = ${filter.attendance}`] : []),
    ...(filter.after ? [sql`(r.created_at, r.id) ${beyond} (${filter.after.at}, ${filter.after.id}::uuid)`] : []),
  ];
  return sql.join(conditions, sql` and `);
}

export async function findParticipant(db: Db, id: string): Promise<ParticipantRow | undefined> {
  const { rows } = await sql<ParticipantRow>`${select} where r.id = ${id}`.execute(db);
  return rows[0];
}

/** Which of these addresses have a living registration there, and with which ticket, of those that one may have only once. */
export async function listKnown(
  db: Db,
  gatheringId: string,
  emails: readonly string[],
): Promise<{ email: string; ticketTypeId: string | null }[]> {
  const { rows } = await sql<{
    email: string;
    ticketTypeId: string | null;
  }>`select p.email, r.ticket_type_id as "ticketTypeId"
    from registrations r join people p on p.id = r.person_id left join ticket_types tt on tt.id = r.ticket_type_id
    where r.gathering_id = ${gatheringId} and p.email = any(${emails}::text[]) and tt.allows_several is not true
      and r.status in ('held', 'pending', 'awaiting_payment', 'confirmed', 'waitlisted', 'offered')`.execute(db);
  return rows;
}

export interface Counts {
  confirmed: number;
  pending: number;
  waitlisted: number;
  offered: number;
  declined: number;
  cancelled: number;
  attended: number;
}

export async function countParticipants(db: Db, gatheringId: string): Promise<Counts> {
  const { rows } = await sql<Counts>`select
      count(*) filter (where status = 'confirmed')::integer as confirmed,
      count(*) filter (where status = 'pending')::integer as pending,
      count(*) filter (where status = 'waitlisted')::integer as waitlisted,
      count(*) filter (where status = 'offered')::integer as offered,
      count(*) filter (where status = 'declined')::integer as declined,
      count(*) filter (where status = 'cancelled')::integer as cancelled,
      count(*) filter (where attendance = 'attended')::integer as attended
    from registrations where gathering_id = ${gatheringId}`.execute(db);
  return rows[0] ?? { confirmed: 0, pending: 0, waitlisted: 0, offered: 0, declined: 0, cancelled: 0, attended: 0 };
}

/** Writes whether somebody was there; a host's word is replaced by a host's word only. */
export async function updateAttendance(
  tx: Tx,
  said: readonly { id: string; attendance: ParticipantRow["attendance"]; source: "check_in" | "room" | "host" }[],
  now: Date,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`update registrations r
    set attendance = s.attendance, attendance_source = case when s.attendance = 'unknown' then null else s.source end,
      updated_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as s (id uuid, attendance text, source text)
    where r.id = s.id and (s.source = 'host' or r.attendance_source is distinct from 'host')
      and (r.attendance, r.attendance_source) is distinct from (s.attendance, s.source)
    returning r.id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** What doors and rooms know of each confirmed place at a gathering that is over. */
export async function listSigns(db: Db, gatheringId: string) {
  const { rows } = await sql<{ id: string; side: Side; wasIn: boolean; wasOnline: boolean }>`
    select r.id, r.side,
      exists (select from check_ins c where c.registration_id = r.id and c.undone_at is null) as "wasIn",
      exists (select from room_visits v where v.gathering_id = r.gathering_id and v.person_id = r.person_id) as "wasOnline"
    from registrations r where r.gathering_id = ${gatheringId} and r.status = 'confirmed'`.execute(db);
  return rows;
}

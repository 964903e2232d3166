import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";

import type { WeeklyWindow } from "#contract/scheduling.ts";
import type { AbsenceInput, Schedule } from "#contract/scheduling-hosts.ts";
import { type Db, prepared, type Tx } from "#server/platform/db.ts";

export interface ScheduleRow {
  id: string;
  userId: string;
  name: string;
  timeZone: string;
  isDefault: boolean;
  weekly: WeeklyWindow[];
  overrides: Schedule["overrides"];
  eventTypes: number;
  updatedAt: Date;
}

const select = sql`select s.id, s.user_id as "userId", s.name, s.time_zone as "timeZone", s.is_default as "isDefault", s.weekly,
  s.overrides, s.updated_at as "updatedAt",
  (select count(*)::integer from event_type_hosts h where h.schedule_id = s.id) as "eventTypes" from schedules s`;

export async function listSchedules(db: Db, userId: string): Promise<ScheduleRow[]> {
  const { rows } = await sql<ScheduleRow>`${select} where s.user_id = ${userId}
    order by s.is_default desc, s.created_at, s.id`.execute(db);
  return rows;
}

type Hours = Pick<ScheduleRow, "id" | "userId" | "timeZone" | "isDefault" | "weekly" | "overrides">;
const hours = prepared<Hours, [userIds: readonly string[]]>(
  (userIds) => sql`select id, user_id as "userId", time_zone as "timeZone", is_default as "isDefault", weekly, overrides
    from schedules where user_id = any(${userIds}::uuid[])`,
);

/** When some accounts are open, by all their schedules. */
export const listHours = (db: Db, userIds: readonly string[]): Promise<Hours[]> => hours(db, userIds);

export async function lockSchedule(tx: Tx, userId: string, id: string): Promise<ScheduleRow | undefined> {
  const { rows } =
    await sql<ScheduleRow>`${select} where s.user_id = ${userId} and s.id = ${id} for no key update of s`.execute(tx);
  return rows[0];
}

export type NewSchedule = Omit<ScheduleRow, "eventTypes" | "updatedAt">;

/** A second default one is left out: another request made it meanwhile. */
export async function insertSchedule(tx: Tx, row: NewSchedule, now: Date): Promise<void> {
  await sql`insert into schedules (id, user_id, name, time_zone, is_default, weekly, overrides, created_at, updated_at)
    values (${row.id}, ${row.userId}, ${row.name}, ${row.timeZone}, ${row.isDefault}, ${JSON.stringify(row.weekly)}::jsonb,
      ${JSON.stringify(row.overrides)}::jsonb, ${now}, ${now})
    on conflict do nothing`.execute(tx);
}

export async function updateSchedule(tx: Tx, row: NewSchedule, now: Date): Promise<void> {
  if (row.isDefault)
    await sql`update schedules set is_default = false where user_id = ${row.userId} and is_default and id <> ${row.id}`.execute(
      tx,
    );
  await sql`update schedules set name = ${row.name}, time_zone = ${row.timeZone}, is_default = ${row.isDefault},
      weekly = ${JSON.stringify(row.weekly)}::jsonb, overrides = ${JSON.stringify(row.overrides)}::jsonb, updated_at = ${now}
    where id = ${row.id}`.execute(tx);
}

export async function deleteSchedule(tx: Tx, id: string): Promise<void> {
  await sql`delete from schedules where id = ${id}`.execute(tx);
}

/** By which clocks and in which language a host lives. */
export const findHabits = (db: Db, userId: string) =>
  db.selectFrom("users").select(["time_zone as timeZone", "locale"]).where("id", "=", userId).executeTakeFirstOrThrow();

export interface AbsenceRow {
  id: string;
  userId: string;
  kind: "out_of_office" | "travel";
  from: string;
  to: string | null;
  note: string;
  standInId: string | null;
  standInName: string | null;
  timeZone: string | null;
}

const absences = prepared<AbsenceRow, [userIds: readonly string[], from: string]>(
  (userIds, from) => sql`select a.id, a.user_id as "userId", a.kind, a.from_on::text as "from",
      a.to_on::text as "to", a.note, a.stand_in_id as "standInId", u.name as "standInName", a.time_zone as "timeZone"
    from absences a left join users u on u.id = a.stand_in_id
    where a.user_id = any(${userIds}::uuid[]) and (a.to_on is null or a.to_on >= ${from}::date)
    order by a.from_on, a.id limit 2000`,
);

/** When some accounts are away or elsewhere, what ended before a date left out. */
export const listAbsences = (db: Db, userIds: readonly string[], from: string): Promise<AbsenceRow[]> =>
  absences(db, userIds, from);

export async function insertAbsence(tx: Tx, userId: string, input: AbsenceInput, now: Date): Promise<string> {
  const id = randomUUIDv7();
  const standIn = input.kind === "out_of_office" ? input.standInId : null;
  const zone = input.kind === "travel" ? input.timeZone : null;
  await sql`insert into absences (id, user_id, kind, from_on, to_on, note, stand_in_id, time_zone, created_at)
    values (${id}, ${userId}, ${input.kind}, ${input.from}, ${input.to}, ${input.note}, ${standIn}, ${zone}, ${now})`.execute(
    tx,
  );
  return id;
}

export async function deleteAbsence(tx: Tx, userId: string, id: string): Promise<boolean> {
  const { rows } = await sql`delete from absences where user_id = ${userId} and id = ${id} returning id`.execute(tx);
  return rows.length > 0;
}

/** Whether two accounts belong to one organizer. */
export async function areColleagues(db: Db, one: string, other: string): Promise<boolean> {
  const { rows } = await sql`select 1 from organizer_members a join organizer_members b using (organizer_id)
    where a.user_id = ${one} and b.user_id = ${other} limit 1`.execute(db);
  return rows.length > 0;
}

export interface HostRow {
  userId: string;
  version: number;
  holidaysOf: string | null;
  holidaysWorked: string[];
}

const hosts = prepared<HostRow & { typeVersion: number }, [userIds: readonly string[], eventTypeId: string | null]>(
  (userIds, eventTypeId) => sql`select asked.id as "userId", coalesce(h.version, 0) as version,
    h.holidays_of as "holidaysOf", coalesce(h.holidays_worked, '{}') as "holidaysWorked",
    coalesce((select version from event_type_versions where event_type_id = ${eventTypeId}::uuid), 0) as "typeVersion"
    from unnest(${userIds}::uuid[]) as asked (id) left join hosts h on h.user_id = asked.id`,
);

/** What stands of an account as a host. */
export async function findHost(db: Db, userId: string): Promise<HostRow | undefined> {
  const [row] = await hosts(db, [userId], null);
  return row;
}

/**
 * What stands of some accounts as hosts, and their versions with that of an event type's bookings, as one text; another
 * one says that something of it has changed.
 */
export async function readVersions(
  db: Db,
  eventTypeId: string,
  userIds: readonly string[],
): Promise<{ rows: HostRow[]; versions: string }> {
  const rows = await hosts(db, userIds, eventTypeId);
  const own = rows.map(({ userId, version }) => `${userId} ${version}`).sort();
  return { rows, versions: [rows[0]?.typeVersion ?? 0, ...own].join(" ") };
}

export async function setHolidays(tx: Tx, userId: string, region: string | null, worked: readonly string[]) {
  await sql`insert into hosts (user_id, holidays_of, holidays_worked) values (${userId}, ${region}, ${worked}::text[])
    on conflict (user_id) do update set holidays_of = excluded.holidays_of, holidays_worked = excluded.holidays_worked,
      version = hosts.version + 1`.execute(tx);
}

/** The slots of hosts have changed, or are about to: whoever else wants to change them waits. */
export async function raiseHosts(tx: Tx, userIds: readonly string[]): Promise<void> {
  const sorted = [...new Set(userIds)].toSorted();
  await sql`insert into hosts (user_id) select unnest(${sorted}::uuid[])
    on conflict (user_id) do update set version = hosts.version + 1`.execute(tx);
}

/** How many have a place at an event type's bookings has changed, and none of its rows. */
export async function raiseEventType(tx: Tx, id: string): Promise<void> {
  await sql`insert into event_type_versions (event_type_id) values (${id})
    on conflict (event_type_id) do update set version = event_type_versions.version + 1`.execute(tx);
}

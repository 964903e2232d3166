import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";

import type { WeeklyWindow } from "#contract/scheduling.ts";
import type { AbsenceInput, Schedule } from "#contract/scheduling-hosts.ts";
import type { Db, Tx } from "#server/platform/db.ts";

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

export async function listSchedulesOf(db: Db, userIds: readonly string[]): Promise<ScheduleRow[]> {
  const { rows } = await sql<ScheduleRow>`${select} where s.user_id = any(${userIds}::uuid[])`.execute(db);
  return rows;
}

export async function lockSchedule(tx: Tx, userId: string, id: string): Promise<ScheduleRow | undefined> {
  const { rows } =
    await sql<ScheduleRow>`${select} where s.user_id = ${userId} and s.id = ${id} for update of s`.execute(tx);
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

export const findZone = (db: Db, userId: string) =>
  db.selectFrom("users").select("time_zone as timeZone").where("id", "=", userId).executeTakeFirstOrThrow();

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

export async function listAbsences(db: Db, userIds: readonly string[], from: string): Promise<AbsenceRow[]> {
  const { rows } = await sql<AbsenceRow>`select a.id, a.user_id as "userId", a.kind, a.from_on::text as "from",
      a.to_on::text as "to", a.note, a.stand_in_id as "standInId", u.name as "standInName", a.time_zone as "timeZone"
    from absences a left join users u on u.id = a.stand_in_id
    where a.user_id = any(${userIds}::uuid[]) and (a.to_on is null or a.to_on >= ${from}::date)
    order by a.from_on, a.id limit 2000`.execute(db);
  return rows;
}

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

export async function listHosts(db: Db, userIds: readonly string[]): Promise<HostRow[]> {
  const { rows } = await sql<HostRow>`select user_id as "userId", version, holidays_of as "holidaysOf",
    holidays_worked as "holidaysWorked" from hosts where user_id = any(${userIds}::uuid[])`.execute(db);
  return rows;
}

export async function setHolidays(tx: Tx, userId: string, region: string | null, worked: readonly string[]) {
  await sql`insert into hosts (user_id, holidays_of, holidays_worked) values (${userId}, ${region}, ${worked}::text[])
    on conflict (user_id) do update set holidays_of = excluded.holidays_of, holidays_worked = excluded.holidays_worked,
      version = hosts.version + 1`.execute(tx);
}

/** What their slots depend on has changed without a change of their own rows: how many have a place, say. */
export async function raiseHosts(tx: Tx, userIds: readonly string[]): Promise<void> {
  const sorted = [...new Set(userIds)].toSorted();
  await sql`insert into hosts (user_id) select unnest(${sorted}::uuid[])
    on conflict (user_id) do update set version = hosts.version + 1`.execute(tx);
}

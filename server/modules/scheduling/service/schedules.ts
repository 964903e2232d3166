import { randomUUIDv7 } from "node:crypto";
import type {
  Absence,
  AbsenceInput,
  Holidays,
  HolidaysInput,
  Schedule,
  ScheduleChange,
  ScheduleInput,
} from "#contract/scheduling-hosts.ts";
import { dateAt, isZone } from "#domain/time/wall.ts";
import * as audit from "#server/modules/audit/service.ts";
import { holidaysIn, isRegion } from "#server/modules/scheduling/holidays.ts";
import * as repo from "#server/modules/scheduling/repo/hosts.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";
import { say } from "#server/platform/words.ts";

const mostSchedules = 50;
const mostAbsences = 500;
/** What is past yesterday is past in every zone. */
const dayMs = 86_400_000;
const officeHours = [{ days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" }];

/** Makes the default schedule of a host who has none: Monday to Friday, from 9 to 17 by their own clocks. */
export async function ensureSchedule(tctx: TxCtx, userId: string): Promise<void> {
  if ((await repo.listSchedules(tctx.db, userId)).length > 0) return;
  const { timeZone, locale } = await repo.findHabits(tctx.db, userId);
  const zone = isZone(timeZone) ? timeZone : "UTC";
  const name = say(locale, "scheduling.hours.firstName");
  const row = { id: randomUUIDv7(), userId, name, timeZone: zone, isDefault: true };
  await repo.insertSchedule(tctx.db, { ...row, weekly: officeHours, overrides: [] }, tctx.now());
}

/** One's own schedules, the default one first. */
export async function listSchedules(ctx: Ctx): Promise<{ items: Schedule[]; nextCursor: null }> {
  const { userId } = userOf(ctx);
  const known = await repo.listSchedules(ctx.db, userId);
  if (known.length > 0) return { items: known.map(viewOf), nextCursor: null };
  await inTx(ctx, (tctx) => ensureSchedule(tctx, userId));
  return { items: (await repo.listSchedules(ctx.db, userId)).map(viewOf), nextCursor: null };
}

/** Makes another schedule, with office hours in the zone of the default one unless told otherwise. */
export function createSchedule(ctx: Ctx, input: ScheduleInput): Promise<Schedule> {
  const { userId } = userOf(ctx);
  return inTx(ctx, async (tctx) => {
    await ensureSchedule(tctx, userId);
    const known = await repo.listSchedules(tctx.db, userId);
    if (known.length >= mostSchedules) throw new Problem("schedule.too_many");
    const id = randomUUIDv7();
    const zone = input.timeZone ?? known[0]?.timeZone ?? "UTC";
    const { name, weekly = officeHours, overrides = [] } = input;
    const row = { id, userId, name, timeZone: zone, isDefault: false, weekly, overrides };
    await repo.insertSchedule(tctx.db, row, tctx.now());
    await audit.record(tctx, "schedule.made", { kind: "schedule", id });
    return viewOf({ ...row, eventTypes: 0, updatedAt: tctx.now() });
  });
}

/** Changes a schedule; its slots follow at once, its bookings stand. */
export function changeSchedule(ctx: Ctx, id: string, change: ScheduleChange): Promise<Schedule> {
  const { userId } = userOf(ctx);
  return inTx(ctx, async (tctx) => {
    const before = await repo.lockSchedule(tctx.db, userId, id);
    if (!before) throw new Problem("schedule.not_found");
    const after = { ...before, ...change, updatedAt: tctx.now() };
    await repo.updateSchedule(tctx.db, after, tctx.now());
    const fields = audit.fieldsOfChange<Partial<repo.ScheduleRow>>(before, change);
    await audit.record(tctx, "schedule.changed", { kind: "schedule", id }, { new: { fields } });
    return viewOf(after);
  });
}

/** Takes a schedule away; event types that named it use the default one, which stays. */
export async function deleteSchedule(ctx: Ctx, id: string): Promise<void> {
  const { userId } = userOf(ctx);
  await inTx(ctx, async (tctx) => {
    const before = await repo.lockSchedule(tctx.db, userId, id);
    if (!before) throw new Problem("schedule.not_found");
    if (before.isDefault) throw new Problem("schedule.is_default");
    await repo.deleteSchedule(tctx.db, id);
    await audit.record(tctx, "schedule.deleted", { kind: "schedule", id });
  });
}

const yesterday = (ctx: Pick<Ctx, "now">) => dateAt(new Date(ctx.now().getTime() - dayMs), "UTC");

/** When one is away or elsewhere from now on. */
export async function listAbsences(ctx: Ctx): Promise<{ items: Absence[]; nextCursor: null }> {
  const rows = await repo.listAbsences(ctx.db, [userOf(ctx).userId], yesterday(ctx));
  return { items: rows.map(absenceOf), nextCursor: null };
}

/** Notes that one is out of office, perhaps with a stand-in, or elsewhere. Trips never overlap. */
export function addAbsence(ctx: Ctx, input: AbsenceInput): Promise<Absence> {
  const { userId } = userOf(ctx);
  return inTx(ctx, async (tctx) => {
    await ensureSchedule(tctx, userId);
    // One after another, so that two trips cannot slip past each other.
    await repo.raiseHosts(tctx.db, [userId]);
    const known = await repo.listAbsences(tctx.db, [userId], yesterday(ctx));
    if (known.length >= mostAbsences) throw new Problem("schedule.too_many");
    const trips = known.filter(({ kind }) => kind === "travel");
    const meets = trips.some(
      ({ from, to }) => (input.to === null || from <= input.to) && (to === null || input.from <= to),
    );
    if (input.kind === "travel" && meets) throw new Problem("absence.overlaps");
    if (input.kind === "out_of_office" && input.standInId !== null) await assertStandIn(tctx, userId, input.standInId);
    const id = await repo.insertAbsence(tctx.db, userId, input, tctx.now());
    await audit.record(tctx, "host.absence_added", { kind: "host", id: userId }, { new: { absenceId: id } });
    const rows = await repo.listAbsences(tctx.db, [userId], input.from);
    const made = rows.find((row) => row.id === id);
    if (!made) throw new Error("An absence that was made is not there.");
    return absenceOf(made);
  });
}

async function assertStandIn(tctx: TxCtx, userId: string, standInId: string): Promise<void> {
  if (userId === standInId || !(await repo.areColleagues(tctx.db, userId, standInId)))
    throw new Problem("absence.stand_in");
  await ensureSchedule(tctx, standInId);
}

export async function removeAbsence(ctx: Ctx, id: string): Promise<void> {
  const { userId } = userOf(ctx);
  await inTx(ctx, async (tctx) => {
    if (!(await repo.deleteAbsence(tctx.db, userId, id))) throw new Problem("absence.not_found");
    await audit.record(tctx, "host.absence_removed", { kind: "host", id: userId }, { old: { absenceId: id } });
  });
}

/** The public holidays that one observes, with those of the next twelve months. */
export async function getHolidays(ctx: Ctx): Promise<Holidays> {
  const host = await repo.findHost(ctx.db, userOf(ctx).userId);
  const region = host?.holidaysOf ?? null;
  const worked = host?.holidaysWorked ?? [];
  if (region === null) return { region, worked, coming: [] };
  const today = dateAt(ctx.now(), "UTC");
  const until = dateAt(new Date(ctx.now().getTime() + 365 * dayMs), "UTC");
  const year = Number(today.slice(0, 4));
  const named = (language?: string) => [year, year + 1].flatMap((each) => holidaysIn(region, each, language));
  const own = new Map(named(ctx.locale).map(({ date, name }) => [date, name]));
  const coming = named()
    .filter(({ date }) => date >= today && date < until)
    .map((one) => ({ ...one, label: own.get(one.date) ?? one.name, isWorked: worked.includes(one.name) }));
  return { region, worked, coming };
}

/** Observes the public holidays of a country or a part of it, from now on, or none. */
export async function setHolidays(ctx: Ctx, { region, worked }: HolidaysInput): Promise<Holidays> {
  const { userId } = userOf(ctx);
  if (region !== null && !isRegion(region)) throw new Problem("holidays.unknown_region");
  await inTx(ctx, async (tctx) => {
    await repo.setHolidays(tctx.db, userId, region, worked);
    await audit.record(tctx, "host.holidays_set", { kind: "host", id: userId });
  });
  return getHolidays(ctx);
}

const viewOf = ({ userId: _userId, updatedAt, ...row }: repo.ScheduleRow): Schedule => ({
  ...row,
  updatedAt: updatedAt.toISOString(),
});

const absenceOf = ({ userId: _userId, standInId, standInName, ...row }: repo.AbsenceRow): Absence => ({
  ...row,
  standIn: standInId === null ? null : { userId: standInId, name: standInName ?? "" },
});

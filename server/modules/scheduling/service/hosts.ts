import { type Busy, type PreparedBusy, prepareBusy } from "#domain/availability/busy.ts";
import {
  type DateRange,
  type PreparedSchedule,
  prepareSchedule,
  type Schedule,
} from "#domain/availability/schedule.ts";
import type { PreparedHost } from "#domain/availability/slots.ts";
import { groupsOf } from "#domain/availability/teams.ts";
import { dateAt } from "#domain/time/wall.ts";
import { holidaysIn } from "#server/modules/scheduling/holidays.ts";
import * as busy from "#server/modules/scheduling/repo/busy.ts";
import type { EventTypeRow } from "#server/modules/scheduling/repo/event-types.ts";
import * as repo from "#server/modules/scheduling/repo/hosts.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The hosts of an event type as the engine reads them, good for questions within a span. */
export interface Hosts {
  /** Everybody whose times these are, stand-ins too, and the versions that were read. */
  userIds: readonly string[];
  versions: string;
  /** The names of those who stand in for somebody. */
  standIns: ReadonlyMap<string, string>;
  from: number;
  to: number;
  groups: PreparedHost[][];
  restriction: PreparedSchedule | undefined;
  elsewhere: PreparedBusy | undefined;
}

export interface Span {
  from: number;
  to: number;
}

/** Reads everything that the slots of an event type depend on, within a span. */
export async function readHosts(ctx: Ctx | TxCtx, type: EventTypeRow, span: Span): Promise<Hosts> {
  const { people, userIds, versions } = await readPeople(ctx, type, span);
  const booked = Object.keys(type.rules.limits).length > 0 ? await readBooked(ctx, type.id, span) : undefined;
  const members = type.hosts.map((host) => ({
    isFixed: host.isFixed,
    group: host.group ?? undefined,
    prepared: preparedOf(host, people),
  }));
  const { restriction } = type.rules;
  return {
    userIds,
    versions,
    standIns: new Map(
      people.absences.flatMap(({ standInId, standInName }) => (standInId ? [[standInId, standInName ?? ""]] : [])),
    ),
    ...span,
    groups: groupsOf(members, type.rules.team ?? "collective").map((group) =>
      group.flatMap(({ prepared }) => prepared),
    ),
    restriction: restriction ? prepareSchedule(restriction) : undefined,
    elsewhere: booked,
  };
}

interface People {
  hours: ReadonlyMap<string, Awaited<ReturnType<typeof repo.listHours>>>;
  absences: readonly repo.AbsenceRow[];
  holidays: ReadonlyMap<string, DateRange[]>;
  busy: ReadonlyMap<string, PreparedBusy>;
}

/**
 * Reads the hosts of an event type and whoever stands in for them.
 *
 * The versions come before anything else, so that what is read is at least as new; and who stands in for whom only after
 * the version that a change of it raises.
 */
async function readPeople(
  ctx: Ctx | TxCtx,
  type: EventTypeRow,
  span: Span,
): Promise<{ people: People; userIds: string[]; versions: string }> {
  const { db } = ctx;
  const own = type.hosts.map(({ userId }) => userId);
  const firstDate = dateAt(new Date(span.from - 2 * dayMs), "UTC");
  let userIds = own;
  let known = await repo.readVersions(db, type.id, own);
  let absences = await repo.listAbsences(db, own, firstDate);
  const standIns = absences.flatMap(({ standInId }) => standInId ?? []);
  if (standIns.length > 0) {
    userIds = [...new Set([...own, ...standIns])];
    known = await repo.readVersions(db, type.id, userIds);
    absences = await repo.listAbsences(db, userIds, firstDate);
  }
  const hours = Map.groupBy(await repo.listHours(db, userIds), ({ userId }) => userId);
  const holidays = new Map(known.rows.map((row) => [row.userId, holidaysOf(row, span)]));
  const people = { hours, absences, holidays, busy: await readBusy(ctx, type, userIds, span) };
  return { people, userIds, versions: known.versions };
}

async function readBusy(
  ctx: Ctx | TxCtx,
  { id, maxAttendees }: EventTypeRow,
  userIds: readonly string[],
  span: Span,
): Promise<People["busy"]> {
  const within = { from: new Date(span.from), to: new Date(span.to), groupId: maxAttendees > 1 ? id : null };
  const entries = new Map<string, Busy[]>(userIds.map((userId) => [userId, []]));
  for (const row of await busy.listBusy(ctx.db, userIds, within)) entries.get(row.userId)?.push(entryOf(row));
  for (const row of await busy.listHolds(ctx.db, userIds, ctx.now())) entries.get(row.userId)?.push(holdOf(row));
  return new Map([...entries].map(([userId, its]) => [userId, prepareBusy(its)]));
}

function holidaysOf({ holidaysOf: region, holidaysWorked: worked }: repo.HostRow, span: Span): DateRange[] {
  if (region === null) return [];
  const first = Number(dateAt(new Date(span.from - 10 * dayMs), "UTC").slice(0, 4));
  const last = Number(dateAt(new Date(span.to + 10 * dayMs), "UTC").slice(0, 4));
  return Array.from({ length: last - first + 1 }, (_, n) => holidaysIn(region, first + n))
    .flat()
    .filter(({ name }) => !worked.includes(name))
    .map(({ date }) => ({ from: date, to: date }));
}

const bufferOf = (row: { startTime: Date; endTime: Date; from: Date; until: Date }) => ({
  bufferBeforeMinutes: (row.startTime.getTime() - row.from.getTime()) / minuteMs,
  bufferAfterMinutes: (row.until.getTime() - row.endTime.getTime()) / minuteMs,
});

/** A range is only kept for what takes its time, so it counts whatever the booking's status is. */
function entryOf(row: busy.BusyRow): Busy {
  const [start, end] = [row.startTime.getTime(), row.endTime.getTime()];
  if (row.kind !== "booking") return { kind: "calendar", start, end };
  return {
    kind: "booking",
    status: "confirmed",
    start,
    end,
    bookingId: row.gatheringId,
    eventTypeId: row.sourceId,
    seatsTaken: row.seatsTaken,
    ...bufferOf(row),
  };
}

const holdOf = (row: busy.HoldRow): Busy => ({
  kind: "hold",
  start: row.startTime.getTime(),
  end: row.endTime.getTime(),
  clientId: row.id,
  expiresAt: row.expiresAt.getTime(),
  eventTypeId: row.eventTypeId,
  seatsTaken: row.seats,
  ...bufferOf(row),
});

async function readBooked(ctx: Ctx | TxCtx, eventTypeId: string, span: Span): Promise<PreparedBusy> {
  const rows = await busy.listBooked(ctx.db, eventTypeId, new Date(span.from), new Date(span.to));
  return prepareBusy(
    rows.map(({ id, startTime, endTime }) => ({
      kind: "booking" as const,
      status: "confirmed" as const,
      start: startTime.getTime(),
      end: endTime.getTime(),
      bookingId: id,
      eventTypeId,
    })),
  );
}

/** A host, and whoever stands in for them on the dates they are away. */
function preparedOf({ userId, scheduleId }: EventTypeRow["hosts"][number], people: People): PreparedHost[] {
  const away = people.absences.filter((row) => row.userId === userId && row.standInId !== null);
  const byStandIn = Map.groupBy(away, ({ standInId }) => standInId ?? "");
  return [
    hostOf(userId, scheduleId, people),
    ...[...byStandIn].map(([standInId, rows]) => hostOf(standInId, null, people, rows.map(datesOf))),
  ];
}

const datesOf = ({ from, to }: repo.AbsenceRow): DateRange => (to === null ? { from } : { from, to });

function hostOf(userId: string, scheduleId: string | null, people: People, only?: DateRange[]): PreparedHost {
  const known = people.hours.get(userId) ?? [];
  const row = known.find(({ id }) => id === scheduleId) ?? known.find(({ isDefault }) => isDefault);
  const absences = people.absences.filter((absence) => absence.userId === userId);
  const away = absences.filter(({ kind }) => kind === "out_of_office").map(datesOf);
  const schedule: Schedule = {
    timeZone: row?.timeZone ?? "UTC",
    weekly: row?.weekly ?? [],
    overrides: row?.overrides ?? [],
    outOfOffice: [...away, ...(people.holidays.get(userId) ?? [])],
    travel: absences
      .filter(({ kind }) => kind === "travel")
      .map((trip) => ({ ...datesOf(trip), timeZone: trip.timeZone ?? "UTC" })),
    ...(only ? { only } : {}),
  };
  return { id: userId, schedule: prepareSchedule(schedule), busy: people.busy.get(userId) ?? prepareBusy([]) };
}

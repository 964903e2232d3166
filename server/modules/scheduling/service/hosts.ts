import { type Busy, type PreparedBusy, prepareBusy } from "#domain/availability/busy.ts";
import {
  type DateRange,
  type PreparedSchedule,
  prepareSchedule,
  type Schedule,
} from "#domain/availability/schedule.ts";
import type { PreparedHost } from "#domain/availability/slots.ts";
import { groupsOf } from "#domain/availability/teams.ts";
import { dateOf } from "#domain/time/wall.ts";
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

/** The versions of some hosts, as one text; another one says that something of them has changed. */
export async function versionsOf(ctx: Ctx | TxCtx, userIds: readonly string[]): Promise<string> {
  const rows = await repo.listHosts(ctx.db, userIds);
  return textOf(userIds, rows);
}

const textOf = (userIds: readonly string[], rows: readonly repo.HostRow[]) => {
  const known = new Map(rows.map(({ userId, version }) => [userId, version]));
  return userIds.map((id) => known.get(id) ?? 0).join(" ");
};

/** Reads everything that the slots of an event type depend on, within a span. */
export async function readHosts(ctx: Ctx | TxCtx, type: EventTypeRow, span: Span): Promise<Hosts> {
  const own = type.hosts.map(({ userId }) => userId);
  const firstDate = dateOf(new Date(span.from - 2 * dayMs), "UTC");
  const standIns = (await repo.listAbsences(ctx.db, own, firstDate)).flatMap(({ standInId }) => standInId ?? []);
  const userIds = [...new Set([...own, ...standIns])];
  // Before anything else, so that what is read is at least as new.
  const rows = await repo.listHosts(ctx.db, userIds);
  const people = await readPeople(ctx, userIds, span, { rows, firstDate });
  const booked = Object.keys(type.rules.limits).length > 0 ? await readBooked(ctx, type.id, span) : undefined;
  const members = type.hosts.map((host) => ({
    isFixed: host.isFixed,
    group: host.group ?? undefined,
    prepared: preparedOf(host, people),
  }));
  const { restriction } = type.rules;
  return {
    userIds,
    versions: textOf(userIds, rows),
    ...span,
    groups: groupsOf(members, type.rules.team ?? "collective").map((group) =>
      group.flatMap(({ prepared }) => prepared),
    ),
    restriction: restriction ? prepareSchedule(restriction) : undefined,
    elsewhere: booked,
  };
}

interface People {
  schedules: ReadonlyMap<string, readonly repo.ScheduleRow[]>;
  absences: readonly repo.AbsenceRow[];
  holidays: ReadonlyMap<string, DateRange[]>;
  busy: ReadonlyMap<string, PreparedBusy>;
}

async function readPeople(
  ctx: Ctx | TxCtx,
  userIds: readonly string[],
  span: Span,
  { rows, firstDate }: { rows: readonly repo.HostRow[]; firstDate: string },
): Promise<People> {
  const { db } = ctx;
  const schedules = Map.groupBy(await repo.listSchedulesOf(db, userIds), ({ userId }) => userId);
  const absences = await repo.listAbsences(db, userIds, firstDate);
  const taken = await busy.listBusy(db, userIds, new Date(span.from), new Date(span.to));
  const holds = await busy.listHolds(db, userIds, ctx.now());
  const busyOf = (userId: string) => [
    ...taken.filter((row) => row.userId === userId).map(entryOf),
    ...holds.filter((row) => row.userId === userId).map(holdOf),
  ];
  return {
    schedules,
    absences,
    holidays: new Map(rows.map((row) => [row.userId, holidaysOf(row, span)])),
    busy: new Map(userIds.map((userId) => [userId, prepareBusy(busyOf(userId))])),
  };
}

function holidaysOf({ holidaysOf: region, holidaysWorked: worked }: repo.HostRow, span: Span): DateRange[] {
  if (region === null) return [];
  const first = Number(dateOf(new Date(span.from - 10 * dayMs), "UTC").slice(0, 4));
  const last = Number(dateOf(new Date(span.to + 10 * dayMs), "UTC").slice(0, 4));
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
  const known = people.schedules.get(userId) ?? [];
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

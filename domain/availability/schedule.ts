import { join, type Windows } from "#domain/availability/windows.ts";
import { type Offsets, offsetsOf, toInstant } from "#domain/availability/zone.ts";
import { type Day, day, dayOf, type IsoDate, minute, weekdayOf } from "#domain/time/days.ts";

/** A wall time of a day, `09:30`; `24:00`, only as an end, is midnight at the end of the day. */
export type ClockTime = string;

/** Opening hours of a date. A window whose `to` is not after its `from` opens nothing. */
export interface Window {
  from: ClockTime;
  to: ClockTime;
}

/** Dates, both included; without `to` for good. */
export interface DateRange {
  from: IsoDate;
  to?: IsoDate;
}

/** When somebody is open, in wall times of a zone. */
export interface Schedule {
  timeZone: string;
  /** On these weekdays (0 is Sunday) open from … to; in any order, and they may overlap. */
  weekly: readonly (Window & { days: readonly number[] })[];
  /** Replaces the weekly windows of its date; no windows at all: closed. */
  overrides?: readonly { date: IsoDate; windows: readonly Window[] }[];
  /** Closes whole dates, whatever else is said of them. */
  outOfOffice?: readonly DateRange[];
  /** The windows of these dates are wall times of another zone; trips do not overlap. */
  travel?: readonly (DateRange & { timeZone: string })[];
  /** Open on these dates only: how a stand-in is asked for the days that somebody is away. */
  only?: readonly DateRange[];
}

interface Days {
  from: Day;
  to: Day;
}

/** Minutes since midnight: opening, closing, opening, closing … */
type Minutes = readonly number[];

/** A schedule, read once; it may be kept for as long as the schedule stays the same. */
export interface PreparedSchedule {
  timeZone: string;
  weekly: readonly Minutes[];
  overrides: ReadonlyMap<Day, Minutes>;
  away: readonly Days[];
  trips: readonly (Days & { timeZone: string })[];
  only: readonly Days[] | undefined;
}

/** Reads a schedule, so that its windows can be asked for again and again. */
export function prepareSchedule(schedule: Schedule): PreparedSchedule {
  const { timeZone, weekly, overrides = [], outOfOffice = [], travel = [], only } = schedule;
  const weekdays: number[][] = [[], [], [], [], [], [], []];
  for (const { days, ...window } of weekly)
    for (const weekday of new Set(days)) weekdays[weekday]?.push(...minutesOf(window));
  return {
    timeZone,
    weekly: weekdays,
    overrides: new Map(overrides.map(({ date, windows }) => [dayOf(date), windows.flatMap(minutesOf)])),
    away: outOfOffice.map(daysOf),
    trips: travel.map((trip) => ({ ...daysOf(trip), timeZone: trip.timeZone })),
    only: only?.map(daysOf),
  };
}

/**
 * The windows in which a schedule is open (R4–R8), all of them that have a part between the two instants.
 *
 * A window that reaches over an end may be cut there, at a midnight outside the two.
 */
export function windowsOf(schedule: PreparedSchedule, from: number, to: number): Windows {
  // A local date may begin 15 hours before and end 12 hours after the one of UTC, and a change may move it by a day.
  const first = Math.floor(from / day) - 2;
  const last = Math.floor(to / day) + 2;
  const meets = (days: Days) => days.to >= first && days.from <= last;
  const away = schedule.away.filter(meets);
  const trips = schedule.trips.filter(meets);
  const only = schedule.only?.filter(meets);
  const offsets = (timeZone: string) => offsetsOf(timeZone, (first - 2) * day, (last + 3) * day);
  const home = offsets(schedule.timeZone);
  const abroad = trips.map((trip) => ({ ...trip, offsets: offsets(trip.timeZone) }));

  const ranges: [number, number][] = [];
  for (let date = first; date <= last; date++) {
    const minutes = schedule.overrides.get(date) ?? schedule.weekly[weekdayOf(date)] ?? [];
    if (minutes.length === 0 || isWithin(away, date) || (only && !isWithin(only, date))) continue;
    const trip = abroad.length > 0 ? abroad.find((days) => days.from <= date && date <= days.to) : undefined;
    addWindows(ranges, minutes, trip?.offsets ?? home, date);
  }
  return join(ranges);
}

function addWindows(ranges: [number, number][], minutes: Minutes, offsets: Offsets, date: Day): void {
  for (let i = 0; i < minutes.length; i += 2) {
    const opens = toInstant(offsets, date * day + (minutes[i] ?? 0) * minute);
    const closes = toInstant(offsets, date * day + (minutes[i + 1] ?? 0) * minute);
    if (opens < closes) ranges.push([opens, closes]);
  }
}

const isWithin = (ranges: readonly Days[], date: Day) => ranges.some(({ from, to }) => from <= date && date <= to);

const daysOf = ({ from, to }: DateRange): Days => ({
  from: dayOf(from),
  to: to === undefined ? Number.POSITIVE_INFINITY : dayOf(to),
});

/** Minutes since midnight. */
export const minuteOf = (time: ClockTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

function minutesOf({ from, to }: Window): number[] {
  const [opens, closes] = [minuteOf(from), minuteOf(to)];
  return opens < closes ? [opens, closes] : [];
}

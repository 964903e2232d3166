import {
  type Asker,
  type Buffers,
  type Busy,
  blockedBy,
  blocksBetween,
  type PreparedBusy,
  prepareBusy,
} from "#domain/availability/busy.ts";
import { type Steps, startsOf } from "#domain/availability/grid.ts";
import { datesWithin, type Horizon, mostDatesLookedAt } from "#domain/availability/horizon.ts";
import { type Limits, limitsBetween } from "#domain/availability/limits.ts";
import { type PreparedSchedule, prepareSchedule, type Schedule, windowsOf } from "#domain/availability/schedule.ts";
import { otherSessions, type Session, sessionsAmong } from "#domain/availability/seats.ts";
import { intersect, unite, type Windows } from "#domain/availability/windows.ts";
import { datesIn, type Offsets, offsetsOf } from "#domain/availability/zone.ts";
import { type Day, day, minute } from "#domain/time/days.ts";

/** Somebody who can be booked: when they are open, and what is in their way. */
export interface Host {
  id: string;
  schedule: Schedule;
  busy: readonly Busy[];
}

/** A host, read once; each part may be kept for as long as its source stays the same. */
export interface PreparedHost {
  id: string;
  schedule: PreparedSchedule;
  busy: PreparedBusy;
}

/** What an event type asks of a time. */
export interface EventRules extends Steps, Buffers {
  id: string;
  /** The zone of its days, weeks, months and years. */
  timeZone: string;
  noticeMinutes?: number | undefined;
  horizon?: Horizon | undefined;
  limits?: Limits | undefined;
  /** A group event: seats per session. Only with one host. */
  seats?: number | undefined;
}

/** One question to the engine; all instants are whole milliseconds. */
export interface SlotsQuestion extends Asker {
  event: EventRules;
  /** Of every group one and the same host takes part for the whole slot (`groupsOf`). */
  groups: readonly (readonly PreparedHost[])[];
  /** A second schedule that must be open as well. */
  restriction?: PreparedSchedule | undefined;
  /** Bookings of this event type that count for its limits although their hosts no longer take part. */
  elsewhere?: PreparedBusy | undefined;
  /** Starts from here, … */
  from: number;
  /** … and before here. */
  to: number;
  attendeeCount?: number | undefined;
  /** Of a group, also the sessions whose bookings leave too few seats; those left are said with each. */
  withFull?: boolean | undefined;
}

export interface Slots {
  /** Ascending, none twice. */
  starts: number[];
  /** For group events: how many seats each has left. */
  seatsLeft?: number[];
}

/** Reads a host. The schedule's and the busy times' parts may come from a cache of their own. */
export const prepareHost = ({ id, schedule, busy }: Host): PreparedHost => ({
  id,
  schedule: prepareSchedule(schedule),
  busy: prepareBusy(busy),
});

/** All starts that are offered to this visitor between two instants, by the rules R1–R22 of `docs/availability.md`. */
export function findSlots(question: SlotsQuestion): Slots {
  const { from, to } = question;
  const { first, last } = startsWithin(question);
  return slotsOn(question, { from: Math.max(from, first), to: Math.min(to, last + 1) }, datesOf(question));
}

/** The first and the last instant at which a slot may start by notice and a horizon in minutes (R18, R20). */
export function startsWithin({ now, event }: SlotsQuestion): { first: number; last: number } {
  const { horizon, noticeMinutes = 0 } = event;
  return {
    first: Math.max(now + 1, now + noticeMinutes * minute),
    last: horizon?.type === "minutes" ? now + horizon.minutes * minute : Number.POSITIVE_INFINITY,
  };
}

/** The dates of the event's zone on which a slot may start by its horizon (R20). */
export function datesOf(question: SlotsQuestion): { first: Day; last: Day } {
  const { now, event } = question;
  const today = datesIn(offsetsOf(event.timeZone, now, now))(now);
  return datesWithin(event.horizon, today, (days) => lastBookable(question, today, days));
}

/** The n-th date, today included, with a free time; with too few among those looked at, the last of these. */
function lastBookable(question: SlotsQuestion, today: Day, days: number): Day {
  const { event } = question;
  const { first } = startsWithin(question);
  for (let look = days + 6; ; look *= 4) {
    const dates = { first: today, last: today + Math.min(look, mostDatesLookedAt) - 1 };
    const { starts } = slotsOn({ ...question, withFull: false }, { from: first, to: Number.POSITIVE_INFINITY }, dates);
    const dateOf = datesIn(offsetsOf(event.timeZone, (today - 2) * day, (dates.last + 3) * day));
    const bookable = [...new Set(starts.map(dateOf))].sort((a, b) => a - b);
    const last = bookable[days - 1];
    if (last !== undefined) return last;
    if (look >= mostDatesLookedAt) return dates.last;
  }
}

/** The free starts in a range, on some dates, by all rules but notice and horizon. */
function slotsOn(
  question: SlotsQuestion,
  range: { from: number; to: number },
  dates: { first: Day; last: Day },
): Slots {
  const { event, groups } = question;
  const empty: Slots = event.seats === undefined ? { starts: [] } : { starts: [], seatsLeft: [] };
  const from = Math.max(range.from, (dates.first - 2) * day);
  const to = Math.min(range.to, (dates.last + 3) * day);
  if (!(from < to) || groups.length === 0) return empty;

  const open = openHours(question, from, to);
  const candidates = startsOf(open.event, event, open.zone, { from, to });
  if (candidates.length === 0) return empty;
  const span = { from, to: (candidates.at(-1) ?? 0) + event.durationMinutes * minute };
  const sessions = new Map<number, Session>();
  const free = new Uint8Array(candidates.length).fill(1);
  for (const [g, hosts] of groups.entries()) {
    const some = new Uint8Array(candidates.length);
    for (const [h, host] of hosts.entries())
      markFree(question, host, open.hosts[g]?.[h] ?? [], { candidates, span, some, sessions });
    for (let i = 0; i < free.length; i++) if (some[i] !== 1) free[i] = 0;
  }
  return offered(question, { candidates, free, sessions, dates, zone: open.zone });
}

/** The open hours of an event around a range: of each host, and all together, which make the grid (R15, R16). */
export function openHours(
  { event, groups, restriction }: SlotsQuestion,
  from: number,
  to: number,
): { event: Windows; hosts: Windows[][]; zone: Offsets } {
  // A window that began five days ago has covered a whole day since, so its grid does not depend on its opening;
  // behind the range, a slot and the day it starts on must be seen to their ends.
  const begin = from - 6 * day;
  const end = to + event.durationMinutes * minute + 4 * day;
  const hosts = groups.map((group) => group.map(({ schedule }) => windowsOf(schedule, begin, end)));
  const common = hosts.map(unite).reduce(intersect);
  return {
    event: restriction ? intersect(common, windowsOf(restriction, begin, end)) : common,
    hosts,
    zone: offsetsOf(event.timeZone, begin - 4 * day, end + 4 * day),
  };
}

interface Marking {
  candidates: readonly number[];
  span: { from: number; to: number };
  /** 1 where some host of the group is free. */
  some: Uint8Array;
  sessions: Map<number, Session>;
}

/** Marks the candidates for which a host is open throughout and not blocked (R12, R16, R17). */
function markFree(
  question: SlotsQuestion,
  host: PreparedHost,
  open: Windows,
  { candidates, span, some, sessions }: Marking,
): void {
  const { event } = question;
  const duration = event.durationMinutes * minute;
  const blocks = blocksBetween(host.busy, event, question, span);
  const group = event.seats === undefined ? undefined : sessionsAmong(blocks, { ...event, durationMs: duration });
  for (const [start, session] of group?.sessions ?? []) sessions.set(start, session);
  const meetsOther = group && group.sessions.size > 0 ? otherSessions(group.sessions, duration) : undefined;
  const blocked = blockedBy(group?.rest ?? blocks, event);
  let [w, b] = [0, 0];
  for (let i = 0; i < candidates.length; i++) {
    const start = candidates[i] ?? 0;
    const end = start + duration;
    while (w < open.length && (open[w + 1] ?? 0) < end) w += 2;
    while (b < blocked.length && (blocked[b + 1] ?? 0) <= start) b += 2;
    if (w >= open.length) return;
    if ((open[w] ?? 0) > start || (b < blocked.length && (blocked[b] ?? 0) < end)) continue;
    if (meetsOther?.(start)) continue;
    some[i] = 1;
  }
}

interface Candidates {
  candidates: readonly number[];
  /** 1 where every group has somebody. */
  free: Uint8Array;
  sessions: ReadonlyMap<number, Session>;
  dates: { first: Day; last: Day };
  zone: Offsets;
}

/** What is left of the candidates by seats, limits and dates. */
function offered(question: SlotsQuestion, { candidates, free, sessions, dates, zone }: Candidates): Slots {
  const { event, attendeeCount = 1, withFull = false } = question;
  const dateOf = datesIn(zone);
  const isDated = event.limits !== undefined || dates.first > -Infinity || dates.last < Infinity;
  const limitsOn = limitsOf(question, dateOf(candidates[0] ?? 0) - 1, dateOf(candidates.at(-1) ?? 0) + 1);
  const starts: number[] = [];
  const seatsLeft: number[] = [];
  let [date, isFull] = [Number.NaN, false];
  for (let i = 0; i < candidates.length; i++) {
    if (free[i] !== 1) continue;
    const start = candidates[i] ?? 0;
    const session = event.seats === undefined ? undefined : sessions.get(start);
    const left = (event.seats ?? 0) - (session?.taken ?? 0);
    if (event.seats !== undefined && left < attendeeCount)
      if (!withFull || !isBookedOut(session, event.seats - attendeeCount)) continue;
    if (isDated) {
      const itsDate = dateOf(start);
      if (itsDate < dates.first || itsDate > dates.last) continue;
      if (itsDate !== date) [date, isFull] = [itsDate, limitsOn(itsDate).length > 0];
      if (isFull && !session?.isBooked) continue;
    }
    starts.push(start);
    seatsLeft.push(Math.max(0, left));
  }
  return event.seats === undefined ? { starts } : { starts, seatsLeft };
}

/** Whether bookings alone take more than that; a seat that is kept for a few minutes makes nothing full. */
const isBookedOut = (session: Session | undefined, most: number): boolean =>
  session?.isBooked === true && session.booked > most;

/** Which limits one more booking on a date would exceed, for dates between two (R19). */
export function limitsOf(question: SlotsQuestion, from: Day, to: Day) {
  const { event, groups, elsewhere, rescheduleOf } = question;
  const busy = groups.flatMap((hosts) => hosts.map((host) => host.busy));
  return limitsBetween({ event, busy: elsewhere ? [...busy, elsewhere] : busy, rescheduleOf }, from, to);
}

/** Who of each group is free for a slot that starts now or then; nobody in a group: it cannot be held. */
export function freeHosts(question: SlotsQuestion, start: number): string[][] {
  const open = openHours(question, start, start + 1);
  const span = { from: start, to: start + question.event.durationMinutes * minute };
  return question.groups.map((hosts, g) =>
    hosts
      .filter((host, h) => {
        const some = new Uint8Array(1);
        markFree(question, host, open.hosts[g]?.[h] ?? [], { candidates: [start], span, some, sessions: new Map() });
        return some[0] === 1;
      })
      .map(({ id }) => id),
  );
}

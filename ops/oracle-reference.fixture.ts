import type { SlotsCase } from "#ops/oracle-case.ts";

/**
 * The rules of `docs/availability.md` once more, as slowly and plainly as they are written: every window, every instant
 * and every rule by itself, wall clocks read from Intl. It shares nothing with the engine, which has to agree with it.
 */
export function referenceAnswer(given: SlotsCase): { slots: string[]; seatsLeft?: Record<string, number> } {
  const world = worldOf(given);
  const [from, to] = [Date.parse(given.query.from), Date.parse(given.query.to)];
  const horizon = given.event.horizon;
  let lastBookable = "9999-12-31";
  if (horizon?.type === "rollingBookableDays") lastBookable = findLastBookable(given, horizon.days);
  const starts = startsBetween(given, world, from, to).filter((start) => {
    const date = dateAt(world.zone, start);
    if (horizon?.type === "minutes") return start <= world.now + horizon.minutes * minute;
    if (horizon?.type === "range") return date >= horizon.from && date <= horizon.to;
    if (horizon?.type === "rollingDays")
      return date <= rolling(world.today, horizon.days, horizon.countWeekends ?? true);
    return date <= lastBookable;
  });
  const slots = starts.map(textOf);
  if (given.event.seats === undefined) return { slots };
  return { slots, seatsLeft: Object.fromEntries(starts.map((start) => [textOf(start), seatsLeft(given, start)])) };
}

type Host = SlotsCase["hosts"][number];
type BusyEntry = NonNullable<Host["busy"]>[number];
type Piece = { from: number; to: number };

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;
const textOf = (instant: number) => new Date(instant).toISOString().replace(".000Z", "Z");

const worldOf = (given: SlotsCase) => {
  const zone = given.hosts[0]?.timeZone ?? "UTC";
  const now = Date.parse(given.now);
  return { zone, now, today: dateAt(zone, now) };
};
type World = ReturnType<typeof worldOf>;

// Clocks.

const formats = new Map<string, Intl.DateTimeFormat>();
const readings = new Map<string, Map<number, number>>();

/** What the clocks of a zone show, as if it were UTC. */
function clockAt(zone: string, instant: number): number {
  const ofZone = readings.get(zone) ?? new Map<number, number>();
  readings.set(zone, ofZone);
  const known = ofZone.get(instant);
  if (known !== undefined) return known;
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium", hourCycle: "h23" });
  formats.set(zone, format);
  const shown = Date.parse(`${format.format(instant).replace(" ", "T")}Z`);
  ofZone.set(instant, shown);
  return shown;
}

const dateAt = (zone: string, instant: number) => new Date(clockAt(zone, instant)).toISOString().slice(0, 10);

const conversions = new Map<string, number>();

/** R2: walks through the real time around, and takes the first moment at which the clocks show this time. */
function instantOf(zone: string, date: string, time: string): number {
  const key = `${zone} ${date} ${time}`;
  const known = conversions.get(key);
  if (known !== undefined) return known;
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const wall = Date.parse(`${date}T00:00:00Z`) + hours * hour + minutes * minute;
  const found = walkTo(zone, wall);
  conversions.set(key, found);
  return found;
}

function walkTo(zone: string, wall: number): number {
  const quarter = 15 * minute;
  for (let at = wall - 16 * hour; at < wall + 30 * hour; at += quarter) {
    const offset = clockAt(zone, at) - at;
    if (clockAt(zone, at + quarter) - at - quarter === offset) {
      if (at + offset <= wall && wall < at + quarter + offset) return wall - offset;
      continue;
    }
    // The clocks change within this quarter of an hour: by which second?
    let change = at + 1000;
    while (clockAt(zone, change) - change === offset) change += 1000;
    if (at + offset <= wall && wall < change + offset) return wall - offset;
    const shown = clockAt(zone, change);
    if (change + offset <= wall && wall < shown) return wall - offset;
    if (shown <= wall && wall < shown + at + quarter - change) return wall - (shown - change);
  }
  throw new Error(`${zone} never shows ${new Date(wall).toISOString()}`);
}

const tomorrows = new Map<string, string>();

function nextDate(date: string, days = 1): string {
  const known = days === 1 ? tomorrows.get(date) : undefined;
  if (known !== undefined) return known;
  const found = new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
  if (days === 1) tomorrows.set(date, found);
  return found;
}
const midnight = (zone: string, date: string) => instantOf(zone, date, "00:00");

function datesAround(from: number, to: number): string[] {
  const dates: string[] = [];
  const last = new Date(to + 9 * dayMs).toISOString().slice(0, 10);
  for (let date = new Date(from - 9 * dayMs).toISOString().slice(0, 10); date <= last; date = nextDate(date))
    dates.push(date);
  return dates;
}

// Open hours.

/** R4–R7: all windows as they are written, not yet joined. */
function piecesOf(host: Partial<Host> & { timeZone: string; weekly: Host["weekly"] }, dates: string[]): Piece[] {
  return dates.flatMap((date) => {
    if (host.outOfOffice?.includes(date)) return [];
    const weekday = new Date(date).getUTCDay();
    const override = host.overrides?.find((one) => one.date === date);
    const windows = override
      ? override.windows
      : host.weekly.filter(({ days }) => days.includes(weekday)).map(({ from, to }) => [from, to] as const);
    const trip = host.travel?.find(({ from, to }) => from <= date && (to === undefined || date <= to));
    const zone = trip?.timeZone ?? host.timeZone;
    return windows
      .filter(([from, to]) => from < to)
      .map(([from, to]) => ({
        from: instantOf(zone, date, from),
        to: to === "24:00" ? midnight(zone, nextDate(date)) : instantOf(zone, date, to),
      }))
      .filter(({ from, to }) => from < to);
  });
}

/** Time cut at every edge there is, and who is open in each piece. */
interface Timeline {
  cuts: number[];
  isOpen: (who: number, cut: number) => boolean;
}

function timelineOf(schedules: Piece[][]): Timeline {
  const cuts = [...new Set(schedules.flat().flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const open = schedules.map((pieces) => cuts.map((cut) => pieces.some(({ from, to }) => from <= cut && cut < to)));
  return { cuts, isOpen: (who, cut) => open[who]?.[cut] === true };
}

function isOpenThroughout({ cuts, isOpen }: Timeline, who: number, slot: Piece): boolean {
  if (slot.from < (cuts[0] ?? Infinity) || slot.to > (cuts.at(-1) ?? -Infinity)) return false;
  return cuts.every((cut, i) => {
    const next = cuts[i + 1] ?? Infinity;
    return next <= slot.from || cut >= slot.to || isOpen(who, i);
  });
}

/** Who has to take part: each list needs one of its members. */
function needs({ hosts, event }: SlotsCase): number[][] {
  const everybody = hosts.map((_, i) => i);
  if (event.team !== "roundRobin") return everybody.map((i) => [i]);
  const loose = everybody.filter((i) => hosts[i]?.role !== "fixed");
  const names = new Set(loose.map((i) => hosts[i]?.group));
  return [
    ...everybody.filter((i) => hosts[i]?.role === "fixed").map((i) => [i]),
    ...[...names].map((name) => loose.filter((i) => hosts[i]?.group === name)),
  ];
}

// The grid.

/** R9–R11, R15, R16: every start of every window, whatever is in the way. */
function gridOf(given: SlotsCase, world: World, dates: string[], timeline: Timeline): number[] {
  const { hosts, event } = given;
  const duration = event.durationMin * minute;
  const offset = (event.offsetStartMin ?? 0) * minute;
  const step = (event.intervalMin ?? event.durationMin) * minute + offset;
  const restriction = event.restriction ? hosts.length : undefined;
  const isOpen = (cut: number) =>
    needs(given).every((group) => group.some((who) => timeline.isOpen(who, cut))) &&
    (restriction === undefined || timeline.isOpen(restriction, cut));
  const windows: Piece[] = [];
  timeline.cuts.forEach((cut, i) => {
    if (!isOpen(i)) return;
    const last = windows.at(-1);
    const to = timeline.cuts[i + 1] ?? cut;
    if (last?.to === cut) last.to = to;
    else windows.push({ from: cut, to });
  });
  return windows.flatMap((window) => {
    const anchors = new Set([window.from]);
    for (const date of dates) {
      const day = { from: midnight(world.zone, date), to: midnight(world.zone, nextDate(date)) };
      if (day.from < day.to && window.from <= day.from && day.to <= window.to) anchors.add(day.from).add(day.to);
    }
    const ordered = [...anchors].sort((a, b) => a - b);
    return ordered.flatMap((anchor, i) => {
      const starts: number[] = [];
      for (let start = anchor + offset; start < (ordered[i + 1] ?? window.to); start += step)
        if (start + duration <= window.to) starts.push(start);
      return starts;
    });
  });
}

// What is in the way.

/** R13, R14, R22. */
function takesTime(entry: BusyEntry, { now, query }: SlotsCase): boolean {
  if (entry.kind === "calendar") return true;
  if (entry.kind === "hold")
    return Date.parse(entry.expiresAt ?? "") > Date.parse(now) && entry.clientId !== query.clientId;
  if (entry.bookingId !== undefined && entry.bookingId === query.rescheduleOf) return false;
  if (entry.status === "pending") return entry.blocksWhilePending !== false;
  return ["confirmed", "awaiting_host", "completed", "no_show"].includes(entry.status ?? "");
}

const isSessionOf = (entry: BusyEntry, { event }: SlotsCase, start: number) =>
  event.seats !== undefined &&
  entry.sameEvent === true &&
  Date.parse(entry.start) === start &&
  Date.parse(entry.end) === start + event.durationMin * minute;

/** R12, R17. */
function isBlocked(host: Host, given: SlotsCase, start: number): boolean {
  const { event } = given;
  return (host.busy ?? []).some((entry) => {
    if (!takesTime(entry, given) || isSessionOf(entry, given, start)) return false;
    const from = Date.parse(entry.start) - ((entry.bufferBeforeMin ?? 0) + (event.bufferAfterMin ?? 0)) * minute;
    const to = Date.parse(entry.end) + ((entry.bufferAfterMin ?? 0) + (event.bufferBeforeMin ?? 0)) * minute;
    return start < to && from < start + event.durationMin * minute;
  });
}

function sessionOf(given: SlotsCase, start: number): BusyEntry[] {
  const busy = given.hosts[0]?.busy ?? [];
  return busy.filter((entry) => takesTime(entry, given) && isSessionOf(entry, given, start));
}

const seatsLeft = (given: SlotsCase, start: number) =>
  (given.event.seats ?? 0) - sessionOf(given, start).reduce((sum, { seatsTaken = 1 }) => sum + seatsTaken, 0);

/** R19. */
function exceedsLimit(given: SlotsCase, { zone }: World, start: number): boolean {
  const { limits } = given.event;
  if (!limits || sessionOf(given, start).some(({ kind }) => kind === "booking")) return false;
  const bookings: BusyEntry[] = [];
  for (const entry of given.hosts.flatMap((host) => host.busy ?? [])) {
    if (entry.kind !== "booking" || !entry.sameEvent || !takesTime(entry, given)) continue;
    if (entry.bookingId !== undefined && bookings.some(({ bookingId }) => bookingId === entry.bookingId)) continue;
    bookings.push(entry);
  }
  const like = (name: (date: string) => string) =>
    bookings.filter((entry) => name(dateAt(zone, Date.parse(entry.start))) === name(dateAt(zone, start)));
  const isFull = (most: number | undefined, name: (date: string) => string) =>
    most !== undefined && like(name).length + 1 > most;
  const minutes = like((date) => date).reduce(
    (sum, { start: s, end: e }) => sum + (Date.parse(e) - Date.parse(s)) / minute,
    0,
  );
  return (
    isFull(limits.perDay, (date) => date) ||
    isFull(limits.perWeek, mondayOf) ||
    isFull(limits.perMonth, (date) => date.slice(0, 7)) ||
    isFull(limits.perYear, (date) => date.slice(0, 4)) ||
    (limits.minutesPerDay !== undefined && minutes + given.event.durationMin > limits.minutesPerDay)
  );
}

function mondayOf(date: string): string {
  let monday = date;
  while (new Date(monday).getUTCDay() !== 1) monday = nextDate(monday, -1);
  return monday;
}

// All together.

/** All rules but the horizon. */
function startsBetween(given: SlotsCase, world: World, from: number, to: number): number[] {
  const { hosts, event, query } = given;
  const duration = event.durationMin * minute;
  const dates = datesAround(from, to + duration);
  const schedules = [...hosts, ...(event.restriction ? [event.restriction] : [])];
  const timeline = timelineOf(schedules.map((schedule) => piecesOf(schedule, dates)));
  const isFree = (start: number) => (who: number) => {
    const host = hosts[who];
    return (
      host && isOpenThroughout(timeline, who, { from: start, to: start + duration }) && !isBlocked(host, given, start)
    );
  };
  return gridOf(given, world, dates, timeline)
    .filter((start) => from <= start && start < to)
    .filter((start) => start > world.now && start >= world.now + (event.minNoticeMin ?? 0) * minute)
    .filter((start) => needs(given).every((group) => group.some(isFree(start))))
    .filter((start) => event.seats === undefined || seatsLeft(given, start) >= (query.attendeeCount ?? 1))
    .filter((start) => !exceedsLimit(given, world, start));
}

function rolling(today: string, days: number, countWeekends: boolean): string {
  let date = today;
  for (let left = days; left > 0; ) {
    date = nextDate(date);
    const weekday = new Date(date).getUTCDay();
    if (countWeekends || (weekday !== 0 && weekday !== 6)) left--;
  }
  return date;
}

/** R20: looks at one date after the other. */
function findLastBookable(given: SlotsCase, days: number): string {
  const world = worldOf(given);
  let left = days;
  let date = world.today;
  let bookable = new Set<string>();
  for (let looked = 0; looked < 366; looked++, date = nextDate(date)) {
    if (looked % 61 === 0) {
      const begin = Date.parse(date) - 2 * dayMs;
      bookable = new Set(startsBetween(given, world, begin, begin + 65 * dayMs).map((at) => dateAt(world.zone, at)));
    }
    if (bookable.has(date) && --left === 0) return date;
  }
  return nextDate(date, -1);
}

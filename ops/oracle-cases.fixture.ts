import fc from "fast-check";

import { answerTo } from "#ops/oracle.ts";
import type { SlotsCase } from "#ops/oracle-case.ts";

type Host = SlotsCase["hosts"][number];
type BusyEntry = NonNullable<Host["busy"]>[number];
type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;

const minute = 60_000;
const dayMs = 86_400_000;
const textOf = (instant: number) => new Date(instant).toISOString().replace(".000Z", "Z");
const dateOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);

/** Zones, and moments at which their clocks do something worth a look. */
const moments: readonly (readonly [zone: string, around: string])[] = [
  ["America/New_York", "2026-03-08T07:00:00Z"],
  ["America/New_York", "2026-11-01T06:00:00Z"],
  ["Europe/Berlin", "2026-03-29T01:00:00Z"],
  ["Europe/London", "2026-10-25T01:00:00Z"],
  ["Europe/Dublin", "2025-10-26T01:00:00Z"],
  ["Australia/Lord_Howe", "2025-04-05T15:00:00Z"],
  ["Australia/Lord_Howe", "2025-10-04T15:30:00Z"],
  ["Africa/Casablanca", "2025-02-23T02:00:00Z"],
  ["Africa/Casablanca", "2025-04-06T02:00:00Z"],
  ["Asia/Gaza", "2023-10-27T23:00:00Z"],
  ["Africa/Cairo", "2024-04-25T22:00:00Z"],
  ["Africa/Cairo", "2024-10-31T21:00:00Z"],
  ["Asia/Beirut", "2025-03-29T22:00:00Z"],
  ["America/Havana", "2025-11-02T05:00:00Z"],
  ["America/Santiago", "2025-09-07T04:00:00Z"],
  ["America/Santiago", "2025-04-06T03:00:00Z"],
  ["America/Nuuk", "2025-03-30T01:00:00Z"],
  ["America/Nuuk", "2025-10-26T01:00:00Z"],
  ["America/Scoresbysund", "2024-03-31T01:00:00Z"],
  ["Atlantic/Azores", "2025-10-26T01:00:00Z"],
  ["Antarctica/Troll", "2025-03-30T01:00:00Z"],
  ["Antarctica/Troll", "2025-10-26T01:00:00Z"],
  ["Antarctica/Casey", "2021-03-13T13:00:00Z"],
  ["Pacific/Chatham", "2025-09-27T14:00:00Z"],
  ["Pacific/Chatham", "2026-04-04T14:00:00Z"],
  ["Pacific/Apia", "2011-12-30T10:00:00Z"],
  ["Pacific/Kiritimati", "2026-01-01T00:00:00Z"],
  ["Pacific/Pago_Pago", "2026-01-01T00:00:00Z"],
  ["Etc/GMT+12", "2026-05-01T00:00:00Z"],
  ["Asia/Kathmandu", "2026-02-28T00:00:00Z"],
  ["Asia/Pyongyang", "2018-05-04T15:00:00Z"],
  ["America/Caracas", "2016-05-01T07:00:00Z"],
  ["America/St_Johns", "2006-10-29T02:31:00Z"],
  ["Africa/Monrovia", "1972-01-07T00:44:30Z"],
  ["Europe/Amsterdam", "1937-06-30T23:40:28Z"],
  ["UTC", "2024-02-29T00:00:00Z"],
  ["UTC", "2025-12-31T12:00:00Z"],
];
const zones = [...new Set(moments.map(([zone]) => zone))];

const from = <const T>(...values: T[]) => fc.constantFrom(...values);
const between = (min: number, max: number) => fc.integer({ min, max });
const maybe = <T>(arbitrary: fc.Arbitrary<T>, outOf = 3) => fc.option(arbitrary, { nil: undefined, freq: outOf - 1 });
/** Present one time in so many. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>, times: number) =>
  fc.tuple(between(1, times), arbitrary).map(([n, value]) => (n === 1 ? value : undefined));

const time = fc.oneof(
  { weight: 3, arbitrary: between(0, 47).map((half) => clock(half * 30)) },
  { weight: 1, arbitrary: between(0, 287).map((fifth) => clock(fifth * 5)) },
  { weight: 2, arbitrary: from("00:00", "01:30", "02:00", "02:30", "03:15", "22:00", "23:00", "23:30") },
);
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const window = fc
  .tuple(time, fc.oneof(time, fc.constant("24:00")), between(0, 9))
  // One in ten is left the wrong way round, as it must open nothing.
  .map(([a, b, n]): [string, string] => (n > 0 && a > b ? [b, a] : [a, b]));
const weekdays = fc.oneof(
  fc.constant<number[]>([0, 1, 2, 3, 4, 5, 6]),
  fc.constant<number[]>([1, 2, 3, 4, 5]),
  fc.uniqueArray(between(0, 6), { minLength: 2, maxLength: 7 }),
);
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const weekly: fc.Arbitrary<Host["weekly"]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.tuple(weekdays, window), { minLength: 1, maxLength: 4 })
      .map((all) => all.map(([days, [a, b]]) => ({ days, from: a, to: b }))),
  },
  { weight: 2, arbitrary: fc.constant<Host["weekly"]>([{ days: everyDay, from: "00:00", to: "24:00" }]) },
  {
    weight: 2,
    arbitrary: fc.tuple(time, time).map(([a, b]) => [
      { days: everyDay, from: a, to: "24:00" },
      { days: everyDay, from: "00:00", to: b },
    ]),
  },
  { weight: 4, arbitrary: fc.constant<Host["weekly"]>([{ days: everyDay, from: "09:00", to: "17:00" }]) },
);

function drawHost(draw: Draw, id: string, zone: string, around: number): Host {
  const date = between(-8, 8).map((days) => dateOf(around + days * dayMs));
  const overrides = draw(
    rarely(
      fc.uniqueArray(fc.record({ date, windows: fc.array(window, { maxLength: 3 }) }), {
        maxLength: 4,
        selector: (one) => one.date,
      }),
      3,
    ),
  );
  const cuts = draw(rarely(fc.uniqueArray(date, { minLength: 1, maxLength: 5 }), 4))?.sort();
  const travel = cuts?.flatMap((start, i) => {
    const next = cuts[i + 1];
    if (i % 2 === 1) return [];
    return [{ from: start, ...(next === undefined ? {} : { to: next }), timeZone: draw(from(...zones)) }];
  });
  return {
    id,
    timeZone: zone,
    weekly: draw(weekly),
    overrides,
    outOfOffice: draw(rarely(fc.uniqueArray(date, { maxLength: 3 }), 4)),
    travel,
  };
}

const statuses = [
  "confirmed",
  "pending",
  "awaiting_host",
  "completed",
  "no_show",
  "cancelled",
  "rejected",
  "rescheduled",
] as const;
const buffer = rarely(from(5, 10, 15, 30, 60), 3);

function drawBusy(draw: Draw, given: SlotsCase, starts: number[], around: number, isSolo: boolean): BusyEntry {
  const nearStart = fc.oneof(
    { weight: starts.length > 0 ? 3 : 0, arbitrary: from(...(starts.length > 0 ? starts : [around])) },
    { weight: 2, arbitrary: between(-600, 1200).map((n) => around + n * 15 * minute) },
    { weight: 1, arbitrary: between(-500_000, 900_000).map((n) => around + n * 1000) },
  );
  const start = draw(nearStart);
  const length = draw(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(given.event.durationMin * 60) },
      { weight: 2, arbitrary: between(1, 16).map((n) => n * 900) },
      { weight: 1, arbitrary: between(1, 200_000) },
    ),
  );
  const range = { start: textOf(start), end: textOf(start + length * 1000) };
  const kind = draw(from("booking", "booking", "booking", "calendar", "hold"));
  if (kind === "calendar") return { kind, ...range };
  const taken = {
    ...range,
    sameEvent: draw(maybe(fc.boolean())),
    seatsTaken: draw(maybe(between(1, 4))),
    bufferBeforeMin: draw(buffer),
    bufferAfterMin: draw(buffer),
  };
  if (kind === "hold") {
    const expiresAt = textOf(Date.parse(given.now) + draw(from(-60, 0, 1, 300)) * 1000);
    return { kind, ...taken, clientId: draw(from("A", "B")), expiresAt };
  }
  return {
    kind,
    ...taken,
    status: draw(fc.oneof(fc.constant("confirmed" as const), from(...statuses))),
    blocksWhilePending: draw(maybe(fc.boolean())),
    bookingId: draw(rarely(from("b1", "b2", "b3"), isSolo ? 3 : 2)),
  };
}

function drawEvent(draw: Draw, around: number, hosts: number): SlotsCase["event"] {
  const limit = rarely(fc.oneof(between(1, 5), between(1, 5), between(0, 1)), 3);
  const horizon: fc.Arbitrary<NonNullable<SlotsCase["event"]["horizon"]>> = fc.oneof(
    fc.record({ type: fc.constant("minutes" as const), minutes: between(0, 15000) }),
    fc.record({
      type: fc.constant("rollingDays" as const),
      days: fc.oneof(between(0, 12), between(5, 12)),
      countWeekends: maybe(fc.boolean()),
    }),
    fc.record({ type: fc.constant("rollingBookableDays" as const), days: between(1, 4) }),
    fc.tuple(between(-6, 1), between(0, 8)).map(([first, more]) => ({
      type: "range" as const,
      from: dateOf(around + first * dayMs),
      to: dateOf(around + (first + more) * dayMs),
    })),
  );
  return {
    durationMin: draw(
      fc.oneof(
        { weight: 9, arbitrary: from(15, 20, 30, 45, 50, 60, 90, 7) },
        { weight: 1, arbitrary: from(240, 1440, 1500, 4320) },
      ),
    ),
    intervalMin: draw(rarely(from(5, 15, 20, 30, 45, 50, 60, 1500), 2)),
    offsetStartMin: draw(rarely(from(5, 10, 1440), 6)),
    bufferBeforeMin: draw(buffer),
    bufferAfterMin: draw(buffer),
    minNoticeMin: draw(rarely(from(0, 30, 120, 1440, 4320), 3)),
    horizon: draw(rarely(horizon, 3)),
    limits: draw(
      rarely(
        fc.record({
          perDay: limit,
          perWeek: limit,
          perMonth: limit,
          perYear: limit,
          minutesPerDay: rarely(from(0, 30, 60, 90, 120), 3),
        }),
        3,
      ),
    ),
    seats: hosts === 1 ? draw(rarely(between(1, 6), 2)) : undefined,
    team: hosts > 1 ? draw(from("collective", "roundRobin", "roundRobin")) : undefined,
    restriction: draw(rarely(fc.record({ timeZone: from(...zones), weekly }), 5)),
  };
}

function drawCase(draw: Draw): SlotsCase {
  const [zone, moment] = draw(from(...moments));
  const around = Date.parse(moment) + draw(between(-3 * 24 * 60, 3 * 24 * 60)) * minute;
  const count = draw(from(1, 1, 1, 2, 3, 4));
  const hosts = Array.from({ length: count }, (_, i) => {
    const its = i === 0 ? zone : draw(fc.oneof(fc.constant(zone), from(...zones)));
    const host = drawHost(draw, `h${i}`, its, around);
    const place = count === 1 ? {} : draw(from({}, {}, { role: "fixed" }, { group: "g" }, { group: "k" }));
    return { ...host, ...place };
  });
  const event = drawEvent(draw, around, count);
  const shift = draw(fc.oneof(between(-4 * 86_400, 2 * 86_400), fc.constant(0)));
  const length = draw(
    fc.oneof(
      between(0, 5 * 86_400),
      from(2, 5).map((days) => days * 86_400),
    ),
  );
  const given: SlotsCase = {
    id: "drawn",
    now: textOf(
      around + draw(fc.oneof(between(-6 * 1440, 0), between(-3 * 1440, 1440), fc.constant(-20 * 1440))) * minute,
    ),
    hosts,
    event,
    query: {
      from: textOf(around + shift * 1000),
      to: textOf(around + (shift + length) * 1000),
      timeZone: draw(from(...zones)),
      attendeeCount: event.seats ? draw(maybe(between(1, 4))) : undefined,
      clientId: draw(maybe(from("A", "B"))),
      rescheduleOf: event.seats ? undefined : draw(rarely(from("b1", "b2"), 3)),
    },
  };
  return crowd(draw, given, around);
}

/** Puts busy times on the hosts, many of them just where slots are. */
function crowd(draw: Draw, given: SlotsCase, around: number): SlotsCase {
  const { horizon: _horizon, limits: _limits, ...event } = given.event;
  const slots = answerTo({ ...given, event }).slots.slice(0, 30);
  const starts = slots.map((slot) => Date.parse(slot));
  const isSolo = given.hosts.length === 1;
  const hosts = given.hosts.map((host) => ({
    ...host,
    busy: Array.from({ length: draw(between(0, isSolo ? 8 : 4)) }, () => drawBusy(draw, given, starts, around, isSolo)),
  }));
  return { ...given, hosts: oneBookingPerId(hosts) };
}

/** A booking that several hosts have is the same at each of them, and no host has it twice. */
function oneBookingPerId(hosts: Host[]): Host[] {
  const known = new Map<string, BusyEntry>();
  return hosts.map((host) => {
    const own = new Set<string>();
    const busy = host.busy?.map((entry) => {
      const { bookingId, ...others } = entry;
      if (bookingId === undefined) return entry;
      if (own.has(bookingId)) return others;
      own.add(bookingId);
      const first = known.get(bookingId) ?? entry;
      known.set(bookingId, first);
      return first;
    });
    return { ...host, busy };
  });
}

/** Cases of every kind that the format knows. */
export const anyCase: fc.Arbitrary<SlotsCase> = fc.gen().map((g) => drawCase((arbitrary) => g(() => arbitrary)));

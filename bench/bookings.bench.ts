import { randomUUIDv7 } from "node:crypto";
import type pg from "pg";

import { load, type Measured, median } from "#bench/load.ts";
import { addressOf, ask, makeAccount } from "#bench/people.ts";
import { type Product, startProduct } from "#bench/product.ts";
import { report } from "#bench/report.ts";

const day = 86_400_000;
const people = 500;
const rounds = 5;

interface Type {
  organizerSlug: string;
  eventTypeSlug: string;
}

/** Far enough for any notice, and no weekend. */
const dayOff = Math.floor(Date.now() / day) + 14;
const weekday = dayOff + ((11 - (dayOff % 7)) % 7);
const startOf = (round: number) => new Date(weekday * day + (9 + round) * 3_600_000).toISOString();

interface Storm extends Measured {
  /** How many were refused because the time was gone. */
  tooLate: number;
}

/** Five hundred people press the button at once, for one and the same time. */
async function book({ urls }: Product, type: Type, round: number): Promise<Storm> {
  let tooLate = 0;
  const measured = await load({
    urls,
    concurrency: people,
    most: people,
    ask: (n) => ({
      method: "POST",
      path: "/api/v1/events/bookings/create",
      headers: { "x-forwarded-for": addressOf(n) },
      body: {
        organizerSlug: type.organizerSlug,
        eventTypeSlug: type.eventTypeSlug,
        startTime: startOf(round),
        inviteeName: `Guest ${n}`,
        inviteeEmail: `guest-${round}-${n}@bookings.example`,
      },
    }),
    hear: (status, body) => {
      if (status === 409 && JSON.parse(body).code === "scheduling.slot_taken") tooLate += 1;
    },
  });
  return { ...measured, tooLate };
}

/** As many look at once at the free times of that day. */
function read({ urls }: Product, { organizerSlug, eventTypeSlug }: Type): Promise<Measured> {
  const date = startOf(0).slice(0, 10);
  return load({
    urls,
    concurrency: people,
    most: people,
    ask: (n) => ({
      path: `/api/v1/events/slots/${organizerSlug}/${eventTypeSlug}?start_date=${date}&end_date=${date}`,
      headers: { "x-forwarded-for": addressOf(n) },
    }),
  });
}

/** What stands in the database: whose time, how many people, and how much of it twice. */
async function countTaken(db: pg.Pool) {
  const { rows } = await db.query(
    `select count(*)::int as bookings, (select count(*)::int from busy_ranges) as ranges,
       (select count(*)::int from registrations where status = 'confirmed') as seats,
       (select count(*)::int from bookings a join bookings b on a.id < b.id and a.host_ids && b.host_ids
         where a.start_time < b.end_time and b.start_time < a.end_time) as twice
     from bookings`,
  );
  return rows[0] as { bookings: number; ranges: number; seats: number; twice: number };
}

/** The control: looks whether a time is free, and writes then. Returns how often a time was given to one more. */
async function naive(db: pg.Pool): Promise<number> {
  await db.query("create table naive_bookings (id uuid primary key, at int)");
  // Cold connections come one after another, and hide the race.
  await Promise.all(Array.from({ length: 40 }, () => db.query("select pg_sleep(0.2)")));
  for (let at = 0; at <= rounds; at += 1) {
    let next = 0;
    const client = async () => {
      while (next < people) {
        next += 1;
        const { rows } = await db.query("select count(*)::int as taken from naive_bookings where at = $1", [at]);
        if (rows[0].taken === 0) await db.query("insert into naive_bookings values ($1, $2)", [randomUUIDv7(), at]);
      }
    };
    await Promise.all(Array.from({ length: 40 }, client));
  }
  const { rows } = await db.query("select (count(*) - count(distinct at))::int as besides from naive_bookings");
  return rows[0].besides;
}

/** Somebody books an hour of each working day, 365 of them; how long the answer takes, the middle of some. */
async function bookSeries({ urls: [url = ""], db }: Product): Promise<number> {
  const { cookie } = await makeAccount(db, "Teacher");
  const rule = { recurrenceType: "daily", recurrenceRule: "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", maxOccurrences: 365 };
  const lesson = { name: "Lesson", duration: 60, timeZone: "UTC", horizon: null, ...rule };
  const { organizerSlug, eventTypeSlug } = await ask(url, cookie, "/events/event-types", lesson);
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const invitee = { inviteeName: "Pupil", inviteeEmail: `pupil-${round}@bookings.example` };
    const body = { organizerSlug, eventTypeSlug, ...invitee, startTime: startOf(round), recurrence: { count: 365 } };
    const began = performance.now();
    await ask(url, "", "/events/bookings/create", body);
    seconds.push((performance.now() - began) / 1000);
  }
  return median(seconds);
}

/** 500 people want one time of one host through two processes; how long they take beside 500 who only look. */
export async function run(): Promise<void> {
  const product = await startProduct({ processes: 2 });
  const [url = ""] = product.urls;
  try {
    const { cookie } = await makeAccount(product.db, "Host");
    const made = await ask(url, cookie, "/events/event-types", { name: "One hour", duration: 60, timeZone: "UTC" });
    const type = { organizerSlug: String(made.organizerSlug), eventTypeSlug: String(made.eventTypeSlug) };
    // The first round warms both up and is not timed; its time is given once all the same.
    const storms: Storm[] = [await book(product, type, 0)];
    await read(product, type);
    const reads: Measured[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      storms.push(await book(product, type, round));
      reads.push(await read(product, type));
    }
    const [booking, reading] = [median(storms.slice(1).map(secondsOf)), median(reads.map(secondsOf))];
    const won = storms.map(({ statuses }) => statuses[201] ?? 0);
    const tooLate = storms.reduce((sum, storm) => sum + storm.tooLate, 0);
    const asked = storms.length * people;
    const taken = await countTaken(product.db);
    report(`${people} bookings of one time of one host at once, ${storms.length} times, two processes`, [
      { what: "got it, each time: fewest", value: Math.min(...won), unit: "", goal: { atLeast: 1 } },
      { what: "got it, each time: most", value: Math.max(...won), unit: "", goal: { atMost: 1 } },
      { what: "told that it is gone", value: tooLate, unit: "", goal: { atLeast: asked - storms.length } },
      { what: "answered otherwise", value: asked - storms.length - tooLate, unit: "", goal: { atMost: 0 } },
      {
        what: "bookings, times and seats in the database, beyond one each",
        value: Math.max(taken.bookings, taken.ranges, taken.seats) - storms.length,
        unit: "",
        goal: { atMost: 0 },
      },
      { what: "pairs of bookings at one time", value: taken.twice, unit: "", goal: { atMost: 0 } },
      { what: "500 bookings, middle of the rounds", value: booking, unit: "s" },
      { what: "500 reads of the day's free times", value: reading, unit: "s" },
      { what: "bookings ÷ reads", value: booking / reading, unit: "", goal: { atMost: 3 } },
      {
        what: "control: looks first, gives it away besides",
        value: await naive(product.db),
        unit: "times",
        goal: { atLeast: 1 },
      },
      { what: "a series of 365 bookings", value: await bookSeries(product), unit: "s", goal: { atMost: 2 } },
    ]);
  } finally {
    await product.stop();
  }
}

const secondsOf = ({ seconds }: Measured) => seconds;

import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";

import { pidOf, type RunningHouse, startHouse } from "#ops/run-house.ts";
import { findRunning, withClient } from "#server/platform/postgres.ts";

// Each guest comes from a network of their own, as a proxy before us would say.
const env = { PLENARY_DEMO: "on", TRUSTED_PROXY: "loopback" };
const guests = Array.from({ length: 400 }, (_, n) => ({
  email: `storm-${n}@example.org`,
  network: `10.9.${Math.floor(n / 200)}.${(n % 200) + 1}`,
}));

let house: RunningHouse | undefined;
afterEach(async () => {
  await house?.stop();
  house = undefined;
});

interface Booked {
  id: string;
  email: string;
}

const post = (url: string, network: string, body: object) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": network },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });

const ask = async <Row>({ dataDir }: RunningHouse, sql: string): Promise<Row[]> => {
  const url = await findRunning(dataDir);
  if (!url) throw new Error("no database runs");
  return withClient(url, async (client) => (await client.query(sql)).rows);
};

/** What can be booked in the house, time by time; several guests want each of them. */
async function timesOf(house: RunningHouse) {
  const [type] = await ask<{ organizer: string; slug: string }>(
    house,
    `select o.slug as organizer, t.slug from event_types t join organizers o on o.id = t.organizer_id
     where t.is_active and t.max_attendees = 1 and not (t.rules->>'needsApproval')::boolean order by t.id limit 1`,
  );
  if (!type) throw new Error("nothing can be booked");
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const range = `start_date=${day(1)}&end_date=${day(50)}`;
  const reply = await fetch(`${house.url}/api/v1/events/slots/${type.organizer}/${type.slug}?${range}`);
  const { days } = (await reply.json()) as { days: { slots: { startTime: string }[] }[] };
  const starts = days.flatMap(({ slots }) => slots.map(({ startTime }) => startTime));
  return { organizerSlug: type.organizer, eventTypeSlug: type.slug, starts };
}

/** Lets people register and book, eight at a time, and strikes in the middle; returns what they were told is done. */
async function storm(
  house: RunningHouse,
  strike: () => Promise<void>,
): Promise<{ seated: string[]; booked: Booked[] }> {
  const { url } = house;
  const { starts, ...type } = await timesOf(house);
  const [seated, booked]: [string[], Booked[]] = [[], []];
  const queue = [...guests];
  const register = async ({ email, network }: (typeof guests)[number]) => {
    const attendees = [{ name: "A Guest", email }];
    const answer = await post(`${url}/api/v1/events/slow-run/register`, network, { attendees });
    if (answer.status === 202) seated.push(email);
    const startTime = starts[Math.floor(queue.length / 3) % starts.length];
    const wish = { ...type, startTime, inviteeName: "A Guest", inviteeEmail: `booked-${email}` };
    const made = await post(`${url}/api/v1/events/bookings/create`, network, wish);
    if (made.status === 201) booked.push({ id: ((await made.json()) as Booked).id, email: `booked-${email}` });
  };
  const stream = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) await register(next).catch(() => {});
  };
  const streams = Promise.all(Array.from({ length: 8 }, stream));
  while (seated.length < 40 || booked.length < 10) await sleep(1);
  await strike();
  await streams;
  expect(seated.length).toBeLessThan(guests.length);
  return { seated, booked };
}

const seated = `select people.email, count(*)::int as count from registrations join people on people.id = registrations.person_id
  where people.email like 'storm-%' and registrations.status = 'confirmed' group by 1`;
const written = `select to_address as email, count(*)::int as count from letters
  where to_address like 'storm-%' and kind = 'confirmation' group by 1`;

const booked = `select p.email, count(*)::int as count from bookings b join registrations r on r.gathering_id = b.id
  join people p on p.id = r.person_id where p.email like 'booked-%' and b.status = 'confirmed' group by 1`;
const told = `select to_address as email, count(*)::int as count from letters
  where to_address like 'booked-%' and kind = 'booking_booked' group by 1`;
const twice = `select a.id as email, 1 as count from bookings a join bookings b on a.id < b.id and a.host_ids && b.host_ids
  and a.status = 'confirmed' and b.status = 'confirmed' and a.start_time < b.end_time and b.start_time < a.end_time`;

/** All that was acknowledged is there once, with one letter, and no host has two bookings at a time. */
async function expectAll(after: RunningHouse, done: Awaited<ReturnType<typeof storm>>): Promise<void> {
  const emails = done.booked.map(({ email }) => email);
  await expectOneEach(after, done.seated, seated);
  await expectOneEach(after, emails, booked);
  await expectOneEach(after, done.seated, written);
  await expectOneEach(after, emails, told);
  expect(await ask(after, twice)).toEqual([]);
}

async function expectOneEach(after: RunningHouse, emails: readonly string[], sql: string): Promise<void> {
  let found = new Map<string, number>();
  // The database may still be on its way back, and a killed worker's jobs are given back within 30 seconds.
  for (let left = 480; left > 0 && !emails.every((email) => found.has(email)); left--) {
    const rows = await ask<{ email: string; count: number }>(after, sql).catch(() => []);
    found = new Map(rows.map(({ email, count }) => [email, count]));
    await sleep(500);
  }
  expect(emails.filter((email) => found.get(email) !== 1)).toEqual([]);
  expect([...found.values()].filter((count) => count !== 1)).toEqual([]);
}

describe("what was acknowledged in the middle of a storm", () => {
  it("is there after kill -9 of the whole process, with one letter each", async () => {
    const struck = await startHouse({ env });
    house = struck;

    const acknowledged = await storm(struck, async () => {
      await struck.end("SIGKILL");
    });
    house = await startHouse({ env, dataDir: struck.dataDir });

    await expectAll(house, acknowledged);
  });

  it("is there after kill -9 of the database, with one letter each", async () => {
    const struck = await startHouse({ env });
    house = struck;

    const acknowledged = await storm(struck, async () => {
      process.kill(pidOf(struck, "database"), "SIGKILL");
    });

    await expectAll(struck, acknowledged);
  });
});

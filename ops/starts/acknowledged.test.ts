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

const ask = async ({ dataDir }: RunningHouse, sql: string): Promise<{ email: string; count: number }[]> => {
  const url = await findRunning(dataDir);
  if (!url) throw new Error("no database runs");
  return withClient(url, async (client) => (await client.query(sql)).rows);
};

/** Lets people register, eight at a time, and strikes in the middle; returns who was told that it is done. */
async function storm({ url }: RunningHouse, strike: () => Promise<void>): Promise<string[]> {
  const acknowledged: string[] = [];
  const queue = [...guests];
  const register = async ({ email, network }: (typeof guests)[number]) => {
    const answer = await fetch(`${url}/api/v1/events/slow-run/register`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": network },
      body: JSON.stringify({ attendees: [{ name: "A Guest", email }] }),
      signal: AbortSignal.timeout(10_000),
    });
    if (answer.status === 202) acknowledged.push(email);
  };
  const stream = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) await register(next).catch(() => {});
  };
  const streams = Promise.all(Array.from({ length: 8 }, stream));
  while (acknowledged.length < 40) await sleep(1);
  await strike();
  await streams;
  expect(acknowledged.length).toBeLessThan(guests.length);
  return acknowledged;
}

const seated = `select people.email, count(*)::int as count from registrations join people on people.id = registrations.person_id
  where people.email like 'storm-%' and registrations.status = 'confirmed' group by 1`;
const written = `select to_address as email, count(*)::int as count from letters
  where to_address like 'storm-%' and kind = 'confirmation' group by 1`;

async function expectOneEach(after: RunningHouse, emails: readonly string[], sql: string): Promise<void> {
  let found = new Map<string, number>();
  // The database may still be on its way back, and a killed worker's jobs are given back within 30 seconds.
  for (let left = 120; left > 0 && !emails.every((email) => found.has(email)); left--) {
    const rows = await ask(after, sql).catch(() => []);
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

    await expectOneEach(house, acknowledged, seated);
    await expectOneEach(house, acknowledged, written);
  });

  it("is there after kill -9 of the database, with one letter each", async () => {
    const struck = await startHouse({ env });
    house = struck;

    const acknowledged = await storm(struck, async () => {
      process.kill(pidOf(struck, "database"), "SIGKILL");
    });

    await expectOneEach(struck, acknowledged, seated);
    await expectOneEach(struck, acknowledged, written);
  });
});

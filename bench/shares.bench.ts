import { randomUUIDv7 } from "node:crypto";
import type pg from "pg";

import { load } from "#bench/load.ts";
import { addressOf, ask, makeAccount } from "#bench/people.ts";
import { type Product, startProduct } from "#bench/product.ts";
import { type Figure, report } from "#bench/report.ts";

const minute = 60_000;
const day = 86_400_000;
const bookings = 1_000;
/** Fewer than bookings: again and again whoever is next by their share is busy at that time. */
const times = 700;
const rounds = 100;
const weights = [4, 3, 2, 1];

interface Host {
  userId: string;
  cookie: string;
}

/** Hosts of one organizer who are open around the clock. */
async function makeHosts(db: pg.Pool, url: string): Promise<Host[]> {
  const hosts: Host[] = [];
  for (const weight of weights) hosts.push(await makeAccount(db, `Host of ${weight}`));
  for (const { userId } of hosts)
    await db.query(
      `insert into schedules (id, user_id, name, time_zone, is_default, weekly, overrides, created_at, updated_at)
       values ($1, $2, 'Always', 'UTC', true, '[{"days":[0,1,2,3,4,5,6],"from":"00:00","to":"24:00"}]', '[]', now(), now())`,
      [randomUUIDv7(), userId],
    );
  const { organizerId } = await ask(url, hosts[0]?.cookie ?? "", "/events/event-types", { name: "Alone" });
  for (const { userId } of hosts.slice(1))
    await db.query(
      `insert into organizer_members (organizer_id, user_id, role, created_at, last_used_at)
       values ($1, $2, 'member', now(), now())`,
      [organizerId, userId],
    );
  return hosts;
}

async function makeType(url: string, { hosts }: { hosts: readonly Host[] }, name: string) {
  const team = hosts.map(({ userId }, n) => ({ userId, weight: weights[n] }));
  const rules = { team: "roundRobin", duration: 30, timeZone: "UTC", horizon: null };
  const { organizerSlug, eventTypeSlug } = await ask(url, hosts[0]?.cookie ?? "", "/events/event-types", {
    ...{ name, hosts: team },
    ...rules,
  });
  return { organizerSlug, eventTypeSlug };
}

const tomorrow = Math.ceil((Date.now() + day) / day) * day;
const bookingOf = (type: object, n: number, at: number) => ({
  method: "POST",
  path: "/api/v1/events/bookings/create",
  headers: { "x-forwarded-for": addressOf(n) },
  body: {
    ...type,
    startTime: new Date(tomorrow + at * 30 * minute).toISOString(),
    inviteeName: `Guest ${n}`,
    inviteeEmail: `guest-${n}@shares.example`,
  },
});

/** Many bookings of one team: how far each share is from its weight. */
async function share({ urls, db }: Product, hosts: readonly Host[], type: object): Promise<Figure[]> {
  const measured = await load({
    urls,
    concurrency: 8,
    most: bookings,
    seconds: 900,
    ask: (n) => bookingOf(type, n, (n * 331) % times),
  });
  const { rows } = await db.query<{ id: string; count: number }>(
    "select host as id, count(*)::int as count from bookings, unnest(host_ids) as host group by host",
  );
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const off = hosts.map(({ userId }, n) => {
    const given = rows.find(({ id }) => id === userId)?.count ?? 0;
    return Math.abs(given / bookings - (weights[n] ?? 0) / all) * 100;
  });
  return [
    { what: "booked", value: measured.statuses[201] ?? 0, unit: "", goal: { atLeast: bookings } },
    { what: "furthest from a weight", value: Math.max(...off), unit: "% of all", goal: { atMost: 2 } },
    { what: "bookings made", value: measured.perSecond, unit: "per second" },
    { what: "p95", value: measured.p95, unit: "ms" },
  ];
}

/** Two event types of the same two hosts, booked for one time at once through two processes: both must get somebody. */
async function meet({ urls }: Product, types: readonly object[]): Promise<Figure> {
  let refused = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { statuses } = await load({
      urls,
      concurrency: 2,
      most: 2,
      ask: (n) => bookingOf(types[n] ?? {}, 2_000 + 2 * round + n, 2_000 + round),
    });
    refused += 2 - (statuses[201] ?? 0);
  }
  return { what: `refused although a host was free, of ${2 * rounds}`, value: refused, unit: "", goal: { atMost: 0 } };
}

/** The control: looks for who is free and asks nobody else when somebody was faster. */
async function naive(db: pg.Pool): Promise<number> {
  await db.query("create table naive_times (host int, at int, primary key (host, at))");
  let refused = 0;
  const client = async (at: number) => {
    const { rows } = await db.query(
      "select min(host) as host from generate_series(1, 2) as host where not exists (select from naive_times t where t.host = host.host and at = $1)",
      [at],
    );
    const made = await db.query("insert into naive_times values ($1, $2) on conflict do nothing", [rows[0].host, at]);
    if (made.rowCount === 0) refused += 1;
  };
  for (let at = 0; at < rounds; at += 1) await Promise.all([client(at), client(at)]);
  return refused;
}

/** How fairly a round robin shares what is booked, and whether the next host is asked when two want the same one. */
export async function run(): Promise<void> {
  const product = await startProduct({ processes: 2 });
  const [url = ""] = product.urls;
  try {
    const hosts = await makeHosts(product.db, url);
    report(
      `Shares: ${bookings} bookings of four hosts with weights ${weights.join(", ")}`,
      await share(product, hosts, await makeType(url, { hosts }, "In turn")),
    );
    const pair = { hosts: hosts.slice(0, 2) };
    const types = [await makeType(url, pair, "One of two"), await makeType(url, pair, "Another of the same two")];
    report("Two last bookings at once", [
      await meet(product, types),
      { what: "control: asks only the first, refused", value: await naive(product.db), unit: "", goal: { atLeast: 1 } },
    ]);
  } finally {
    await product.stop();
  }
}

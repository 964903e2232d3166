import type pg from "pg";

import { load, median, quantile } from "#bench/load.ts";
import { ask, makeAccount } from "#bench/people.ts";
import { type Product, startProduct } from "#bench/product.ts";
import { type Figure, report } from "#bench/report.ts";

const dayMs = 86_400_000;
const rounds = 5;
const asked = 150;
const history = [100, 10_000] as const;

/** The free times of a month over HTTP: kept, right after a change, and with how much a host has behind them. */
export async function overHttp(): Promise<void> {
  const product = await startProduct({});
  try {
    const figures: Figure[] = [];
    for (const bookings of history) figures.push(...(await measure(product, bookings)));
    report(`Slots over HTTP: a month in steps of 15 minutes, middle of ${rounds} rounds, one at a time`, figures);
  } finally {
    await product.stop();
  }
}

async function measure(product: Product, bookings: number): Promise<Figure[]> {
  const [url = ""] = product.urls;
  const { cookie, userId } = await makeAccount(product.db, `Host of ${bookings}`);
  const type = await ask(url, cookie, "/events/event-types", { name: "Quarter", duration: 15, horizon: null });
  await fill(product.db, { userId, eventTypeId: String(type.id), organizerId: String(type.organizerId) }, bookings);
  const from = new Date(Date.now() + dayMs).toISOString().slice(0, 10);
  const to = new Date(Date.now() + 30 * dayMs).toISOString().slice(0, 10);
  const path = `/api/v1/events/slots/${type.organizerSlug}/${type.eventTypeSlug}?start_date=${from}&end_date=${to}&timezone=Europe/Berlin`;
  const kept = async () => (await load({ urls: [url], concurrency: 1, most: asked, ask: () => ({ path }) })).p95;
  const changed = async () => {
    const times: number[] = [];
    for (let n = 0; n < asked; n++) {
      await product.db.query("update hosts set version = version + 1 where user_id = $1", [userId]);
      const since = performance.now();
      await (await fetch(url + path)).arrayBuffer();
      times.push(performance.now() - since);
    }
    return quantile(
      times.sort((a, b) => a - b),
      0.95,
    );
  };
  await kept();
  await changed();
  const [whenKept, whenChanged] = [await inRounds(url, kept), await inRounds(url, changed)];
  const who = `host with ${bookings.toLocaleString("en")} bookings`;
  const goal = { atMost: 30 };
  return [
    { what: `${who}: kept, p95`, value: whenKept.p95, unit: "ms", goal },
    { what: "… processor time of the server", value: whenKept.cpuMs, unit: "ms" },
    { what: `${who}: right after a change, p95`, value: whenChanged.p95, unit: "ms", goal },
    { what: "… processor time of the server", value: whenChanged.cpuMs, unit: "ms" },
  ];
}

/** The middle of some rounds, and what each request cost the server's processor, which a busy machine bends less. */
async function inRounds(url: string, round: () => Promise<number>): Promise<{ p95: number; cpuMs: number }> {
  const [times, costs]: [number[], number[]] = [[], []];
  for (let n = 0; n < rounds; n++) {
    const before = await cpuOf(url);
    times.push(await round());
    costs.push((((await cpuOf(url)) - before) * 1000) / asked);
  }
  return { p95: median(times), cpuMs: median(costs) };
}

async function cpuOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total ([\d.e-]+)/m.exec(text)?.[1] ?? Number.NaN);
}

/** Half an hour each, eight a day, the last ones in a month from now, the others before, one after another. */
async function fill(
  db: pg.Pool,
  { userId, eventTypeId, organizerId }: { userId: string; eventTypeId: string; organizerId: string },
  bookings: number,
): Promise<void> {
  const last = new Date(Math.floor(Date.now() / dayMs) * dayMs + 30 * dayMs);
  await db.query(
    `with strewn as materialized (
       select gen_random_uuid() as id, at as start_time, at + interval '30 minutes' as end_time
       from generate_series(0, $5::integer - 1) n,
         lateral (select $4::timestamptz - n / 8 * interval '1 day' + interval '8 hours' + n % 8 * interval '1 hour' as at) t
     ), met as (
       insert into gatherings (id, kind, source_id, organizer_id, title, status, format, visibility, start_time, end_time,
         wall_start, wall_end, time_zone, settings, created_at, updated_at)
       select id, 'booking', $2, $3, 'Quarter', 'scheduled', 'virtual', 'private', start_time, end_time, '', '', 'UTC', '{}',
         now(), now() from strewn returning id
     ), pooled as (
       insert into pools (id, key, capacity, taken) select id, 'gathering/' || id, 1, 1 from met returning id
     ), booked as (
       insert into bookings (id, gathering_id, event_type_id, organizer_id, status, start_time, end_time, seats, host_ids,
         location_type, created_at, updated_at)
       select id, id, $2, $3, 'confirmed', start_time, end_time, 1, array[$1::uuid], 'video_call', now(), now()
       from strewn returning id
     )
     insert into busy_ranges (id, user_id, gathering_id, during, firm)
     select id, $1, id, tstzrange(start_time, end_time), true from strewn`,
    [userId, eventTypeId, organizerId, last, bookings],
  );
  await db.query("analyze");
}

import { randomUUIDv7 } from "node:crypto";

import { load } from "#bench/load.ts";
import { addressOf, makeAccount, publishEvent } from "#bench/people.ts";
import { startProduct } from "#bench/product.ts";
import { report } from "#bench/report.ts";

const people = 500;
const seats = 100;

/**
 * 500 people reach for 100 seats through three web processes; the event, its side and its ticket type are all limited.
 * The control counts first and writes then, as one would without the house's rule, and must oversell.
 */
export async function run(): Promise<void> {
  const product = await startProduct({ processes: 3 });
  const { urls, db } = product;
  const [url = ""] = urls;
  try {
    const { cookie } = await makeAccount(db, "Storm");
    const event = await publishEvent(url, cookie, { capacity: seats, virtualCapacity: seats, hasWaitlist: false });
    const measured = await load({
      urls,
      concurrency: 100,
      most: people,
      ask: (n) => ({
        method: "POST",
        path: `/api/v1/events/${event.id}/register`,
        headers: { "x-forwarded-for": addressOf(n) },
        body: { attendees: [{ name: `Guest ${n}`, email: `guest-${n}@storm.example` }] },
      }),
    });
    const { rows } = await db.query(
      `select count(*)::int as confirmed, (select count(*)::int from pools where held + taken > capacity) as overfilled
       from registrations where status = 'confirmed'`,
    );
    report("A storm of 500 on 100 seats, three processes", [
      { what: "confirmed", value: rows[0].confirmed, unit: "seats", goal: { atLeast: seats } },
      { what: "confirmed beyond the seats", value: rows[0].confirmed - seats, unit: "seats", goal: { atMost: 0 } },
      { what: "pools overfilled", value: rows[0].overfilled, unit: "", goal: { atMost: 0 } },
      { what: "answered 202", value: measured.statuses[202] ?? 0, unit: "" },
      { what: "refused 409", value: measured.statuses[409] ?? 0, unit: "" },
      {
        what: "answered otherwise",
        value: people - (measured.statuses[202] ?? 0) - (measured.statuses[409] ?? 0),
        unit: "",
        goal: { atMost: 0 },
      },
      { what: "registrations asked for", value: measured.perSecond, unit: "per second" },
      {
        what: "control: naive count, confirmed beyond the seats",
        value: await naive(product.db),
        unit: "seats",
        goal: { atLeast: 1 },
      },
    ]);
  } finally {
    await product.stop();
  }
}

/** Counts, decides, writes: each step right, the whole wrong. Returns how many sit on no seat. */
async function naive(db: Awaited<ReturnType<typeof startProduct>>["db"]): Promise<number> {
  await db.query("create table naive_seats (id uuid primary key)");
  let next = 0;
  const client = async () => {
    while (next < people) {
      next += 1;
      const { rows } = await db.query("select count(*)::int as taken from naive_seats");
      if (rows[0].taken < seats) await db.query("insert into naive_seats (id) values ($1)", [randomUUIDv7()]);
    }
  };
  await Promise.all(Array.from({ length: 40 }, client));
  const { rows } = await db.query("select count(*)::int as taken from naive_seats");
  return rows[0].taken - seats;
}

import { randomBytes, randomUUIDv7 } from "node:crypto";
import pg from "pg";

import { load, median } from "#bench/load.ts";
import { makeAccount, publishEvent } from "#bench/people.ts";
import { type Product, startProduct } from "#bench/product.ts";
import { report } from "#bench/report.ts";

const concurrency = 64;
const rounds = 5;
const seconds = 3;
const places = 500_000;

/**
 * Registrations on one hot event, through every rule, held against the very same rows written by a plain client that
 * asks nothing, one transaction for each registration. Both in turn, several times over, against one database.
 */
export async function run(): Promise<void> {
  const product = await startProduct({});
  const bare = new pg.Pool({ connectionString: product.databaseUrl, max: concurrency });
  try {
    const { cookie } = await makeAccount(product.db, "Hot");
    const [url = ""] = product.urls;
    const event = await publishEvent(url, cookie, { capacity: places, virtualCapacity: places, hasWaitlist: true });
    const ours: number[] = [];
    const plain: number[] = [];
    await register(url, event.id);
    const write = await writerOf(product, bare, event.id);
    await writeAll(write);
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await register(url, event.id));
      plain.push(await writeAll(write));
    }
    await proveRows(product);
    report("Registrations on one hot event, one web process, 64 at a time", [
      { what: "registered, with every rule", value: median(ours), unit: "per second" },
      { what: "the same rows, a transaction each, no rule", value: median(plain), unit: "per second" },
      {
        what: "ours ÷ plain",
        value: median(ours.map((value, n) => value / (plain[n] ?? 1))),
        unit: "",
        goal: { atLeast: 1 },
      },
    ]);
  } finally {
    await bare.end();
    await product.stop();
  }
}

let people = 0;

async function register(url: string, eventId: string): Promise<number> {
  const measured = await load({
    urls: [url],
    concurrency,
    seconds,
    ask: () => {
      people += 1;
      return {
        method: "POST",
        path: `/api/v1/events/${eventId}/register`,
        headers: { "x-forwarded-for": `10.${(people >> 16) & 255}.${(people >> 8) & 255}.${people & 255}` },
        body: { attendees: [{ name: `Guest ${people}`, email: `guest-${people}@hot.example` }] },
      };
    },
  });
  const odd = Object.keys(measured.statuses).filter((status) => status !== "202");
  if (odd.length > 0) throw new Error(`Answered ${odd.join(", ")}`);
  return measured.perSecond;
}

async function writeAll(write: () => Promise<void>): Promise<number> {
  const began = performance.now();
  let written = 0;
  const client = async () => {
    while (performance.now() - began < seconds * 1000) {
      await write();
      written += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, client));
  return (written / (performance.now() - began)) * 1000;
}

/** A client that writes what one registration leaves behind, each table's rows by a prepared statement. */
async function writerOf({ db }: Product, bare: pg.Pool, eventId: string): Promise<() => Promise<void>> {
  const { rows } = await db.query(
    `select g.id as gathering, t.id as type from gatherings g join ticket_types t on t.source_id = g.source_id
     where g.source_id = $1`,
    [eventId],
  );
  const { gathering, type } = rows[0];
  const { rows: pools } = await db.query("select id from pools where key = any($1::text[])", [
    [`gathering/${gathering}`, `side/virtual/${gathering}`, `type/${type}/${gathering}`],
  ]);
  const hot = { gathering, type, pools: pools.map(({ id }) => id) };
  return async () => {
    const client = await bare.connect();
    try {
      await client.query("begin");
      for (const [name, text, values] of rowsOf(hot)) await client.query({ name, text, values });
      await client.query("commit");
    } finally {
      client.release();
    }
  };
}

type Statement = [name: string, text: string, values: unknown[]];

function rowsOf({ gathering, type, pools }: { gathering: string; type: string; pools: string[] }): Statement[] {
  people += 1;
  const [person, ticket, registration] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
  const name = `Guest ${people}`;
  const now = new Date();
  return [
    [
      "people",
      "insert into people (id, email, name, created_at) values ($1, $2, $3, $4)",
      [person, `guest-${people}@plain.example`, name, now],
    ],
    [
      "tickets",
      "insert into tickets (id, ticket_type_id, holder_id, created_at) values ($1, $2, $3, $4)",
      [ticket, type, person, now],
    ],
    [
      "registrations",
      `insert into registrations (id, gathering_id, ticket_type_id, ticket_id, person_id, registered_by, name, display_name,
         side, status, locale, time_zone, created_at, updated_at, confirmed_at)
       values ($1, $2, $3, $4, $5, $5, $6, $6, 'virtual', 'confirmed', 'en', 'Europe/Berlin', $7, $7, $7)`,
      [registration, gathering, type, ticket, person, name, now],
    ],
    [
      "claims",
      "insert into claims (pool_id, subject_id, state, amount) select unnest($2::uuid[]), $1, 'taken', 1",
      [registration, pools],
    ],
    ...consequencesOf({ registrationId: registration, gatheringId: gathering }, now),
  ];
}

function consequencesOf(about: { registrationId: string; gatheringId: string }, now: Date): Statement[] {
  const [fact, entry] = [randomUUIDv7(), randomUUIDv7()];
  const made = JSON.stringify({ status: "confirmed", side: "virtual", gatheringId: about.gatheringId });
  return [
    [
      "facts",
      "insert into facts (id, name, payload, at) values ($1, 'registration.confirmed', $2, $3)",
      [fact, JSON.stringify(about), now],
    ],
    ["job", "select graphile_worker.add_job('fact', json_build_object('id', $1::uuid))", [fact]],
    [
      "entries",
      `insert into audit_entries (id, at, actor_kind, action, subject_kind, subject_id, new, request_id, personal_digest)
       values ($1, $2, 'anonymous', 'registration.made', 'registration', $3, $4, $5, $6)`,
      [entry, now, about.registrationId, made, randomUUIDv7(), randomBytes(32)],
    ],
    [
      "personal",
      "insert into audit_personal (entry_id, salt, address, agent) values ($1, $2, '10.0.0.1', '')",
      [entry, randomBytes(16)],
    ],
    ["open", "insert into audit_open (entry_id) values ($1)", [entry]],
  ];
}

/** Both sides must have left the same number of rows of every kind. */
async function proveRows({ db }: Product): Promise<void> {
  // Without knowing how much there is by now, the database would look for each row in all others.
  await db.query("analyze");
  const count = async (of: string) =>
    Number(
      (
        await db.query(
          `select count(*) as n from registrations r join people p on p.id = r.person_id and p.email like $1
           join tickets t on t.id = r.ticket_id join facts f on f.payload->>'registrationId' = r.id::text
           join audit_entries a on a.subject_id = r.id join audit_personal o on o.entry_id = a.id
           where (select count(*) from claims c where c.subject_id = r.id) = 3`,
          [of],
        )
      ).rows[0].n,
    );
  const all = Number((await db.query("select count(*) as n from registrations")).rows[0].n);
  if ((await count("%@hot.example")) + (await count("%@plain.example")) !== all) throw new Error("Rows are missing.");
}

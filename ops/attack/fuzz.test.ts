import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";

import { readDocument } from "#ops/attack/document.ts";
import { judgeBy, type Reply } from "#ops/attack/judge.ts";
import { type Shot, shotsAt } from "#ops/attack/shots.ts";
import { openWire } from "#ops/attack/wire.ts";
import { aCast, aWorld } from "#ops/attack/world.ts";
import { startTestApp, type TestApp } from "#server/platform/testing.ts";

/** `npm run fuzz` sends many more, with another seed each time. */
const wanted = Number(process.env.FUZZ_REQUESTS ?? 1000);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_121);
/** Deeds wear a world out: accounts are left, events cancelled. */
const perWorld = 250;

/** Kept of a refusal too: that somebody tried, and is asked to come back, or was written to. */
const mayNote = new Set(["auth.wrong", "auth.unverified", "auth.link_invalid", "rate.limited"]);
/** Neither says anything of anybody: a pool that holds nobody, and an address that was named to no avail. */
const notCounted = ["sessions", "idempotency_keys", "tries", "rate_counts", "worker_heartbeats", "pools", "people"];

let t: TestApp;
let wire: ReturnType<typeof openWire>;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
  await t.app.listen({ port: 0, host: "127.0.0.1" });
  wire = openWire((t.app.server.address() as AddressInfo).port);
  await countChanges();
});
afterAll(async () => {
  wire.close();
  await t.close();
});

/** From here on every row that is written is counted, and uncounted by a rollback. */
async function countChanges(): Promise<void> {
  const tables = await t.db.introspection.getTables();
  await t.query("create table fuzz_changes (n int not null, last text); insert into fuzz_changes values (0)");
  await t.query(`create function fuzz_count() returns trigger language plpgsql as
    $$ begin update fuzz_changes set n = n + 1, last = tg_table_name; return null; end $$`);
  for (const { name, schema, isView } of tables) {
    if (isView || schema !== "public" || notCounted.includes(name)) continue;
    await t.query(`create trigger fuzz_count after insert or update or delete on ${name}
      for each row execute function fuzz_count()`);
  }
}

async function changes(): Promise<{ n: number; last: string }> {
  const { rows } = await sql<{ n: number; last: string }>`select n, last from fuzz_changes`.execute(t.db);
  return rows[0] ?? { n: 0, last: "" };
}

it(`answers ${wanted} requests as its document says, without a mistake of ours`, async () => {
  const complaints = new Map<string, string>();
  const statuses = new Map<number, number>();
  const document = readDocument();
  const judge = judgeBy(document);
  for (let sent = 0; sent < wanted; sent += perWorld) {
    const world = await aWorld(t, await aCast(t));
    const shots = fc.sample(shotsAt(document, world), {
      numRuns: Math.min(perWorld, wanted - sent),
      seed: seed + sent,
    });
    for (const shot of shots) {
      const before = await changes();
      const reply = await wire.send(shot);
      const wrong = judge(shot, reply) ?? harm(reply, before, await changes());
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
      if (wrong)
        complaints.set(`${shot.operation.method} ${shot.operation.path} ${wrong.slice(0, 60)}`, told(shot, wrong));
    }
    // Limits are by the minute, and would hide everything behind them.
    t.travel(61_000);
  }
  if (wanted > 2000)
    console.log(
      `seed ${seed}: ${[...statuses]
        .sort()
        .map((pair) => pair.join("×"))
        .join(", ")}`,
    );

  expect([...complaints.values()].slice(0, 25).join("\n\n")).toBe("");
}, 3_600_000);

type Changes = Awaited<ReturnType<typeof changes>>;

function harm({ status, text }: Reply, before: Changes, after: Changes): string | undefined {
  if (status < 400 || before.n === after.n) return undefined;
  const { code } = text ? JSON.parse(text) : { code: "" };
  return mayNote.has(code) ? undefined : `refuses with ${status} ${code}, but has changed ${after.last}`;
}

function told({ caller, method, path, headers, body }: Shot, wrong: string): string {
  const { cookie: _, ...shown } = headers;
  const sent = body ? `\n  ${body.toString("utf8").slice(0, 300)}` : "";
  return `${wrong}\n  ${caller}: ${method} ${path.slice(0, 200)} ${JSON.stringify(shown).slice(0, 200)}${sent}`;
}

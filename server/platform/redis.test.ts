import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { startRedis } from "#ops/redis.fixture.ts";
import { openRedis, type Redis } from "#server/gateways/redis.ts";
import { withClient } from "#server/platform/postgres.ts";
import { derivedSecrets } from "#server/platform/secrets.ts";
import { aGuestAt, anEvent, type GuestAt, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { startLive } from "#server/platform/testing-live.ts";

let redis: Awaited<ReturnType<typeof startRedis>>;
let here: TestApp;
let there: TestApp;
let sides: Awaited<ReturnType<typeof startLive>>[];
const connections: Redis[] = [];

/** A process of an installation with Redis; those with other secrets do not hear each other there. */
async function startProcess(over: { databaseUrl?: string } = {}, secret?: string): Promise<TestApp> {
  const t = await startTestApp(over);
  const secrets = secret ? derivedSecrets(secret) : t.settings.secrets;
  const connection = await openRedis({ redisUrl: redis.url, secrets }, t.ctx.log);
  if (connection) connections.push(connection);
  t.ctx.gateways.redis = connection;
  await untilReady(t);
  return t;
}

const isReady = (t: TestApp) => t.ctx.gateways.redis?.isReady();
const untilReady = (t: TestApp) => vi.waitFor(() => expect(isReady(t)).toBe(true), 30_000);

async function comeBack(): Promise<void> {
  redis = await startRedis(redis.port);
  await Promise.all([here, there].map(untilReady));
}

beforeAll(async () => {
  redis = await startRedis();
  here = await startProcess();
  there = await startProcess({ databaseUrl: here.databaseUrl });
  sides = [await startLive(here), await startLive(there)];
});
afterAll(async () => {
  for (const side of sides) await side.close();
  for (const connection of connections) connection.close();
  await there.close();
  await here.close();
  await redis.end();
});

describe("channels of an installation with Redis", () => {
  let gatheringId: string;
  let grace: GuestAt;
  beforeEach(async () => {
    ({ gatheringId } = await anEvent(here, { format: "virtual" }));
    grace = await aGuestAt(here, gatheringId, { name: "Grace" });
  });

  const say = async (t: TestApp, text: string) => {
    const said = await t.post(`/gatherings/${gatheringId}/messages`, { text }, undefined, grace.headers);
    expect(said.statusCode).toBe(201);
  };
  /** What is heard in the chat at each process, in the order of hearing. */
  const hear = async () => {
    const chat = `gathering/${gatheringId}/chat`;
    const ears = await Promise.all(sides.map((side) => side.join(chat, grace.headers)));
    return () => ears.map(({ heard }) => heard.map(({ body }) => (body as { text: string }).text));
  };
  const words = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => `word ${from + n}`);

  it("wake every process by it, and the database wakes nobody", async () => {
    const heard = await hear();
    const [woken, wokenByDatabase]: string[][] = [[], []];
    there.ctx.gateways.redis?.onWake((name) => woken?.push(name));
    await withClient(here.databaseUrl, async (client) => {
      client.on("notification", ({ payload = "" }) => wokenByDatabase?.push(payload));
      await client.query("listen plenary_operations");
      for (const [n, word] of words(1, 12).entries()) await say(n % 2 ? here : there, word);
      await expect.poll(heard).toEqual([words(1, 12), words(1, 12)]);
    });

    expect(new Set(woken)).toEqual(new Set([`gathering/${gatheringId}/chat`]));
    expect(wokenByDatabase).toEqual([]);
  });

  it("lose nothing when Redis falls and when it comes back", async () => {
    const heard = await hear();

    for (const word of words(1, 3)) await say(here, word);
    await redis.end();
    for (const word of words(4, 6)) await say(there, word);
    await expect.poll(heard).toEqual([words(1, 6), words(1, 6)]);
    await comeBack();
    for (const word of words(7, 9)) await say(here, word);

    await expect.poll(heard).toEqual([words(1, 9), words(1, 9)]);
  });

  it("are looked at, since a process may end between what it said and its waking", async () => {
    const unheard = await startProcess({ databaseUrl: here.databaseUrl }, "whom nobody hears: 0123456789 abcdef");
    const heard = await hear();

    await say(unheard, "word 1");

    await expect.poll(heard).toEqual([["word 1"], ["word 1"]]);
    await unheard.close();
  });
});

describe("limits of an installation with Redis", () => {
  let caller = "";
  let callers = 0;
  beforeEach(() => {
    callers += 1;
    caller = `203.0.113.${callers}`;
  });

  const ask = async (t: TestApp, times: number) => {
    const url = "/api/v1/auth/password/forgot";
    const statuses = [];
    for (let n = 0; n < times; n++) {
      const payload = { email: `${randomUUID()}@example.org` };
      statuses.push((await t.request({ method: "POST", url, remoteAddress: caller, payload })).statusCode);
    }
    return statuses;
  };
  const most = Array.from({ length: 20 }, () => 202);
  const rows = () => here.db.selectFrom("rate_counts").select("tries").where("key", "like", `%${caller}`).execute();

  it("are counted there, for all processes together", async () => {
    const statuses = [...(await ask(here, 10)), ...(await ask(there, 10))];

    expect(statuses).toEqual(most);
    expect(await ask(there, 1)).toEqual([429]);
    expect(await ask(here, 1)).toEqual([429]);
    expect(await rows()).toEqual([]);
  });

  it("stand while it answers nothing, or is gone", async () => {
    redis.freeze();
    const frozen = [...(await ask(here, 10)), ...(await ask(there, 10))];
    const over = await ask(here, 1);
    await redis.end();

    expect(frozen).toEqual(most);
    expect(over).toEqual([429]);
    expect(await ask(there, 1)).toEqual([429]);
    expect(await rows()).toEqual([{ tries: 22 }]);
    await comeBack();
  });
});

describe("an installation with Redis", () => {
  afterEach(comeBack);

  it("is ready without it, and says so", async () => {
    const ready = () => here.app.inject({ url: "/ready" });
    expect((await ready()).json().redis).toEqual({ state: "ready" });

    await redis.end();
    await expect.poll(async () => (await ready()).json().redis.state).toBe("off");

    expect((await ready()).json().redis.reason).toBe("Redis does not answer; the database does its work meanwhile.");
    expect((await ready()).json().database.state).toBe("ready");
  });
});

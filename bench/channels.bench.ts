import { randomUUIDv7 } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { median } from "#bench/load.ts";
import { report } from "#bench/report.ts";
import { chat } from "#contract/engagement.ts";
import { startRedis } from "#ops/redis.fixture.ts";
import { say } from "#server/platform/channels.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { createLog } from "#server/platform/log.ts";
import { migrate } from "#server/platform/migrate.ts";
import { startPostgres } from "#server/platform/postgres.ts";
import { readSettings } from "#server/platform/settings.ts";
import { listenForWakings } from "#server/platform/waking.ts";
import { openHouse } from "#server/roles/house.ts";

const rounds = 5;
const speakers = 32;
const connections = 16;
const said = 4_000;

/**
 * 32 people speak at once, each in a room of their own, a transaction for each word, on a disk that is waited for; two
 * processes listen. Once the database wakes them, once Redis does, in turns.
 */
export async function run(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "plenary-bench-"));
  const postgres = await startPostgres({ dataDir, flags: [] });
  const redis = await startRedis();
  await migrate(postgres.url);
  const log = createLog("error");
  const open = (env: NodeJS.ProcessEnv) => {
    const settings = readSettings({ PLENARY_DATA: dataDir, ...env }, []);
    const media = { status: () => ({ state: "off" }) as const, connection: () => undefined };
    return openHouse({ settings, databaseUrl: postgres.url, media, log }, connections);
  };
  const houses = [await open({}), await open({ REDIS_URL: redis.url })];
  while (!houses[1]?.ctx.gateways.redis?.isReady()) await sleep(10);
  let woken = 0;
  const listen = ({ ctx }: (typeof houses)[number]) =>
    listenForWakings({
      databaseUrl: postgres.url,
      redis: ctx.gateways.redis,
      log,
      wake: () => void woken++,
      lookAtAll: async () => {},
      askAgain: () => {},
    });
  const stops = await Promise.all(houses.map(listen));
  const perSecond: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++)
    for (const [n, { ctx }] of houses.entries()) {
      const speed = await speak(ctx);
      // The first round warms up.
      if (round > 0) perSecond[n]?.push(speed);
    }
  for (const stop of stops) await stop();
  for (const { close } of houses) await close();
  await redis.end();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });

  const [byDatabase, byRedis] = perSecond.map(median) as [number, number];
  report(`${speakers} rooms in which somebody speaks, ${said} words a round`, [
    { what: "words said, woken by the database", value: byDatabase, unit: "per second" },
    { what: "words said, woken by Redis", value: byRedis, unit: "per second" },
    { what: "by Redis ÷ by the database", value: byRedis / byDatabase, unit: "", goal: { atLeast: 1 } },
    { what: "wakings heard", value: woken, unit: "" },
  ]);
}

/** How many words a second are said, until the last one is. */
async function speak(ctx: Ctx): Promise<number> {
  const since = performance.now();
  let left = said;
  const speaker = async () => {
    const gatheringId = randomUUIDv7();
    while (left-- > 0) {
      const body = { id: randomUUIDv7(), text: "What somebody says", editedAt: ctx.now().toISOString() };
      await inTx(ctx, (tctx) => say(tctx, chat, { gatheringId }, "edited", body));
    }
  };
  await Promise.all(Array.from({ length: speakers }, speaker));
  return said / ((performance.now() - since) / 1000);
}

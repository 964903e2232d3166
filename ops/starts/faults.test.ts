import { spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";

import { pidOf, type RunningHouse, startHouse } from "#ops/run-house.ts";
import { findRunning, withClient } from "#server/platform/postgres.ts";
import { commandOf } from "#server/platform/processes.ts";

let houses: RunningHouse[] = [];

const start = async (...how: Parameters<typeof startHouse>) => {
  const house = await startHouse(...how);
  houses.push(house);
  return house;
};

afterEach(async () => {
  // The last one first: earlier ones are dead, and would take the folder from under it.
  for (const house of houses.toReversed()) await house.stop();
  houses = [];
});

const ask = async ({ dataDir }: RunningHouse, sql: string) => {
  const url = await findRunning(dataDir);
  if (!url) throw new Error("no database runs");
  return withClient(url, async (client) => (await client.query(sql)).rows);
};

async function eventually(isSo: () => Promise<boolean>): Promise<number> {
  const since = performance.now();
  while (performance.now() - since < 30_000) {
    if (await isSo().catch(() => false)) return performance.now() - since;
    await sleep(20);
  }
  throw new Error("It did not come to pass in 30 s.");
}

const pageOpens = async ({ url }: RunningHouse) => (await fetch(url)).status === 200;

describe("a running house", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends every child it started on %s and loses nothing",
    async (signal) => {
      const house = await start();
      await house.untilRoomsAreReady();
      const children = [pidOf(house, "database"), pidOf(house, "engine")];
      await ask(house, "create table kept as select 'word' as word");

      const code = await house.end(signal);

      expect(code).toBe(0);
      expect(children.map(commandOf)).toEqual([undefined, undefined]);
      const again = await start({ dataDir: house.dataDir });
      expect(await ask(again, "select word from kept")).toEqual([{ word: "word" }]);
    },
  );

  it("ends its media engine even when somebody has cleared its folder", async () => {
    const house = await start();
    await house.untilRoomsAreReady();
    const engine = pidOf(house, "engine");
    rmSync(join(house.dataDir, "engine"), { recursive: true });

    await house.end("SIGTERM");

    expect(commandOf(engine)).toBeUndefined();
  });

  it("answers what it has begun when it is told to end", async () => {
    const house = await start();
    // Each of these costs it a tenth of a second of hashing, two at a time.
    const tries = Array.from({ length: 12 }, (_, n) =>
      fetch(`${house.url}/api/v1/auth/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: `nobody-${n}@example.org`, password: "not the password" }),
      }),
    );
    await sleep(100);

    const code = await house.end("SIGTERM");

    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(tries.map(() => 401));
    expect(code).toBe(0);
  });

  it("comes back after kill -9, takes over from the children it left, and has all that was acknowledged", async () => {
    const house = await start();
    await house.untilRoomsAreReady();
    const children = [pidOf(house, "database"), pidOf(house, "engine")];
    await ask(house, "create table kept as select 'word' as word");

    await house.end("SIGKILL");
    expect(children.map((pid) => commandOf(pid) !== undefined)).toEqual([true, true]);
    const again = await start({ dataDir: house.dataDir });
    await again.untilRoomsAreReady();

    expect(children.map(commandOf)).toEqual([undefined, undefined]);
    expect(await ask(again, "select word from kept")).toEqual([{ word: "word" }]);
  });

  it("goes on when its database is killed, and answers again within seconds", async () => {
    const house = await start();
    const killed = pidOf(house, "database");
    await ask(house, "create table kept as select 'word' as word");

    process.kill(killed, "SIGKILL");

    const downMs = await eventually(
      async () => pidOf(house, "database") !== killed && (await house.ready()).status === "ready",
    );
    expect(downMs).toBeLessThan(5_000);
    expect(await pageOpens(house)).toBe(true);
    expect(await ask(house, "select word from kept")).toEqual([{ word: "word" }]);
  });

  it("raises its media engine again when that is killed", async () => {
    const house = await start();
    await house.untilRoomsAreReady();
    const killed = pidOf(house, "engine");

    process.kill(killed, "SIGKILL");

    const downMs = await eventually(
      async () => pidOf(house, "engine") !== killed && (await house.ready()).media.state === "ready",
    );
    expect(downMs).toBeLessThan(5_000);
  });

  it("does not start twice in the same folder, and the first one never notices", async () => {
    const house = await start();

    await expect(startHouse({ dataDir: house.dataDir })).rejects.toThrow(/already runs in this folder/);

    expect((await house.ready()).status).toBe("ready");
  });

  it("mistakes no stranger for a child it left behind", async () => {
    const house = await start();
    await house.end("SIGKILL");
    const stranger = spawn("sleep", ["60"]);
    process.kill(pidOf(house, "database"), "SIGINT");
    const file = join(house.dataDir, "postgres/postmaster.pid");
    await eventually(async () => !existsSync(file));
    writeFileSync(file, `${stranger.pid}\n${join(house.dataDir, "postgres")}\n0\n5432\n\n127.0.0.1\n`);

    const again = await start({ dataDir: house.dataDir });

    expect((await again.ready()).database.state).toBe("ready");
    expect(commandOf(stranger.pid ?? 0)).toContain("sleep");
    stranger.kill();
  });
});

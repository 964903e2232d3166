import { spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { pidOf, type RunningHouse, startHouse } from "#ops/run-house.ts";
import { temporaryFolder } from "#ops/throwaway.ts";
import { findRunning, withClient } from "#server/platform/postgres.ts";
import { commandOf } from "#server/platform/processes.ts";

// One folder for all of them: what one leaves behind is what the next finds.
const dataDir = temporaryFolder("faults");
let houses: RunningHouse[] = [];

const start = async () => {
  const house = await startHouse({ dataDir });
  houses.push(house);
  return house;
};

/** Whoever goes before all is closed leaves children behind, and says so by a code. */
const endAll = async () => {
  for (const house of houses) expect(await house.end("SIGTERM"), house.output()).toBeFalsy();
  houses = [];
};

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const ask = async ({ dataDir }: RunningHouse, sql: string) => {
  const url = await findRunning(dataDir);
  if (!url) throw new Error("no database runs");
  return withClient(url, async (client) => (await client.query(sql)).rows);
};

const keep = async (house: RunningHouse, word: string) => {
  await ask(house, "create table if not exists kept (word text)");
  await ask(house, `insert into kept values ('${word}')`);
};
const kept = async (house: RunningHouse) => (await ask(house, "select word from kept")).map(({ word }) => word);

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
  afterEach(endAll);

  it("ends every child it started, whatever it is told to end by, and loses nothing", async () => {
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const signal of signals) {
      const house = await start();
      await house.untilRoomsAreReady();
      const children = [pidOf(house, "database"), pidOf(house, "engine")];
      await keep(house, signal);

      expect(await house.end(signal), signal).toBe(0);

      expect(children.map(commandOf), signal).toEqual([undefined, undefined]);
    }
    expect(await kept(await start())).toEqual(signals);
  });

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
    // By the first answer it has read them all.
    await Promise.race(tries);

    const code = await house.end("SIGTERM");

    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual(tries.map(() => 401));
    expect(code).toBe(0);
  });

  it("comes back after kill -9, takes over from the children it left, and has all that was acknowledged", async () => {
    const house = await start();
    await house.untilRoomsAreReady();
    const children = [pidOf(house, "database"), pidOf(house, "engine")];
    await keep(house, "SIGKILL");

    await house.end("SIGKILL");
    expect(children.map((pid) => commandOf(pid) !== undefined)).toEqual([true, true]);
    const again = await start();
    await again.untilRoomsAreReady();

    expect(children.map(commandOf)).toEqual([undefined, undefined]);
    expect(await kept(again)).toContain("SIGKILL");
  });

  it("mistakes no stranger for a child it left behind", async () => {
    const house = await start();
    await house.end("SIGKILL");
    const stranger = spawn("sleep", ["3600"]);
    onTestFinished(() => void stranger.kill());
    process.kill(pidOf(house, "database"), "SIGINT");
    const file = join(house.dataDir, "postgres/postmaster.pid");
    await eventually(async () => !existsSync(file));
    writeFileSync(file, `${stranger.pid}\n${join(house.dataDir, "postgres")}\n0\n5432\n\n127.0.0.1\n`);

    const again = await start();

    expect((await again.ready()).database.state).toBe("ready");
    expect(commandOf(stranger.pid ?? 0)).toContain("sleep");
  });
});

describe("a house that goes on running", () => {
  let house: RunningHouse;
  /** Seconds, and never longer than a start takes on this machine. */
  let boundMs: number;
  beforeAll(async () => {
    const since = performance.now();
    house = await start();
    boundMs = Math.max(5_000, performance.now() - since);
  });
  afterAll(endAll);

  it("does not start twice in the same folder, and the first one never notices", async () => {
    await expect(startHouse({ dataDir })).rejects.toThrow(/already runs in this folder/);

    expect((await house.ready()).status).toBe("ready");
  });

  it("outlives its database, and answers again within seconds", async () => {
    const killed = pidOf(house, "database");
    await keep(house, "a word");

    process.kill(killed, "SIGKILL");

    const downMs = await eventually(
      async () => pidOf(house, "database") !== killed && (await house.ready()).status === "ready",
    );
    expect(downMs).toBeLessThan(boundMs);
    expect(await pageOpens(house)).toBe(true);
    expect(await kept(house)).toContain("a word");
  });

  it("raises its media engine again when that is killed", async () => {
    await house.untilRoomsAreReady();
    const killed = pidOf(house, "engine");

    process.kill(killed, "SIGKILL");

    const downMs = await eventually(
      async () => pidOf(house, "engine") !== killed && (await house.ready()).media.state === "ready",
    );
    expect(downMs).toBeLessThan(boundMs);
  });
});

import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { temporaryFolder } from "#ops/throwaway.ts";
import { type Postgres, startPostgres, withClient } from "#server/platform/postgres.ts";

let dataDir: string;
let running: Postgres[];

beforeEach(() => {
  dataDir = temporaryFolder("postgres");
  running = [];
});

afterEach(async () => {
  for (const postgres of running) await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = async () => {
  const postgres = await startPostgres({ dataDir });
  running.push(postgres);
  return postgres;
};

const ask = (url: string, sql: string) => withClient(url, async (client) => (await client.query(sql)).rows);

describe("startPostgres", () => {
  it("keeps what was written over a stop and a start", async () => {
    const first = await start();
    await ask(first.url, "create table notes as select 'kept' as word");
    await first.stop();

    const second = await start();

    expect(first.isNew).toBe(true);
    expect(second.isNew).toBe(false);
    expect(await ask(second.url, "select word from notes")).toEqual([{ word: "kept" }]);
  });

  it("rises again at the same address after it was killed, with all that was acknowledged", async () => {
    const postgres = await start();
    let crashes = 0;
    postgres.onCrash(() => crashes++);
    await ask(postgres.url, "create table notes as select 'kept' as word");

    process.kill(postgres.pid(), "SIGKILL");

    await expect.poll(() => ask(postgres.url, "select word from notes").catch(String)).toEqual([{ word: "kept" }]);
    expect(crashes).toBe(1);
  });

  it("refuses a second program in the same folder, and leaves the first one its database", async () => {
    const first = await start();

    await expect(startPostgres({ dataDir })).rejects.toThrow(/already runs in this folder/);

    expect(await ask(first.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });
});

import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { ctrlC, freshClone, house, machine, npmStart } from "#ops/fresh-clone.ts";
import { commandOf } from "#server/platform/processes.ts";

let clone: string;
let remove: () => void;
beforeAll(() => {
  ({ folder: clone, remove } = freshClone());
});
afterAll(() => remove());

const childPids = () => [
  Number(readFileSync(join(clone, ".plenary/postgres/postmaster.pid"), "utf8").split("\n")[0]),
  Number(JSON.parse(readFileSync(join(clone, ".plenary/running"), "utf8")).pid),
];

describe("npm start", () => {
  it("makes a fresh clone usable, and does nothing twice", async () => {
    expect(spawnSync("node", ["--version"], { env: machine, encoding: "utf8" }).stdout).toMatch(/^v(2\d|[3-9]\d)\./);

    const fresh = await npmStart(clone, 300_000);
    const children = childPids();
    expect((await fetch(fresh.url)).status).toBe(200);
    await expect.poll(fresh.output).toContain(`Plenary is at ${fresh.url}`);
    await ctrlC(fresh);
    expect(children.map(commandOf)).toEqual([undefined, undefined]);

    const warm = await npmStart(clone, 60_000);
    expect((await fetch(warm.url)).status).toBe(200);
    await ctrlC(warm);
    expect(fresh.output()).toMatch(/Installing|Building the pages/);
    expect(warm.output()).not.toMatch(/Installing|Building the pages|Making the demo/);
  });

  it("says what is missing where there is no npm", () => {
    const bare = join(clone, "bare");
    cpSync(join(house, "ops"), join(bare, "ops"), { recursive: true });
    cpSync(join(house, "package-lock.json"), join(bare, "package-lock.json"));
    const node = spawnSync("sh", ["-c", "command -v node"], { env: machine, encoding: "utf8" }).stdout.trim();

    const { status, stderr } = spawnSync(node, ["ops/run.mjs", "server/main.ts"], {
      cwd: bare,
      env: { PATH: "" },
      encoding: "utf8",
    });

    expect(status).toBe(1);
    expect(stderr.trim()).toBe("There is no npm beside this Node: install Node with npm from https://nodejs.org.");
  });
});

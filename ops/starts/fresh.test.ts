import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { temporaryFolder } from "#ops/throwaway.ts";
import { freePort } from "#server/platform/addresses.ts";
import { commandOf } from "#server/platform/processes.ts";

const house = join(import.meta.dirname, "../..");
const notCloned = new Set(["node_modules", ".git", ".plenary", ".build", ".react-router", ".shots", "test-results"]);

// What the machine itself has, not the Node that runs this test.
const path = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules") && !folder.includes("node-gyp-bin"))
  .join(delimiter);
const machine = Object.fromEntries(
  Object.entries({ ...process.env, PATH: path }).filter(([name]) => !/^(npm_|NODE|VITEST|TEST)/.test(name)),
);

let clone: string;
beforeAll(() => {
  clone = temporaryFolder("clone");
  cpSync(house, clone, { recursive: true, filter: (source) => !notCloned.has(basename(source)) });
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

interface Started {
  child: ChildProcess;
  url: string;
  afterMs: number;
  output: () => string;
}

async function npmStart(patienceMs: number): Promise<Started> {
  const port = await freePort();
  const since = performance.now();
  const child = spawn("npm", ["start"], {
    cwd: clone,
    env: { ...machine, PORT: String(port) },
    // A terminal's Ctrl-C goes to a whole group, so this gets one of its own.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => printed.push(String(chunk)));
  const url = `http://localhost:${port}`;
  while (performance.now() - since < patienceMs) {
    if (child.exitCode !== null) break;
    if (
      await fetch(`${url}/ready`)
        .then(({ ok }) => ok)
        .catch(() => false)
    ) {
      return { child, url, afterMs: performance.now() - since, output: () => printed.join("") };
    }
    await sleep(25);
  }
  throw new Error(`No start within ${patienceMs} ms:\n${printed.join("")}`);
}

async function ctrlC({ child }: Started): Promise<void> {
  const exit = once(child, "exit");
  process.kill(-(child.pid ?? 0), "SIGINT");
  await exit;
}

const childPids = () => [
  Number(readFileSync(join(clone, ".plenary/postgres/postmaster.pid"), "utf8").split("\n")[0]),
  Number(JSON.parse(readFileSync(join(clone, ".plenary/running"), "utf8")).pid),
];

describe("npm start", () => {
  it("on a fresh clone is usable within 90 s, and warm within 3", async () => {
    expect(spawnSync("node", ["--version"], { env: machine, encoding: "utf8" }).stdout).toMatch(/^v(2\d|[3-9]\d)\./);

    const fresh = await npmStart(180_000);
    const children = childPids();
    expect((await fetch(fresh.url)).status).toBe(200);
    expect(fresh.output()).toContain(`Plenary is at ${fresh.url}`);
    await ctrlC(fresh);
    expect(children.map(commandOf)).toEqual([undefined, undefined]);

    const warm = await npmStart(30_000);
    expect((await fetch(warm.url)).status).toBe(200);
    await ctrlC(warm);

    console.log(`fresh start ${(fresh.afterMs / 1000).toFixed(1)} s, warm start ${(warm.afterMs / 1000).toFixed(2)} s`);
    expect(fresh.afterMs).toBeLessThan(90_000);
    expect(warm.afterMs).toBeLessThan(3_000);
  });

  it("says what is missing where there is no npm", () => {
    const bare = join(clone, "bare");
    cpSync(join(house, "ops"), join(bare, "ops"), { recursive: true });
    cpSync(join(house, "package-lock.json"), join(bare, "package-lock.json"));
    const node = spawnSync("sh", ["-c", "command -v node"], { env: machine, encoding: "utf8" }).stdout.trim();

    const { status, stderr } = spawnSync(node, ["ops/start.mjs"], { cwd: bare, env: { PATH: "" }, encoding: "utf8" });

    expect(status).toBe(1);
    expect(stderr.trim()).toBe("There is no npm beside this Node: install Node with npm from https://nodejs.org.");
  });
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, rmSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { temporaryFolder } from "#ops/throwaway.ts";
import { freePort } from "#server/platform/addresses.ts";

export const house = join(import.meta.dirname, "..");
const notCloned = new Set(["node_modules", ".git", ".plenary", ".build", ".react-router", ".shots", "test-results"]);

// What the machine itself has, not the Node that runs this.
const path = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules") && !folder.includes("node-gyp-bin"))
  .join(delimiter);
export const machine = Object.fromEntries(
  Object.entries({ ...process.env, PATH: path }).filter(([name]) => !/^(npm_|NODE|VITEST|TEST)/.test(name)),
);

/** A copy of what is in the repository, and nothing else, as somebody gets who clones it. */
export function freshClone(): { folder: string; remove: () => void } {
  const folder = temporaryFolder("clone");
  cpSync(house, folder, { recursive: true, filter: (source) => !notCloned.has(basename(source)) });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Started {
  child: ChildProcess;
  url: string;
  afterMs: number;
  output: () => string;
}

/** Types `npm start` there, and waits until the house is ready. */
export async function npmStart(clone: string, patienceMs: number): Promise<Started> {
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

/** What a terminal sends to the whole group. */
export async function ctrlC({ child }: Started): Promise<void> {
  const exit = once(child, "exit");
  process.kill(-(child.pid ?? 0), "SIGINT");
  await exit;
}

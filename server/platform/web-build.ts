import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

import { claimFolder } from "#server/platform/folder-claim.ts";
import { fullDisk, Unstartable } from "#server/platform/unstartable.ts";

const house = join(import.meta.dirname, "../..");
const folder = join(house, ".build");
const note = join(folder, "sources");
const entrance = join(folder, "server/index.js");
const rooms = ["web", "contract", "domain", "locales"];
const files = ["package-lock.json", "vite.config.ts", "react-router.config.ts"];

/** Builds the pages unless they were built from these very sources; of several processes that start at once, one does. */
export async function buildWeb(ending: AbortSignal): Promise<void> {
  const sources = hashSources();
  while (!isBuiltFrom(sources)) {
    const release = claim();
    if (release) {
      try {
        return await build(ending, sources);
      } finally {
        release();
      }
    }
    await sleep(200, undefined, { signal: ending });
  }
}

const isBuiltFrom = (sources: string) =>
  existsSync(entrance) && existsSync(note) && readFileSync(note, "utf8") === sources;

function claim(): (() => void) | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    return claimFolder(folder);
  } catch (error) {
    if (error instanceof Unstartable) return undefined;
    throw error;
  }
}

async function build(ending: AbortSignal, sources: string): Promise<void> {
  const child = spawn(process.execPath, [join(house, "node_modules/@react-router/dev/bin.cjs"), "build"], {
    cwd: house,
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    signal: ending,
  });
  const exit = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("exit", resolve));
  const [output, problems, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  if (problems.includes("ENOSPC")) throw fullDisk(house);
  if (code !== 0) throw new Unstartable(`The pages could not be built:\n${output}${problems}`);
  writeFileSync(note, sources);
}

function hashSources(): string {
  const hash = createHash("sha256");
  const add = (path: string) => hash.update(`${path}\0`).update(readFileSync(join(house, path)));
  for (const room of rooms.filter((name) => existsSync(join(house, name)))) {
    const inside = readdirSync(join(house, room), { recursive: true, withFileTypes: true });
    const paths = inside.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.filter((name) => !name.includes(".test.")).sort()) add(path.slice(house.length + 1));
  }
  for (const file of files) add(file);
  return hash.digest("hex");
}

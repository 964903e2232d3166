import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { Unstartable } from "#server/platform/unstartable.ts";

const house = join(import.meta.dirname, "../..");
const note = join(house, ".build/sources");
const entrance = join(house, ".build/server/index.js");
const rooms = ["web", "contract", "domain", "locales"];
const files = ["package-lock.json", "vite.config.ts", "react-router.config.ts"];

/** Builds the pages unless they were built from these very sources. */
export async function buildWeb(ending: AbortSignal): Promise<"built" | "fresh"> {
  const sources = hashSources();
  if (existsSync(entrance) && existsSync(note) && readFileSync(note, "utf8") === sources) return "fresh";
  const child = spawn(process.execPath, [join(house, "node_modules/@react-router/dev/bin.cjs"), "build"], {
    cwd: house,
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    signal: ending,
  });
  const exit = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("exit", resolve));
  const [output, problems, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  if (code !== 0) {
    if (problems.includes("ENOSPC")) throw Object.assign(new Error("no space"), { code: "ENOSPC", path: house });
    throw new Unstartable(`The pages could not be built:\n${output}${problems}`);
  }
  writeFileSync(note, sources);
  return "built";
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

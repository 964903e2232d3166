import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

import { laws, type Source } from "#ops/laws.ts";

const house = join(import.meta.dirname, "..");
const rooms = ["domain", "contract", "server", "web", "db", "e2e", "bench", "ops"];

/** Reads every source file of the house. */
export function readHouse(): Source[] {
  return rooms.flatMap(filesIn).map((path) => ({ path, text: readFileSync(join(house, path), "utf8") }));
}

function filesIn(room: string): string[] {
  try {
    return readdirSync(join(house, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|sql)$/.test(entry.name))
      .map((entry) => relative(house, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  } catch {
    return []; // a room that is not built yet
  }
}

/** One line for each trespass, with the law that it breaks. */
export function trespasses(files: readonly Source[]): string[] {
  return laws.flatMap((law) => law.finds(files).map(({ path, what }) => `${path}: ${what} (${law.says})`)).sort();
}

if (import.meta.main) {
  const found = trespasses(readHouse());
  for (const line of found) console.log(line);
  console.log(found.length === 0 ? `${laws.length} laws kept.` : `${found.length} trespasses.`);
  process.exitCode = found.length === 0 ? 0 : 1;
}

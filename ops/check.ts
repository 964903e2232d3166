import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { audit } from "#ops/check-audit.ts";
import { missingFromLock, readLock } from "#ops/check-lock.ts";
import { readHouse, trespasses } from "#ops/check-rooms.ts";
import { readLanguages, wrongWords } from "#ops/check-words.ts";
import { drifted } from "#ops/generated.ts";
import { isTest } from "#ops/sources.ts";

const house = join(import.meta.dirname, "..");

/** What a step has to complain about; nothing when all is well. A note says what else there is to know. */
type Step = () => Promise<string | { complaint: string; note: string }>;

const steps: Record<string, Step> = {
  biome: () => run("@biomejs/biome/bin/biome", "check", "--error-on-warnings"),
  types: async () =>
    (await run("@react-router/dev/bin.cjs", "typegen")) || (await run("typescript/bin/tsc", "-p", ".")),
  lockfile: async () => missingFromLock(readLock()).join("\n"),
  rooms: async () => trespasses(readHouse()).join("\n"),
  words: async () =>
    wrongWords(
      readLanguages(),
      readHouse().filter(({ path }) => !isTest(path)),
    ).join("\n"),
  generated: async () => {
    const files = await drifted();
    return files.length > 0
      ? `${files.join(", ")}: not as its source has it. \`npm run generate\` writes it anew.`
      : "";
  },
  audit,
  // The second time without the tests: what only they use is dead too.
  knip: async () =>
    (await run("knip/bin/knip.js", "--no-progress")) ||
    (await run("knip/bin/knip.js", "--no-progress", "--production", "--include", "exports")),
};

async function run(program: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(house, "node_modules", program), ...args], {
    cwd: house,
    env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? "1" : "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("exit", resolve));
  const [output, problems, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return code === 0 ? "" : output + problems || `${program} ends with ${code}`;
}

async function take(name: string, step: Step): Promise<boolean> {
  const since = performance.now();
  const said = await step().catch((error: Error) => error.stack ?? error.message);
  const { complaint, note } = typeof said === "string" ? { complaint: said, note: "" } : said;
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  console.log(
    `${complaint ? "✗" : "✓"} ${name} (${seconds} s${note && `; ${note}`})${complaint ? `\n${complaint.trimEnd()}` : ""}`,
  );
  return complaint === "";
}

/** Takes all steps side by side; returns how many hold and how many do not. */
export async function check(): Promise<{ passed: number; failed: number }> {
  const results = await Promise.all(Object.entries(steps).map(([name, step]) => take(name, step)));
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}

if (import.meta.main) {
  const { failed } = await check();
  process.exitCode = failed === 0 ? 0 : 1;
}

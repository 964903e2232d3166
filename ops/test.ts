import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { check } from "#ops/check.ts";
import { findChromium, findRedis } from "#ops/installed.ts";
import { findProgram } from "#server/gateways/engine-program.ts";
import { readSettings } from "#server/platform/settings.ts";
import { buildWeb } from "#server/platform/web-build.ts";

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const house = join(import.meta.dirname, "..");
const reports = join(house, "test-results");
const total: Count = { passed: 0, failed: 0, skipped: 0 };

/** Runs one part of the whole; what it cannot even begin is one failure, with its reason. */
async function part(title: string, work: () => Promise<Partial<Count>>): Promise<void> {
  console.log(`\n— ${title}`);
  const since = performance.now();
  const count = await work().catch((error: Error): Partial<Count> => {
    console.error(error.message);
    return { failed: 1 };
  });
  for (const key of ["passed", "failed", "skipped"] as const) total[key] += count[key] ?? 0;
  const { passed = 0, failed = 0, skipped = 0 } = count;
  const seconds = ((performance.now() - since) / 1000).toFixed(0);
  console.log(`— ${title}: ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds} s`);
}

async function run(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [join(house, "node_modules", program), ...args], {
    cwd: house,
    env: { ...process.env, ...env },
    stdio: "inherit",
  });
  await once(child, "exit");
}

const report = (name: string): unknown => JSON.parse(readFileSync(join(reports, name), "utf8"));

async function vitest(project: string, env: NodeJS.ProcessEnv): Promise<Count> {
  const file = `${project}.json`;
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${join(reports, file)}`];
  await run("vitest/vitest.mjs", ["run", "--project", project, ...reporters], env);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, success } = report(
    file,
  ) as Record<string, number>;
  // A file that could not even be read has no tests to fail.
  const failed = numFailedTests || (success ? 0 : Math.max(numFailedTestSuites ?? 0, 1));
  return { passed: numPassedTests ?? 0, failed, skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0) };
}

interface Suite {
  specs: { title: string; file: string; tests: { status: string }[] }[];
  suites?: Suite[];
}

const specsIn = ({ specs, suites = [] }: Suite): Suite["specs"] => [...specs, ...suites.flatMap(specsIn)];

/**
 * Real browsers with real media are sometimes short of a machine that does other things too: each journey has a second
 * try, and is named when it needed it.
 */
async function journeys(env: NodeJS.ProcessEnv): Promise<Count> {
  const file = join(reports, "journeys.json");
  await run("@playwright/test/cli.js", ["test", "--reporter=list,json"], { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  const { suites, stats, errors } = report("journeys.json") as {
    suites: Suite[];
    stats: Record<string, number>;
    errors: unknown[];
  };
  for (const spec of suites.flatMap(specsIn).filter(({ tests }) => tests.some(({ status }) => status === "flaky")))
    console.log(`— needed a second try: ${spec.file}, “${spec.title}”`);
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats;
  return { passed: expected + flaky, failed: unexpected + errors.length, skipped };
}

/** Found at once on a machine that has it; else built or fetched while the first parts run. */
function prepareEngine(): Promise<string> {
  let tenth = 0;
  const { program } = findProgram(readSettings(process.env, []), (part) => {
    if (Math.floor(part * 10) <= tenth) return;
    tenth = Math.floor(part * 10);
    console.log(`Preparing the media engine: ${tenth * 10} % …`);
  });
  program.catch(() => {});
  return program;
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const engine = prepareEngine();
const env: NodeJS.ProcessEnv = {};

await part("browser and Redis", async () => {
  env.CHROMIUM = findChromium();
  env.REDIS_SERVER = findRedis();
  return { passed: 1 };
});
await part("check", check);
await part("units and modules", () => vitest("units", env));
await part("pages", async () => {
  await buildWeb(new AbortController().signal);
  return { passed: 1 };
});
await part("media engine", async () => {
  env.LIVEKIT_BIN = await engine.catch((error: Error) => {
    throw new Error(`There is no media engine: ${error.message}. Install Go 1.26 or later, or set LIVEKIT_BIN.`);
  });
  return { passed: 1 };
});
await part("starts and faults", () => vitest("starts", env));
await part("journeys", () => journeys(env));

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);

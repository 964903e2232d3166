import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

import { temporaryFolder } from "#ops/throwaway.ts";
import { freePort } from "#server/platform/addresses.ts";

const program = join(import.meta.dirname, "../server/main.ts");
const startPatienceMs = 300_000;
const enginePatienceMs = 300_000;

/** The whole product as its users start it, in a process of its own. */
export interface RunningHouse {
  url: string;
  dataDir: string;
  /** Holds the offset of the house's clock in milliseconds. */
  clockFile: string;
  pid: number;
  /** All that it has printed. */
  output: () => string;
  ready: () => Promise<Ready>;
  untilRoomsAreReady: () => Promise<void>;
  /** Ends it by a signal and returns its exit code. */
  end: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Ends it and removes what it wrote. */
  stop: () => Promise<void>;
}

interface Ready {
  status: string;
  database: { state: string };
  jobs: { state: string };
  media: { state: string; reason?: string };
}

/** Whoever wants the demo says so: it takes its seconds. */
const usual = { PLENARY_DEMO: "off" };

export async function startHouse(
  over: { env?: NodeJS.ProcessEnv; dataDir?: string; args?: string[]; port?: number } = {},
): Promise<RunningHouse> {
  const dataDir = over.dataDir ?? temporaryFolder("house");
  const clockFile = join(dataDir, "clock");
  writeFileSync(clockFile, "0");
  const port = over.port ?? (await freePort());
  const child = spawn(process.execPath, [program, ...(over.args ?? [])], {
    env: { ...process.env, ...usual, PORT: String(port), PLENARY_DATA: dataDir, PLENARY_CLOCK: clockFile, ...over.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => printed.push(String(chunk)));
  const output = () => printed.join("");
  const url = `http://localhost:${port}`;
  await untilReady(child, url, output);
  const end = (signal: NodeJS.Signals) => endBy(child, signal);
  return {
    url,
    dataDir,
    clockFile,
    pid: child.pid ?? 0,
    output,
    ready: () => readiness(url),
    untilRoomsAreReady: () => untilRoomsAreReady(url),
    end,
    stop: async () => {
      const code = await end("SIGTERM");
      // Whoever goes before all is closed leaves children behind.
      if (code) throw new Error(`The house ended with ${code}:\n${output()}`);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts a house that cannot start; returns how it ended and what it said. */
export async function refusedStart(
  env: NodeJS.ProcessEnv,
  args: string[] = [],
): Promise<{ code: number; says: string }> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: startPatienceMs,
  });
  const [, says, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, says: says.trim() };
}

/** The process of one of its children, for those who strike it. */
export function pidOf({ dataDir }: RunningHouse, child: "database" | "engine"): number {
  if (child === "engine") return Number(JSON.parse(readFileSync(join(dataDir, "engine/running"), "utf8")).pid);
  const place = join(dataDir, "where");
  const base = existsSync(place) ? readFileSync(place, "utf8").trim() : dataDir;
  return Number(readFileSync(join(base, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
}

async function endBy(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
  return child.exitCode;
}

async function readiness(url: string): Promise<Ready> {
  return (await (await fetch(`${url}/ready`)).json()) as Ready;
}

async function untilReady(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const said = once(child, "close");
  const deadline = performance.now() + startPatienceMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) {
      // What it said last may still be on its way.
      await said;
      throw new Error(`The house did not start:\n${output()}`);
    }
    const ready = await readiness(url).catch(() => undefined);
    if (ready?.status === "ready") return;
    await sleep(50);
  }
  child.kill("SIGTERM");
  throw new Error(`The house did not become ready in time:\n${output()}`);
}

async function untilRoomsAreReady(url: string): Promise<void> {
  const deadline = performance.now() + enginePatienceMs;
  while (performance.now() < deadline) {
    const { media } = await readiness(url);
    if (media.state === "ready") return;
    if (media.state === "off") throw new Error(`Live rooms are off: ${media.reason}`);
    await sleep(200);
  }
  throw new Error("The media engine was not ready in time.");
}

import { createServer } from "node:net";

import type { Engine } from "#server/gateways/engine.ts";
import type { PartStatus } from "#server/gateways/media.ts";
import { faultIn } from "#server/platform/health.ts";
import { fullDisk, Unstartable } from "#server/platform/unstartable.ts";

/** What a start has opened so far; closed in the opposite order, however far it came. */
export class Opened {
  readonly #closers: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.#closers.unshift(close);
  }

  async closeAll(): Promise<void> {
    for (const close of this.#closers.splice(0)) {
      await close().catch((error: unknown) => console.error(error));
    }
  }
}

/**
 * Runs a start that signals may interrupt, and the end that follows it.
 *
 * A step under way is finished before all is closed, so that no child is left behind.
 */
export async function live(
  start: (opened: Opened, ending: AbortSignal) => Promise<void>,
  { endsAtOnce = false } = {},
): Promise<void> {
  const opened = new Opened();
  const ending = new AbortController();
  const ended = new Promise<void>((resolve) => ending.signal.addEventListener("abort", () => resolve()));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => (endsAtOnce ? process.exit() : ending.abort()));
  }
  const giveUp = (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
    ending.abort();
  };
  process.on("uncaughtException", giveUp);
  // Graphile-worker leaves such a promise behind for each job that it cannot give back; it is started again elsewhere.
  process.on("unhandledRejection", (error) => (isDatabaseAway(error) ? undefined : giveUp(error)));
  try {
    await start(opened, ending.signal);
    await ended;
  } catch (error) {
    if (!ending.signal.aborted) {
      process.exitCode = 1;
      tell(error);
    }
  }
  await opened.closeAll();
  process.exit();
}

const away = new Set(["57P01", "57P02", "57P03", "08003", "08006", "ECONNREFUSED", "ECONNRESET", "EPIPE"]);

/** Whether something failed only because the database is away for a moment. */
function isDatabaseAway(error: unknown): boolean {
  const { code = "", message = "" } = error as NodeJS.ErrnoException;
  return away.has(code) || /^Connection terminated/.test(message);
}

function tell(error: unknown): void {
  const known = inASentence(error);
  console.error(known ?? error);
}

/** Why a start failed, when a person can do something about it. */
export function inASentence(error: unknown): string | undefined {
  if (error instanceof Unstartable) return error.message;
  const { code, path, message = "", cause } = error as NodeJS.ErrnoException;
  if (cause) return inASentence(cause);
  if (code === "ENOSPC") return fullDisk(path ?? "the data").message;
  if (code === "53100") return fullDisk("the database").message;
  if (code === "EACCES" || code === "EROFS") {
    return `${path ?? message} cannot be written: start as a user who may, or set PLENARY_DATA to a folder that can.`;
  }
  if (code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "28P01" || code === "3D000") {
    return `The database that DATABASE_URL names cannot be used (${message || code}): correct the address, or unset it for an embedded one.`;
  }
  return undefined;
}

const quietMs = 400;

/** Names a step once it turns out to take its time, and how long it took. */
export async function slowly<T>(step: string, work: Promise<T>): Promise<T> {
  const since = performance.now();
  let isTold = false;
  const timer = setTimeout(() => {
    isTold = true;
    console.log(`${step} …`);
  }, quietMs);
  try {
    const result = await work;
    if (isTold) console.log(`${step}: done in ${((performance.now() - since) / 1000).toFixed(1)} s`);
    return result;
  } finally {
    clearTimeout(timer);
  }
}

/** Says what becomes of the live rooms, at each tenth of a long preparation. */
export function tellOfEngine(engine: Engine): void {
  let tenth = 0;
  const say = ({ state, progress = 0, fault }: PartStatus) => {
    if (state === "ready") console.log("Live rooms are ready.");
    if (state === "off")
      console.log(["Live rooms are off.", fault && faultIn("en", fault), "All else works."].join(" "));
    if (state !== "preparing" || Math.floor(progress * 10) <= tenth) return;
    tenth = Math.floor(progress * 10);
    console.log(`Preparing live rooms: ${tenth * 10} % …`);
  };
  say(engine.status());
  engine.onChange(say);
}

/** Says early, before anything else is started, that somebody else has our port. */
export async function refuseBusyPort(host: string, port: number): Promise<void> {
  const addresses = host === "localhost" ? ["127.0.0.1", "::1"] : [host];
  for (const address of addresses) {
    const problem = await listenOnce(address, port);
    if (problem === "EADDRINUSE") {
      throw new Unstartable(
        `Port ${port} is taken by another program: stop that one, or choose another port, as in PORT=${port + 1} npm start.`,
      );
    }
    if (problem === "EACCES") {
      throw new Unstartable(
        `Port ${port} needs more rights than this user has: choose one above 1023, such as PORT=3000.`,
      );
    }
    // A machine without IPv6 is served by IPv4 alone.
    if (problem && address !== "::1")
      throw new Unstartable(`HOST ${address} is no address of this machine (${problem}).`);
  }
}

function listenOnce(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

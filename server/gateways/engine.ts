import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

import { engineConfig, mediaKey } from "#server/gateways/engine-config.ts";
import { findProgram } from "#server/gateways/engine-program.ts";
import type { Fault, Media, PartStatus } from "#server/gateways/media.ts";
import { freePort } from "#server/platform/addresses.ts";
import { type Blow, commandOf, end, keepAlive } from "#server/platform/processes.ts";
import type { Settings } from "#server/platform/settings.ts";

type Connection = NonNullable<ReturnType<Media["connection"]>>;

export interface Engine extends Media {
  /** Returns what ends the listening. */
  onChange: (listener: (status: PartStatus) => void) => () => void;
  close: () => Promise<void>;
}

// Its first SIGTERM waits for everybody to leave, and one that meets it at its start is swallowed; a second ends it.
const blows: readonly Blow[] = [
  ["SIGTERM", 2_000],
  ["SIGTERM", 1_000],
  ["SIGKILL", 3_000],
];
const pulseMs = 2_000;
const startPatienceMs = 20_000;

/** Finds, starts and keeps alive the media engine, without making anybody wait for it. */
export function prepareEngine(settings: Settings): Engine {
  const board = new Board();
  if (settings.livekitUrl) return watch(board, () => external(settings));
  if (settings.dev || !settings.roles.includes("realtime")) return watch(board, () => borrowed(settings));
  return raise(settings, board);
}

/** Keeps what is known of the engine and tells of its changes. */
class Board {
  status: PartStatus = { state: "preparing" };
  connection: Connection | undefined;
  readonly listeners = new Set<(status: PartStatus) => void>();
  ready(connection: Connection): void {
    this.connection = connection;
    this.show({ state: "ready" });
  }

  away(status: PartStatus): void {
    this.connection = undefined;
    this.show(status);
  }

  private show(status: PartStatus): void {
    const before = this.status;
    if (isDeepStrictEqual(status, before)) return;
    this.status = status;
    for (const listener of this.listeners) listener(status);
  }

  engine(close: () => Promise<void>): Engine {
    return {
      status: () => this.status,
      connection: () => this.connection,
      onChange: (listener) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
      close,
    };
  }
}

/** Asks again and again after an engine that others run. */
function watch(board: Board, find: () => Connection | Fault): Engine {
  const glance = async () => {
    const found = find();
    if ("code" in found) board.away({ state: "off", fault: found });
    else if (await answers(found.url)) board.ready(found);
    else board.away({ state: "off", fault: { code: "media_silent", detail: found.url } });
  };
  void glance();
  const pulse = setInterval(glance, pulseMs);
  pulse.unref();
  return board.engine(async () => clearInterval(pulse));
}

function external({ livekitUrl = "", livekitApiKey = "", livekitApiSecret = "" }: Settings): Connection {
  const url = livekitUrl.replace(/^ws/, "http").replace(/\/+$/, "");
  return { url, apiKey: livekitApiKey, apiSecret: livekitApiSecret };
}

/** Processes without the realtime role, and those below a watch, use the engine of the one that runs it. */
function borrowed(settings: Settings): Connection | Fault {
  const note = readNote(settings);
  if (!note) return { code: "media_not_run" };
  return { url: note.url, ...keysOf(settings) };
}

const keysOf = ({ secrets }: Settings) => ({ apiKey: mediaKey, apiSecret: secrets.media });

function raise(settings: Settings, board: Board): Engine {
  const search = findProgram(settings, (part) =>
    board.away({ state: "preparing", progress: Math.floor(part * 100) / 100 }),
  );
  let isClosed = false;
  let letFall = async () => {};
  let ours: Note | undefined;
  const work = async () => {
    await endEngine(settings, readNote(settings));
    const program = await search.program;
    if (isClosed) return;
    const ports = { signal: await freePort(), media: settings.isLoopback ? await freePort() : settings.mediaUdpPort };
    const url = `http://127.0.0.1:${ports.signal}`;
    const start = async () => {
      const engine = launch({ settings, program, url, ports });
      ours = engine.note;
      await untilUp(settings, engine);
      return engine;
    };
    const connection = { url, ...keysOf(settings) };
    const first = await start();
    letFall = keepAlive(first, {
      fell: () => board.away({ state: "preparing" }),
      raise: async () => {
        const next = await start();
        board.ready(connection);
        return next;
      },
    });
    board.ready(connection);
  };
  const working = work().catch(({ message }: Error) =>
    board.away({ state: "off", fault: { code: "media_fallen", detail: message } }),
  );
  return board.engine(async () => {
    isClosed = true;
    search.abandon();
    await working;
    await letFall();
    await endEngine(settings, ours);
  });
}

interface Note {
  pid: number;
  program: string;
  url: string;
}

const noteOf = (settings: Settings) => join(settings.dataDir, "engine", "running");

function readNote(settings: Settings): Note | undefined {
  try {
    return JSON.parse(readFileSync(noteOf(settings), "utf8")) as Note;
  } catch {
    return undefined;
  }
}

/** Ends the engine that a note names: ours, or the one that a killed process left alive, and with it the ports. */
async function endEngine(settings: Settings, note: Note | undefined): Promise<void> {
  if (note && commandOf(note.pid)?.startsWith(note.program)) await end(note.pid, blows);
  rmSync(noteOf(settings), { force: true });
}

interface Launched {
  note: Note;
  ended: Promise<unknown>;
}

function launch(ask: {
  settings: Settings;
  program: string;
  url: string;
  ports: { signal: number; media: number };
}): Launched {
  const { settings, program, url } = ask;
  if (!existsSync(program)) throw new Error(`there is no media engine at ${program}`);
  const folder = join(settings.dataDir, "engine");
  mkdirSync(folder, { recursive: true });
  const log = openSync(join(folder, "engine.log"), "w", 0o600);
  const child = spawn(program, [], {
    cwd: "/",
    // Nothing secret on a disk or in a list of processes.
    env: {
      PATH: process.env.PATH,
      LIVEKIT_CONFIG: engineConfig(settings, { ...ask.ports, webhook: webhookOf(settings) }),
    },
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.on("error", () => {});
  child.unref();
  const note: Note = { pid: child.pid ?? 0, program, url };
  if (child.pid) writeFileSync(noteOf(settings), JSON.stringify(note));
  return { note, ended: Promise.race([once(child, "exit"), once(child, "error")]) };
}

async function untilUp(settings: Settings, { note, ended }: Launched): Promise<void> {
  if (await Promise.race([ended.then(() => false), untilItAnswers(note.url)])) return;
  const lastLine = readFileSync(join(settings.dataDir, "engine", "engine.log"), "utf8")
    .trim()
    .split("\n")
    .at(-1);
  throw new Error(`${note.program} does not start (${lastLine || "it says nothing"})`);
}

function webhookOf({ host, port }: Settings): string {
  const anyHost = host === "localhost" || host === "0.0.0.0" || host === "::";
  const name = anyHost ? "127.0.0.1" : isIPv6(host) ? `[${host}]` : host;
  return `http://${name}:${port}/api/v1/webhooks/livekit`;
}

async function untilItAnswers(url: string): Promise<boolean> {
  const deadline = performance.now() + startPatienceMs;
  while (performance.now() < deadline) {
    if (await answers(url)) return true;
    await sleep(20);
  }
  return false;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";

import { fetchRelease } from "#server/gateways/engine-release.ts";
import type { Settings } from "#server/platform/settings.ts";

const version = "1.13.5";
const fileName = `livekit-server-${version}${process.platform === "win32" ? ".exe" : ""}`;
const toolModule = join(import.meta.dirname, "../../ops/livekit");
const toolPackage = "github.com/livekit/livekit-server/cmd/server";
/** Go names each package that it compiles; so many are there. */
const packagesToCompile = 789;

type Wishes = Pick<Settings, "dataDir" | "livekitBin" | "livekitRelease" | "livekitReleaseSha256">;

export interface Search {
  program: Promise<string>;
  /** Ends a build under way. */
  abandon(): void;
}

/** Finds the engine's program, or makes it: from what is nearest to what is farthest. */
export function findProgram(wishes: Wishes, progress: (part: number) => void): Search {
  const kept = join(wishes.dataDir, "engine", fileName);
  let build: ChildProcess | undefined;
  const search = async () => {
    const found = wishes.livekitBin ?? onPath("livekit-server") ?? [kept, shared()].find(existsSync);
    if (found) return found;
    mkdirSync(dirname(kept), { recursive: true });
    const release = () => unpackRelease(wishes, `${kept}.new`, progress);
    const go = onPath("go") ?? ["/usr/local/go/bin/go"].find(existsSync);
    const compile = async (program: string) => {
      build = startBuild(program, `${kept}.new`);
      await followBuild(build, progress);
    };
    // Who names a release wants that one and no other.
    const attempts = go && !wishes.livekitRelease ? [() => compile(go), release] : [release];
    const failures: string[] = [];
    for (const attempt of attempts) {
      try {
        await attempt();
        return keep(kept);
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
    throw new Error(failures.join("; "));
  };
  return {
    program: search(),
    abandon: () => {
      if (build?.pid && build.exitCode === null) process.kill(-build.pid, "SIGKILL");
    },
  };
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(existsSync);
}

/** A second clone on this machine need not build again. */
const shared = () => join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "plenary", fileName);

function keep(kept: string): string {
  renameSync(`${kept}.new`, kept);
  try {
    mkdirSync(dirname(shared()), { recursive: true });
    share(kept, shared());
  } catch {
    // The cache is a kindness to the next clone; without it that one builds for itself.
  }
  return kept;
}

function share(from: string, to: string): void {
  const draft = `${to}.${process.pid}`;
  try {
    linkSync(from, draft);
  } catch {
    copyFileSync(from, draft);
  }
  renameSync(draft, to);
}

function startBuild(go: string, into: string): ChildProcess {
  return spawn(go, ["build", "-v", "-trimpath", "-ldflags=-s -w", "-o", into, toolPackage], {
    cwd: toolModule,
    env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: `${process.env.GOFLAGS ?? ""} -mod=readonly`.trim() },
    // Its own group, so that all of its compilers can be ended together.
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

async function followBuild(build: ChildProcess, progress: (part: number) => void): Promise<void> {
  const ended = Promise.race([once(build, "exit"), once(build, "error").then(([error]) => Promise.reject(error))]);
  let compiled = 0;
  let lastLine = "";
  if (build.stderr) {
    createInterface({ input: build.stderr }).on("line", (line) => {
      lastLine = line;
      if (!line.startsWith("go: ")) progress(Math.min(++compiled / packagesToCompile, 0.99));
    });
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`Go could not build it (${lastLine})`);
}

async function unpackRelease(wishes: Wishes, into: string, progress: (part: number) => void): Promise<void> {
  const source = { place: wishes.livekitRelease, sha256: wishes.livekitReleaseSha256 };
  const program = await fetchRelease(source, progress).catch((error: Error) => {
    const cause = error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
    throw new Error(`the official release could not be had (${cause})`);
  });
  writeFileSync(into, program, { mode: 0o755 });
  chmodSync(into, 0o755);
  const trial = spawnSync(into, ["--version"]);
  if (trial.status === 0) return;
  rmSync(into, { force: true });
  throw new Error("the released program does not run here");
}

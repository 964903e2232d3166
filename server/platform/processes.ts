import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The command line of a living process; nothing when there is none (a zombie has none either). */
export function commandOf(pid: number): string | undefined {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() || undefined;
    } catch {
      return undefined;
    }
  }
  return spawnSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" }).stdout?.trim() || undefined;
}

/** One signal and how long to wait for its effect. */
export type Blow = readonly [signal: NodeJS.Signals, patienceMs: number];

/** Ends a process by milder and then harder signals, and returns when it is gone. */
export async function end(pid: number, blows: readonly Blow[]): Promise<void> {
  for (const [signal, patienceMs] of blows) {
    const deadline = performance.now() + patienceMs;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    while (performance.now() < deadline) {
      if (commandOf(pid) === undefined) return;
      await sleep(5);
    }
  }
}

const firstPauseMs = 50;
const longestPauseMs = 5_000;
const calmMs = 10_000;

interface Running {
  ended: Promise<unknown>;
}

/**
 * Raises a process again whenever it ends by itself, with longer pauses while it keeps falling.
 *
 * Returns what ends the watch; a start under way is waited for, so that nothing rises afterwards.
 */
export function keepAlive(
  first: Running,
  manners: { raise: () => Promise<Running>; fell: (cause: unknown) => void },
): () => Promise<void> {
  let isOver = false;
  let rising: Promise<Running> = Promise.resolve(first);
  const watch = async () => {
    let pauseMs = firstPauseMs;
    while (!isOver) {
      const since = performance.now();
      const cause = await rising.then(({ ended }) => ended).catch((error: unknown) => error);
      if (isOver) return;
      manners.fell(cause);
      pauseMs = performance.now() - since > calmMs ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      await sleep(pauseMs);
      if (!isOver) rising = manners.raise();
    }
  };
  void watch();
  return async () => {
    isOver = true;
    await rising.catch(() => {});
  };
}

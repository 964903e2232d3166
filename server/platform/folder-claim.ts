import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { commandOf } from "#server/platform/processes.ts";
import { Unstartable } from "#server/platform/unstartable.ts";

const held = new Set<string>();

/** Makes sure that one process alone works with a data folder; returns what gives it back. */
export function claimFolder(folder: string): () => void {
  const note = join(folder, "running");
  const mine = JSON.stringify({ pid: process.pid, command: commandOf(process.pid) });
  for (;;) {
    try {
      writeFileSync(note, mine, { flag: "wx", mode: 0o600 });
      held.add(note);
      return () => {
        held.delete(note);
        rmSync(note, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = livingHolder(note);
    if (holder !== undefined) {
      throw new Unstartable(`Plenary already runs in this folder (process ${holder}): stop it first, or use it.`);
    }
    rmSync(note, { force: true });
  }
}

/** A number may belong to a stranger by now, even to ourselves, so the command must be the same too. */
function livingHolder(note: string): number | undefined {
  try {
    const { pid, command } = JSON.parse(readFileSync(note, "utf8")) as { pid: number; command: string };
    const isOurs = pid === process.pid && !held.has(note);
    return !isOurs && commandOf(pid) === command ? pid : undefined;
  } catch {
    return undefined;
  }
}

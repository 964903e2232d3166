import { readFileSync } from "node:fs";

/** The one clock of all decisions; tests move it by a file that holds an offset in milliseconds. */
export interface Clock {
  now: () => Date;
  stop: () => void;
}

/** A clock that runs with the machine's, moved by the offset that `file` holds, read again each second. */
export function startClock(file?: string): Clock {
  if (!file) return { now: () => new Date(), stop: () => {} };
  let offset = readOffset(file);
  const timer = setInterval(() => {
    offset = readOffset(file);
  }, 1000);
  timer.unref();
  return { now: () => new Date(Date.now() + offset), stop: () => clearInterval(timer) };
}

function readOffset(file: string): number {
  try {
    const offset = Number(readFileSync(file, "utf8").trim());
    return Number.isFinite(offset) ? offset : 0;
  } catch {
    return 0; // not written yet
  }
}

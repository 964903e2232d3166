import { median } from "#bench/load.ts";
import { report } from "#bench/report.ts";
import { ctrlC, freshClone, npmStart } from "#ops/fresh-clone.ts";

const warmStarts = 5;

/** From typing `npm start` to an answer of `/ready`: on a fresh clone with warm package caches, and again. */
export async function run(): Promise<void> {
  const { folder, remove } = freshClone();
  try {
    const fresh = await npmStart(folder, 300_000);
    await ctrlC(fresh);
    const warm: number[] = [];
    for (let n = 0; n < warmStarts; n += 1) {
      const started = await npmStart(folder, 60_000);
      warm.push(started.afterMs / 1000);
      await ctrlC(started);
    }
    report("Starting", [
      { what: "fresh clone, warm package caches", value: fresh.afterMs / 1000, unit: "s", goal: { atMost: 90 } },
      { what: "warm, the middle of five", value: median(warm), unit: "s", goal: { atMost: 3 } },
    ]);
  } finally {
    remove();
  }
}

// A worker that takes one letter in hand and never finishes; the test kills it.
import { createDb, createPool } from "#server/platform/db.ts";
import { startWorker } from "#server/platform/jobs.ts";
import { createLog } from "#server/platform/log.ts";
import { systemCtx } from "#server/roles/context.ts";

const log = createLog("silent");
const url = process.argv[2] ?? "";
const pool = createPool(url, { max: 4, log });
const ctx = systemCtx({ db: createDb(pool), gateways: {} as never, settings: {} as never, log, now: () => new Date() });

await startWorker({
  pool: createPool(url, { max: 4, log }),
  ctx,
  jobs: [
    {
      task: "hang",
      run: () => {
        process.stdout.write("in hand\n");
        return new Promise<void>(() => {});
      },
    },
  ],
  concurrency: 1,
  log,
});

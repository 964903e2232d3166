import { localFiles } from "#server/gateways/files.ts";
import { openMail } from "#server/gateways/mail.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { createDb, createPool } from "#server/platform/db.ts";
import { createLog } from "#server/platform/log.ts";
import { migrate } from "#server/platform/migrate.ts";
import { findRunning, startPostgres } from "#server/platform/postgres.ts";
import { readSettings, type Settings } from "#server/platform/settings.ts";
import { systemCtx } from "#server/roles/context.ts";

/** Opens this installation for a command: its database, running or not, and a context of our own. */
export async function withHouse<T>(use: (ctx: Ctx) => Promise<T>): Promise<T> {
  const settings = readSettings(process.env, []);
  const { url, stop } = await openDatabase(settings);
  try {
    await migrate(url);
    const log = createLog(settings.logLevel);
    const db = createDb(createPool(url, { max: 4, log }));
    const media = { status: () => ({ state: "off" as const }), connection: () => undefined };
    const gateways = { mail: openMail(settings), files: localFiles(`${settings.dataDir}/files`), media };
    try {
      return await use(systemCtx({ db, gateways, settings, log, now: () => new Date() }));
    } finally {
      await db.destroy();
    }
  } finally {
    await stop();
  }
}

async function openDatabase({ databaseUrl, dataDir }: Settings): Promise<{ url: string; stop: () => Promise<void> }> {
  const url = databaseUrl ?? (await findRunning(dataDir));
  return url ? { url, stop: async () => {} } : startPostgres({ dataDir });
}

import type { Ctx } from "#server/platform/ctx.ts";
import { createLog } from "#server/platform/log.ts";
import { migrate } from "#server/platform/migrate.ts";
import { findRunning, startPostgres } from "#server/platform/postgres.ts";
import { readSettings, type Settings } from "#server/platform/settings.ts";
import { openHouse } from "#server/roles/house.ts";

/** Opens this installation for a command: its database, running or not, and a context of our own. */
export async function withHouse<T>(use: (ctx: Ctx) => Promise<T>): Promise<T> {
  const settings = readSettings(process.env, []);
  const { url, stop } = await openDatabase(settings);
  try {
    await migrate(url);
    const media = { status: () => ({ state: "off" as const }), connection: () => undefined };
    const house = await openHouse({ settings, databaseUrl: url, media, log: createLog(settings.logLevel) }, 4);
    try {
      return await use(house.ctx);
    } finally {
      await house.close();
    }
  } finally {
    await stop();
  }
}

/** The database of this installation: the one that runs, else one started for as long as it is needed. */
export async function openDatabase({
  databaseUrl,
  dataDir,
}: Settings): Promise<{ url: string; stop: () => Promise<void> }> {
  const url = databaseUrl ?? (await findRunning(dataDir));
  return url ? { url, stop: async () => {} } : startPostgres({ dataDir });
}

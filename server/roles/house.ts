import { openMail } from "#server/gateways/mail.ts";
import type { Media } from "#server/gateways/media.ts";
import { openPush } from "#server/gateways/push.ts";
import { openRedis } from "#server/gateways/redis.ts";
import { openFiles } from "#server/gateways/s3.ts";
import { startClock } from "#server/platform/clock.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { assertIsolation, createDb, createPool } from "#server/platform/db.ts";
import type { Log } from "#server/platform/log.ts";
import type { Settings } from "#server/platform/settings.ts";
import { systemCtx } from "#server/roles/context.ts";

export interface House {
  settings: Settings;
  databaseUrl: string;
  media: Media;
  log: Log;
}

/** Opens what every doing of ours leans on, for the roles and for commands alike. */
export async function openHouse(
  { settings, databaseUrl, media, log }: House,
  connections: number,
): Promise<{ ctx: Ctx; close: () => Promise<void> }> {
  const clock = startClock(settings.clockFile);
  const db = createDb(createPool(databaseUrl, { max: connections, log }));
  await assertIsolation(db);
  const redis = await openRedis(settings, log);
  const gateways = { mail: openMail(settings), files: openFiles(settings), media, push: openPush(settings), redis };
  return {
    ctx: systemCtx({ db, gateways, settings, log, now: clock.now }),
    close: async () => {
      clock.stop();
      redis?.close();
      await db.destroy();
    },
  };
}

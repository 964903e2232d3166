import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

import type { Redis } from "#server/gateways/redis.ts";
import type { Log } from "#server/platform/log.ts";

interface Waking {
  databaseUrl: string;
  redis?: Redis;
  log: Log;
  /** A channel has something new. */
  wake: (channel: string) => void;
  /** Something may have been missed: looks at every channel that is heard here. */
  lookAtAll: () => Promise<void>;
  /** Rights changed; without a word about whose, anybody's. */
  askAgain: (about: { personId?: string; gatheringId?: string }) => void;
}

/** How often the channels are looked at, of which Redis may have kept something to itself. */
const lookMs = 500;
const looksWhileWell = 10;

/**
 * Hears what wakes this process, until what it returns is called: the database by its notifications and, where there is
 * one, Redis.
 *
 * The database tells at each reconnect what may have been missed. Redis takes no part in a commit, so all channels are
 * looked at besides: every five seconds, and twice a second while it is away.
 */
export async function listenForWakings(waking: Waking): Promise<() => Promise<void>> {
  const stopListening = await listenToDatabase(waking);
  const stopLooking = listenToRedis(waking);
  return async () => {
    stopLooking();
    await stopListening();
  };
}

function listenToRedis({ redis, wake, lookAtAll, log }: Waking): () => void {
  if (!redis) return () => {};
  redis.onWake(wake);
  let looks = 0;
  let isLooking = false;
  const look = async () => {
    looks++;
    if (isLooking || (redis.isReady() && looks % looksWhileWell !== 0)) return;
    isLooking = true;
    await lookAtAll().catch((error: unknown) => log.warn({ err: error }, "the channels could not be looked at"));
    isLooking = false;
  };
  const timer = setInterval(() => void look(), lookMs);
  return () => clearInterval(timer);
}

/** Listens on a connection of its own, and comes back by itself when the database does. */
async function listenToDatabase({ databaseUrl, log, wake, lookAtAll, askAgain }: Waking): Promise<() => Promise<void>> {
  const heard: Record<string, (payload: string) => void> = {
    plenary_operations: wake,
    plenary_rights: (about) => askAgain(JSON.parse(about)),
  };
  let client: pg.Client | undefined;
  let ended = false;
  const connect = async (): Promise<pg.Client> => {
    const next = new pg.Client({
      connectionString: databaseUrl,
      application_name: "plenary realtime",
      keepAlive: true,
    });
    next.on("notification", ({ channel, payload = "" }) => heard[channel]?.(payload));
    next.on("error", () => {}); // its end says the same
    await next.connect();
    next.once("end", () => void comeBack());
    for (const name of Object.keys(heard)) await next.query(`listen ${name}`);
    return next;
  };
  const comeBack = async () => {
    if (ended) return;
    log.warn("the live side lost the database and reconnects");
    for (;;) {
      await sleep(250);
      if (ended) return;
      try {
        client = await connect();
        askAgain({});
        return await lookAtAll();
      } catch {
        // Not back yet.
      }
    }
  };
  client = await connect();
  return async () => {
    ended = true;
    await client?.end();
  };
}

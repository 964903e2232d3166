import { setTimeout as sleep } from "node:timers/promises";
import type { RedisClientType } from "@redis/client";

import type { Log } from "#server/platform/log.ts";
import type { Settings } from "#server/platform/settings.ts";

export interface Tries {
  key: string;
  tries: number;
}

/** A Redis that all processes share. What it does the database can do too, so it may be away at any time. */
export interface Redis {
  isReady: () => boolean;
  /** Tells all processes that a channel has something new; what is lost on the way is lost. */
  wake: (channel: string) => void;
  /** Calls `hear` with each channel that any process wakes. */
  onWake: (hear: (channel: string) => void) => void;
  /**
   * Adds to the count of each key, which ends `milliseconds` after its first try; says how many tries that makes and how
   * long they still count, in the order of `all`. Nothing where Redis does not answer soon: some may be counted then.
   */
  count: (all: readonly Tries[], milliseconds: number) => Promise<{ tries: number; leftMs: number }[] | undefined>;
  close: () => void;
}

/** No request waits longer for an answer, and after such a wait none waits for a second. */
const patienceMs = 250;
const silenceMs = 1000;
const reconnectMs = 250;
/** A connection on which no question is answered for so long is given up and opened anew. */
const pingMs = 2000;
const hungMs = 5000;

/** The Redis of this installation, where there is one. It is connected to in its own time: nobody waits for it. */
export async function openRedis(
  { redisUrl, secrets }: Pick<Settings, "redisUrl" | "secrets">,
  log: Log,
): Promise<Redis | undefined> {
  if (!redisUrl) return undefined;
  // A start without it does not load it.
  const { createClient } = await import("@redis/client");
  const client = createClient({
    url: redisUrl,
    disableOfflineQueue: true,
    pingInterval: pingMs,
    maintNotifications: "disabled",
    socket: { connectTimeout: pingMs, socketTimeout: hungMs, reconnectStrategy: () => reconnectMs },
  }) as RedisClientType;
  tellOfOutages(client, log);
  client.connect().catch(() => {}); // closed before it came

  // Installations may share a Redis.
  const space = `plenary:${secrets.redis.slice(0, 16)}`;
  const topic = `${space}:channels`;
  const woken = new Set<string>();
  const isReady = () => client.isReady && performance.now() > silentUntil;
  let silentUntil = 0;
  return {
    isReady,
    wake: (channel) => {
      if (woken.size === 0) setImmediate(publish);
      woken.add(channel);
    },
    onWake: (hear) => {
      const subscribe = () => void client.subscribe(topic, hear).catch(() => {}); // asked again at the next connect
      client.on("ready", subscribe);
      if (client.isReady) subscribe();
    },
    count: async (all, milliseconds) => {
      if (!isReady()) return undefined;
      const answer = await Promise.race([count(all, milliseconds), sleep(patienceMs, undefined, { ref: false })]);
      if (!answer) silentUntil = performance.now() + silenceMs;
      return answer;
    },
    close: () => client.destroy(),
  };

  /** What was said in one breath wakes a channel once. */
  function publish(): void {
    for (const channel of woken) client.publish(topic, channel).catch(() => {});
    woken.clear();
  }

  async function count(all: readonly Tries[], milliseconds: number) {
    const asked = client.multi();
    for (const { key, tries } of all) {
      const name = `${space}:tries:${key}`;
      asked
        .set(name, 0, { expiration: { type: "PX", value: milliseconds }, condition: "NX" })
        .incrBy(name, tries)
        .pTTL(name);
    }
    const replies = await asked.exec().catch(() => undefined);
    return replies && all.map((_, n) => ({ tries: Number(replies[n * 3 + 1]), leftMs: Number(replies[n * 3 + 2]) }));
  }
}

/** Says once that it went and once that it came back, however often it is tried. */
function tellOfOutages(client: RedisClientType, log: Log): void {
  let isAway = false;
  client.on("error", (error: unknown) => {
    if (!isAway) log.warn({ err: error }, "Redis does not answer; the database does its work meanwhile");
    isAway = true;
  });
  client.on("ready", () => {
    if (isAway) log.warn("Redis is back");
    isAway = false;
  });
}

import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

import { socketPath } from "#contract/channel.ts";
import { versionOfPage } from "#server/modules/events/service/reading.ts";
import { viewerOf } from "#server/modules/identity/service/profile.ts";
import { channels, jobs } from "#server/modules.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { createPool } from "#server/platform/db.ts";
import { startWorker } from "#server/platform/jobs.ts";
import { listen } from "#server/platform/listen.ts";
import { builtPages, developedPages, mountPages } from "#server/platform/pages.ts";
import { startRealtime } from "#server/platform/realtime.ts";
import type { Settings } from "#server/platform/settings.ts";
import { startTracing } from "#server/platform/tracing.ts";
import { socketCtx } from "#server/roles/context.ts";
import { type House, openHouse } from "#server/roles/house.ts";
import { isMediaSocket, mountMedia } from "#server/roles/media.ts";
import { createWeb, isOursFor } from "#server/roles/web.ts";

export interface Running {
  /** Where the web role listens. */
  url: string;
  ctx: Ctx;
  /** Stops taking requests, finishes what is under way, then lets go of the database. */
  close: () => Promise<void>;
}

/** Starts the roles that the settings name, in this process. The database is migrated and the media engine is somebody else's care. */
export async function startRoles(options: House): Promise<Running> {
  const { settings, databaseUrl, log } = options;
  const has = (role: Settings["roles"][number]) => settings.roles.includes(role);
  const stopTracing = await startTracing(settings);
  const house = await openHouse(options, 20);
  const { ctx } = house;

  const app = createWeb(ctx);
  const sockets = rememberSockets(app);
  if (has("web")) {
    const source = settings.dev ? await developedPages(app) : await builtPages();
    mountPages(app, { settings, source, viewerOf, versionOf: versionOfPage });
  }
  if (has("realtime")) mountMedia(app, ctx);
  const isOurs = isOursFor(ctx);
  const ctxOf = (request: Parameters<typeof socketCtx>[1]) => socketCtx(ctx, request);
  await app.ready();
  const realtime = has("realtime")
    ? await startRealtime({ httpServer: app.server, databaseUrl, base: ctx, channels, ctxOf, isOurs, log })
    : undefined;
  refuseOtherUpgrades(app, settings);
  const worker = has("worker")
    ? await startWorker({
        pool: createPool(databaseUrl, { max: 10, log, plansAnew: true }),
        ctx,
        jobs,
        concurrency: 4,
        log,
      })
    : undefined;
  const listening = await listen(app, settings);

  return {
    url: listening.url,
    ctx,
    close: async () => {
      await realtime?.stop();
      // Not unref'd: with every handle let go, the process would end in the middle of closing.
      const cut = setTimeout(() => sockets.forEach((socket) => void socket.destroy()), 300);
      await listening.drain();
      clearTimeout(cut);
      await worker?.stop();
      await house.close();
      await stopTracing();
    },
  };
}

function rememberSockets(app: FastifyInstance): Set<Socket> {
  const sockets = new Set<Socket>();
  app.server.on("upgrade", (_request, socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  return sockets;
}

/** Socket.IO leaves upgrades alone that are not its own; those that nobody wants get an answer here. */
function refuseOtherUpgrades(app: FastifyInstance, settings: Settings): void {
  app.server.on("upgrade", (request, socket: Socket) => {
    const path = request.url ?? "";
    const isChannels = path.startsWith(`${socketPath}/`) || path.startsWith(`${socketPath}?`);
    if (settings.roles.includes("realtime") && (isChannels || isMediaSocket(path))) return;
    if (settings.dev && request.headers["sec-websocket-protocol"]?.startsWith("vite-")) return;
    socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n");
  });
}

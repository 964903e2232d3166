import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

import { refuseBroken, wantsSocket } from "#server/platform/http.ts";

export interface Listening {
  url: string;
  /** Takes no more requests, and returns when those under way have their answers. */
  drain: () => Promise<void>;
}

const drainPatienceMs = 10_000;
const glanceMs = 50;

/**
 * Opens the port. `localhost` means both loopback families, whatever the machine's list of names says: browsers try
 * `::1` first.
 */
export async function listen(app: FastifyInstance, ask: { host: string; port: number }): Promise<Listening> {
  const isLocal = ask.host === "localhost";
  const url = await app.listen({ host: isLocal ? "127.0.0.1" : ask.host, port: ask.port });
  const twin = isLocal ? await openTwin(app, Number(new URL(url).port)) : undefined;
  return { url, drain: () => drain(app, twin) };
}

async function drain(app: FastifyInstance, twin: Server | undefined): Promise<void> {
  const servers = twin ? [app.server, twin] : [app.server];
  // A connection that has got its answer stays open for the next request, which will not come any more.
  const idle = setInterval(() => servers.forEach((server) => void server.closeIdleConnections()), glanceMs);
  const late = setTimeout(() => servers.forEach((server) => void server.closeAllConnections()), drainPatienceMs);
  twin?.close();
  await Promise.all([app.close(), twin && once(twin, "close")]);
  clearInterval(idle);
  clearTimeout(late);
}

async function openTwin(app: FastifyInstance, port: number): Promise<Server | undefined> {
  const twin = createServer(
    { requestTimeout: app.server.requestTimeout, shouldUpgradeCallback: wantsSocket },
    app.routing,
  );
  twin.on("clientError", (error: Error & { code?: string }, socket: Socket) => refuseBroken(error, socket));
  twin.on("checkExpectation", app.routing);
  twin.on("upgrade", (...upgrade) => app.server.emit("upgrade", ...upgrade));
  twin.listen({ host: "::1", port, ipv6Only: true });
  try {
    await once(twin, "listening");
    return twin;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A machine without IPv6 is served by IPv4 alone.
    if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") return undefined;
    throw error;
  }
}

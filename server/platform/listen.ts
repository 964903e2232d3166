import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { FastifyInstance } from "fastify";

export interface Listening {
  url: string;
  /** Ends what does not end with the server itself. */
  close: () => void;
}

/**
 * Opens the port. `localhost` means both loopback families, whatever the machine's list of names says: browsers try
 * `::1` first.
 */
export async function listen(app: FastifyInstance, ask: { host: string; port: number }): Promise<Listening> {
  if (ask.host !== "localhost") return { url: await app.listen(ask), close: () => {} };
  const url = await app.listen({ host: "127.0.0.1", port: ask.port });
  const twin = await openTwin(app, Number(new URL(url).port));
  return {
    url,
    close: () => {
      twin?.close();
      twin?.closeAllConnections();
    },
  };
}

async function openTwin(app: FastifyInstance, port: number): Promise<Server | undefined> {
  const twin = createServer(app.routing);
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

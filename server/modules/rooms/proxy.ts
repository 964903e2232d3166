import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";

import { createMediaProxy } from "#server/gateways/media-proxy.ts";
import { mayConnect } from "#server/modules/rooms/service/doors.ts";
import type { Ctx } from "#server/platform/ctx.ts";

/** All that browsers may say to the engine. Its own API, its agents and its insides are nobody's business. */
const sockets = new Set(["/rtc", "/rtc/v1"]);
/** Where a browser whose socket was refused asks why. */
export const validatePaths = ["/rtc/validate", "/rtc/v1/validate"] as const;

export const isMediaSocket = (url: string): boolean => sockets.has(pathOf(url));

type IsOurs = (origin: string, host: string) => boolean;

export interface MediaDoor {
  upgrade: (request: IncomingMessage, socket: Socket, head: Buffer) => Promise<void>;
  validate: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** The one way to the engine: whoever connects is asked at the door of the room, each time anew. */
export function createMediaDoor(ctx: Ctx, isOurs: IsOurs): MediaDoor {
  const proxy = createMediaProxy(ctx.gateways.media);
  const ask = async (request: IncomingMessage): Promise<{ status: number; code: string } | undefined> => {
    const { origin, host = "" } = request.headers;
    if (origin && !isOurs(origin, host)) return { status: 403, code: "request.foreign_origin" };
    try {
      const answer = await mayConnect(ctx, tokenOf(request));
      return answer.allowed ? undefined : answer;
    } catch (error) {
      // The address carries the token, so only what went wrong is written down.
      ctx.log.error({ err: error }, "a connect to a room could not be asked about");
      return { status: 503, code: "internal" };
    }
  };
  return {
    upgrade: async (request, socket, head) => {
      const refusal = await ask(request);
      if (refusal) refuseSocket(socket, refusal);
      else if (!socket.destroyed) proxy.socket(request, socket, head);
    },
    validate: async (request, response) => {
      const refusal = await ask(request);
      // The browser's library hands this very text to our page, which finds its sentence by it.
      if (refusal) response.writeHead(refusal.status, { "content-type": "text/plain" }).end(refusal.code);
      else proxy.request(request, response);
    },
  };
}

const pathOf = (url: string): string => url.split("?", 1)[0] ?? "";

function tokenOf({ url = "", headers }: IncomingMessage): string {
  const { authorization = "" } = headers;
  if (authorization.startsWith("Bearer ")) return authorization.slice("Bearer ".length);
  return new URLSearchParams(url.split("?")[1] ?? "").get("access_token") ?? "";
}

function refuseSocket(socket: Socket, { status, code }: { status: number; code: string }): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: text/plain\r\n` +
      `content-length: ${Buffer.byteLength(code)}\r\n\r\n${code}`,
  );
}

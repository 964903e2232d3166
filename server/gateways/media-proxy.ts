import type { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { createProxyServer } from "http-proxy-3";

import type { Media } from "#server/gateways/media.ts";

export interface MediaProxy {
  /** Hands an upgrade on to the engine, and carries what is said there from then on. */
  socket: (request: IncomingMessage, socket: Socket, head: Buffer) => void;
  request: (request: IncomingMessage, response: ServerResponse) => void;
}

/** The pipe between browsers and the media engine. It decides nothing: who may pass is asked before. */
export function createMediaProxy(media: Media): MediaProxy {
  const proxy = createProxyServer({ ws: true, xfwd: true });
  proxy.on("error", (_error, _request, response) => refuse(response));
  const target = () => media.connection()?.url;
  return {
    socket: (request, socket, head) => {
      const url = target();
      if (url) proxy.ws(request, socket, head, { target: url });
      else refuse(socket);
    },
    request: (request, response) => {
      const url = target();
      if (url) proxy.web(request, response, { target: url });
      else refuse(response);
    },
  };
}

/** The engine went away in the middle of it: the browser tries again by itself. */
function refuse(response: ServerResponse | Socket): void {
  if (response instanceof Socket) {
    response.end("HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
  } else if (!response.headersSent) {
    response.writeHead(503, { "content-type": "text/plain" }).end("room.off");
  } else {
    response.destroy();
  }
}

import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

import { createMediaDoor, isMediaSocket, validatePaths } from "#server/modules/rooms/proxy.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { isOursFor } from "#server/roles/web.ts";

/** Opens the way to the media engine on our own port. Before `app.ready()`. */
export function mountMedia(app: FastifyInstance, ctx: Ctx): void {
  const door = createMediaDoor(ctx, isOursFor(ctx));
  for (const path of validatePaths) {
    app.get(path, async (request, reply) => {
      reply.hijack();
      await door.validate(request.raw, reply.raw);
    });
  }
  app.server.on("upgrade", (request, socket: Socket, head: Buffer) => {
    if (isMediaSocket(request.url ?? "")) void door.upgrade(request, socket, head);
  });
}

export { isMediaSocket };

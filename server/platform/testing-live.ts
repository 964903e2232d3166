import type { AddressInfo } from "node:net";
import { io } from "socket.io-client";

import { type Operation, socketPath } from "#contract/channel.ts";
import { channels } from "#server/modules.ts";
import { startRealtime } from "#server/platform/realtime.ts";
import type { TestApp } from "#server/platform/testing.ts";
import { socketCtx } from "#server/roles/context.ts";

type Answer = { ok: true; seq: number } | { ok: false; problem: { code: string } };

/** The live side of a test's app, on a port of its own; sockets come with the headers of their callers. */
export async function startLive(t: TestApp) {
  await t.app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = t.app.server.address() as AddressInfo;
  const { stop } = await startRealtime({
    httpServer: t.app.server,
    databaseUrl: t.databaseUrl,
    base: t.ctx,
    channels,
    ctxOf: (request) => socketCtx(t.ctx, request),
    isOurs: () => true,
    log: t.ctx.log,
  });
  const sockets: ReturnType<typeof io>[] = [];
  return {
    /** A socket that asks to hear a channel; remembers what it heard, and why it was sent away. */
    join: async (channel: string, headers: Record<string, string>) => {
      const socket = io(`http://127.0.0.1:${port}`, {
        path: socketPath,
        transports: ["websocket"],
        extraHeaders: headers,
        reconnection: false,
      });
      sockets.push(socket);
      const heard: Operation<string, unknown>[] = [];
      const left: string[] = [];
      socket.on("operations", (operations: Operation<string, unknown>[]) => heard.push(...operations));
      socket.on("left", ({ problem }: { problem: { code: string } }) => left.push(problem.code));
      const answer = (await socket.emitWithAck("join", { channel })) as Answer;
      return { answer, heard, left };
    },
    close: async () => {
      for (const socket of sockets) socket.disconnect();
      await stop();
    },
  };
}

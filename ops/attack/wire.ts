import { Agent, request } from "node:http";

import type { Reply } from "#ops/attack/judge.ts";

/** Speaks HTTP without tidying anything up: no address is normalized, nothing is followed. */
export function openWire(port: number): {
  send: (shot: { method: string; path: string; headers: Record<string, string>; body?: Buffer }) => Promise<Reply>;
  close: () => void;
} {
  const agent = new Agent({ keepAlive: true });
  return {
    send: ({ method, path, headers, body }) =>
      new Promise((resolve, reject) => {
        const length = body && !headers["transfer-encoding"] ? { "content-length": String(body.length) } : {};
        const one = request({ agent, host: "127.0.0.1", port, method, path, headers: { ...headers, ...length } });
        one.on("response", (response) => {
          const pieces: Buffer[] = [];
          response.on("data", (piece: Buffer) => pieces.push(piece));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(pieces).toString("utf8");
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
          });
        });
        one.on("error", reject);
        one.end(body);
      }),
    close: () => agent.destroy(),
  };
}

import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startTestApp, type TestApp } from "#server/platform/testing.ts";
import { socketCtx } from "#server/roles/context.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

function aRequest(remoteAddress: string, forwarded: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: remoteAddress });
  const request = new IncomingMessage(socket);
  request.headers["x-forwarded-for"] = forwarded;
  return request;
}

describe("the address of a socket", () => {
  it.each([
    ["what a trusted proxy saw", ["10.0.0.1"], "10.0.0.1", "203.0.113.7", "203.0.113.7"],
    ["not what its caller claims to a trusted proxy", ["10.0.0.1"], "10.0.0.1", "1.1.1.1, 203.0.113.7", "203.0.113.7"],
    ["its own when nobody trusts who brings it", ["10.0.0.1"], "198.51.100.9", "203.0.113.7", "198.51.100.9"],
    ["its own without a proxy", [], "127.0.0.1", "203.0.113.7", "127.0.0.1"],
  ])("is %s", async (_, trustedProxy, remote, forwarded, address) => {
    const system = { ...t.ctx, settings: { ...t.settings, trustedProxy } };
    expect((await socketCtx(system, aRequest(remote, forwarded))).from.address).toBe(address);
  });
});

import type { AddressInfo } from "node:net";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { pixel } from "#ops/attack/pixel.ts";
import { anEvent, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
  await t.app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => t.close());

/** Bytes as they are, past every client's good manners; what comes back until the line is cut. */
async function sendRaw(bytes: string): Promise<string> {
  const { port } = t.app.server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

describe("what is no request", () => {
  it.each([
    ["a torn head", "GET / HTTP/1.1\r\nno header\r\n\r\n", 400, "request.invalid"],
    [
      "two lengths",
      "POST /api/v1/events HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
      400,
      "request.invalid",
    ],
    [
      "a length and pieces",
      "POST /api/v1/events HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
      "request.invalid",
    ],
    [
      "an unknown coding",
      "POST /api/v1/events HTTP/1.1\r\nhost: x\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
      400,
      "request.invalid",
    ],
    ["no host at all", "GET /health HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n", 400, "request.invalid"],
    [
      "a port without end",
      "GET /health HTTP/1.1\r\nhost: x:99999\r\nconnection: close\r\n\r\n",
      400,
      "request.invalid",
    ],
    ["two hosts", "GET /health HTTP/1.1\r\nhost: x\r\nhost: y\r\nconnection: close\r\n\r\n", 400, "request.invalid"],
    ["a folded header", "GET / HTTP/1.1\r\nhost: x\r\na: b\r\n c\r\n\r\n", 400, "request.invalid"],
    [
      "headers without end",
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${"x".repeat(40_000)}\r\n\r\n`,
      431,
      "request.headers_too_large",
    ],
  ])("is a problem too: %s", async (_what, bytes, status, code) => {
    const answer = await sendRaw(bytes);

    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain("content-type: application/problem+json");
    expect(answer).toContain(`"code":"${code}"`);
  });

  it("may not take for ever", () => {
    expect(t.app.server.headersTimeout).toBeLessThanOrEqual(60_000);
    expect(t.app.server.requestTimeout).toBeGreaterThan(0);
    expect(t.app.server.requestTimeout).toBeLessThanOrEqual(120_000);
  });
});

describe("an offer to speak another protocol", () => {
  beforeAll(() => void t.app.server.on("upgrade", (_request, socket: Socket) => socket.end("HTTP/1.1 101 \r\n\r\n")));

  const get = (offer: string) =>
    sendRaw(`GET /health HTTP/1.1\r\nhost: x\r\nconnection: upgrade, close\r\nupgrade: ${offer}\r\n\r\n`);

  it("is passed over by a request that can do without it", async () => {
    expect(await get("h2c")).toMatch(/^HTTP\/1.1 200 /);
  });

  it("is taken where sockets are opened", async () => {
    expect(await get("WebSocket")).toMatch(/^HTTP\/1.1 101 /);
  });
});

describe("an address", () => {
  it.each(["DELETE", "PUT", "PATCH", "TRACE", "OPTIONS"] as const)("says what it is for, to %s too", async (method) => {
    const reply = await t.request({ method: method as "PUT", url: "/api/v1/registrations/me", payload: "{" });

    expect([reply.statusCode, reply.json().code]).toEqual([405, "route.wrong_method"]);
    expect(reply.headers.allow).toBe("GET, HEAD");
  });

  it("takes JSON and nothing else", async () => {
    const headers = { "content-type": "text/plain" };
    const reply = await t.request({ method: "POST", url: "/api/v1/auth/logout", headers, payload: "{}" });

    expect([reply.statusCode, reply.json().code]).toEqual([415, "request.media_type"]);
  });

  it("takes no bytes that are no text", async () => {
    const payload = Buffer.from('{"name":"\xff\xfe"}', "latin1");
    const headers = { "content-type": "application/json" };
    const reply = await t.request({ method: "POST", url: "/api/v1/auth/login", headers, payload });

    expect([reply.statusCode, reply.json()]).toEqual([
      400,
      expect.objectContaining({ code: "request.invalid", fields: [] }),
    ]);
  });

  it("is asked for in a language as pages are, by routes that take nothing else too", async () => {
    const says = async (path: string) => (await t.get(path, undefined, { "accept-language": "en" })).json();

    expect((await says("/events?lang=de")).items).toEqual([]);
    expect((await says("/events/nowhere?lang=de")).title).toBe("Diese Veranstaltung gibt es nicht.");
    expect((await says("/events?lang=de&language=en&tip=1")).fields).toEqual([
      { at: "query", code: "unrecognized_keys", says: "Hier hat nichts diesen Namen: tip." },
    ]);
    const guest = await t.post("/events/nowhere/register?lang=de", { attendees: [{ name: "Ada" }] });
    expect(guest.json().fields).toEqual([
      { at: "body.attendees.0.email", code: "invalid_type.string", says: "Bitte fülle das aus." },
    ]);
  });
});

describe("whatever is no page", () => {
  const kinds = async (): Promise<[kind: string, path: string, as?: Someone, own?: object][]> => {
    const { eventId, host, slug } = await anEvent(t);
    const cover = { method: "PUT", url: `/api/v1/events/${eventId}/cover`, payload: pixel } as const;
    const headers = { cookie: host.cookie, "content-type": "image/png" };
    const { coverUrl } = (await t.request({ ...cover, headers })).json();
    const ofAll = { "cross-origin-resource-policy": "cross-origin" };
    return [
      ["application/json", "/health"],
      ["application/json", "/ready"],
      ["text/plain", "/metrics"],
      ["application/json", "/.well-known/jwks.json"],
      ["application/json", "/api/v1/events"],
      ["application/json", "/api/v1/openapi.json"],
      ["application/problem+json", "/api/v1/nowhere"],
      ["application/problem+json", "/api/v1/events/%zz"],
      ["application/problem+json", "/%zz"],
      ["application/problem+json", "/nowhere"],
      ["text/calendar", `/api/v1/events/${slug}/calendar.ics`],
      ["text/csv", `/api/v1/events/${eventId}/participants.csv`, host],
      ["application/vnd.openxmlformats", `/api/v1/events/${eventId}/participants.xlsx`, host],
      ["image/png", `/api/v1/events/${eventId}/preview.png`, undefined, ofAll],
      ["image/", coverUrl, undefined, ofAll],
    ];
  };

  it("runs nothing when it is opened as one, is framed by nobody and is no part of another site", async () => {
    for (const [kind, url, as, own] of await kinds()) {
      const { headers } = await t.request({ method: "GET", url, headers: as && { cookie: as.cookie } });
      expect.soft(headers["content-type"], url).toMatch(kind);
      expect.soft(headers, url).toMatchObject({
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": expect.stringContaining("camera=(self)"),
        "referrer-policy": "strict-origin-when-cross-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        ...own,
      });
    }
  });
});

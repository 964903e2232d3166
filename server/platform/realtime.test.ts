import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { type Operation, socketPath } from "#contract/channel.ts";
import { channels } from "#server/modules.ts";
import { askAgain } from "#server/platform/channels.ts";
import { inTx } from "#server/platform/ctx.ts";
import { withClient } from "#server/platform/postgres.ts";
import { startRealtime } from "#server/platform/realtime.ts";
import { aGuestAt, anEvent, type GuestAt, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { socketCtx } from "#server/roles/context.ts";

let t: TestApp;
let url: string;
let realtime: Awaited<ReturnType<typeof startRealtime>>;
const startLiveSide = (httpServer: Server) =>
  startRealtime({
    httpServer,
    databaseUrl: t.databaseUrl,
    base: t.ctx,
    channels,
    ctxOf: (request) => socketCtx(t.ctx, request),
    isOurs: (origin) => origin === t.settings.publicUrl,
    log: t.ctx.log,
  });
beforeAll(async () => {
  t = await startTestApp();
  realtime = await startLiveSide(t.app.server);
  url = await t.app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  await realtime.stop();
  await t.close();
});

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

let gatheringId: string;
let host: Someone;
let grace: GuestAt;
let chat: string;
beforeEach(async () => {
  ({ gatheringId, host } = await anEvent(t, { format: "virtual" }));
  grace = await aGuestAt(t, gatheringId, { name: "Grace" });
  chat = `gathering/${gatheringId}/chat`;
});

/** A socket of somebody, and all that it heard. */
async function listen(headers: Record<string, string>, at = url) {
  const socket = io(at, { path: socketPath, transports: ["websocket"], extraHeaders: headers, reconnection: false });
  open.push(socket);
  const heard: Operation[] = [];
  const left: { channel: string; problem: { code: string; title: string } }[] = [];
  socket.on("operations", (operations: Operation[]) => heard.push(...operations));
  socket.on("left", (what) => left.push(what));
  await new Promise<void>((done, failed) => socket.once("connect", done).once("connect_error", failed));
  const ask = (event: string, body: object) => socket.timeout(30_000).emitWithAck(event, body);
  return { socket, heard, left, ask };
}

const say = (text: string, guest = grace) =>
  t.post(`/gatherings/${gatheringId}/messages`, { text }, undefined, guest.headers);
const textsOf = (operations: Operation[]) => operations.map(({ body }) => (body as { text: string }).text);

describe("a channel", () => {
  it("brings each operation once and in order to all who listen, also of many speakers at once", async () => {
    const [one, two] = [await listen(grace.headers), await listen({ cookie: host.cookie })];
    await Promise.all([one, two].map(({ ask }) => ask("join", { channel: chat })));
    const guests = await Promise.all(Array.from({ length: 8 }, (_, n) => aGuestAt(t, gatheringId, { name: `G${n}` })));

    await Promise.all(guests.flatMap((guest) => [say("a", guest), say("b", guest), say("c", guest)]));

    for (const { heard } of [one, two]) {
      await expect.poll(() => heard).toHaveLength(24);
      expect(heard.map(({ seq }) => seq)).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
    }
  });

  it("keeps the order in which somebody writes, however fast", async () => {
    const { heard, ask } = await listen(grace.headers);
    await ask("join", { channel: chat });
    const words = Array.from({ length: 8 }, (_, n) => String(n));

    await Promise.all(
      words.map((text) => ask("message", { channel: chat, op: "say", body: { text, nonce: randomUUID() } })),
    );

    await expect.poll(() => heard).toHaveLength(8);
    expect(textsOf(heard)).toEqual(words);
  });

  it("is neither heard nor written to by who has still to accept what their door asks", async () => {
    const { eventId } = await anEvent(t, { format: "virtual", conduct: "Be kind." });
    const [own] = await t.db.selectFrom("gatherings").select("id").where("source_id", "=", eventId).execute();
    const lin = await aGuestAt(t, own?.id ?? "", { name: "Lin" });
    const { ask } = await listen(lin.headers);
    const channel = `gathering/${own?.id}/chat`;

    const joined = await ask("join", { channel });
    const said = await ask("message", { channel, op: "say", body: { text: "Hello", nonce: randomUUID() } });

    expect([joined, said]).toMatchObject([{ problem: { code: "auth.forbidden" } }, { problem: { status: 403 } }]);
    expect(await ask("join", { channel: `gathering/${own?.id}/room` })).not.toHaveProperty("problem");
  });

  it("is heard without a gap in every process that holds sockets, with the database alone between them", async () => {
    const elsewhere = createServer();
    const second = await startLiveSide(elsewhere);
    await new Promise<void>((done) => elsewhere.listen(0, "127.0.0.1", done));
    const { port } = elsewhere.address() as AddressInfo;
    const here = await listen(grace.headers);
    const there = await listen({ cookie: host.cookie }, `http://127.0.0.1:${port}`);
    await Promise.all([here, there].map(({ ask }) => ask("join", { channel: chat })));

    const wordOf = (side: typeof here, n: number) =>
      side.ask("message", { channel: chat, op: "say", body: { text: String(n), nonce: randomUUID() } });
    await Promise.all(Array.from({ length: 8 }, (_, n) => wordOf(n % 2 === 0 ? here : there, n)));

    for (const { heard } of [here, there]) {
      await expect.poll(() => heard).toHaveLength(8);
      expect(heard.map(({ seq }) => seq)).toEqual(Array.from({ length: 8 }, (_, n) => n + 1));
    }
    for (const { socket } of [here, there]) socket.close();
    await second.stop();
    elsewhere.close();
  });

  it("tells after a cut what was missed, from the number that is known", async () => {
    const first = await listen(grace.headers);
    await first.ask("join", { channel: chat });
    await say("before");
    await expect.poll(() => first.heard).toHaveLength(1);
    first.socket.close();
    await say("missed 1");
    await say("missed 2");

    const again = await listen(grace.headers);
    const { seq, operations } = await again.ask("join", { channel: chat, since: 1 });

    expect(seq).toBe(3);
    expect(textsOf(operations)).toEqual(["missed 1", "missed 2"]);
  });

  it("loses nothing between joining and hearing, whenever somebody speaks", async () => {
    let isSpeaking = true;
    const speaking = (async () => {
      const guests = await Promise.all(Array.from({ length: 6 }, () => aGuestAt(t, gatheringId)));
      for (let n = 0; isSpeaking; n += 1) await say(`word ${n}`, guests[n % 6]);
    })();
    const seen = [];
    for (let n = 0; n < 8; n += 1) {
      const { heard, ask, socket } = await listen(grace.headers);
      const { seq } = await ask("join", { channel: chat });
      await expect.poll(() => heard.some((operation) => operation.seq > seq + 2)).toBe(true);
      const after = heard.map((operation) => operation.seq).filter((number) => number > seq);
      seen.push(after.every((number, at) => number === seq + 1 + at));
      socket.close();
    }
    isSpeaking = false;
    await speaking;

    expect(seen).toEqual(Array(8).fill(true));
  });

  it("goes on after the database has cut the line to it", async () => {
    const { heard, ask } = await listen(grace.headers);
    await ask("join", { channel: chat });

    await withClient(t.databaseUrl, (client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'plenary realtime'`,
      ),
    );
    await say("during the cut");

    await expect.poll(() => textsOf(heard)).toEqual(["during the cut"]);
  });

  it("takes words and answers them, or refuses them with a code", async () => {
    const { ask } = await listen(grace.headers);

    expect(await ask("message", { channel: chat, op: "say", body: { text: "Hello" } })).toMatchObject({
      ok: true,
      reply: { text: "Hello", displayName: "Grace" },
    });
    for (const body of [{}, { text: "" }, { text: "x", more: 1 }, null, "x"]) {
      expect(await ask("message", { channel: chat, op: "say", body })).toMatchObject({
        ok: false,
        problem: { code: "request.invalid" },
      });
    }
    expect((await ask("message", { channel: chat, op: "shout", body: {} })).problem.code).toBe("request.invalid");
  });

  it.each([
    ["message", { op: "constructor", body: {} }],
    ["message", { op: "__proto__", body: {} }],
    ["message", { op: "say", body: { text: "a\0b" } }],
    ["message", { op: "say", body: { text: "\ud800" } }],
    ["message", { op: "say" }],
    ["join", { since: Number.MAX_SAFE_INTEGER + 1 }],
    ["join", { since: "1" }],
    ["leave", { channel: 1 }],
  ])("refuses what makes no sense: %s %j", async (event, body) => {
    const { ask } = await listen(grace.headers);

    const answer = await ask(event, { channel: chat, ...body });

    expect(answer).toMatchObject({ ok: false, problem: { code: "request.invalid" } });
  });

  it("says nothing new after a number that nobody has reached", async () => {
    const { ask } = await listen(grace.headers);

    const answer = await ask("join", { channel: chat, since: Number.MAX_SAFE_INTEGER });

    expect(answer).toEqual({ ok: true, seq: 0, operations: [] });
  });
});

describe("a right", () => {
  it("is asked for at each join", async () => {
    const nobody = await listen({});
    const waiting = await listen((await aGuestAt(t, gatheringId, { status: "waitlisted" })).headers);

    expect((await nobody.ask("join", { channel: chat })).problem.code).toBe("auth.required");
    expect((await waiting.ask("join", { channel: chat })).problem.code).toBe("auth.forbidden");
    expect((await nobody.ask("join", { channel: "gathering/nowhere" })).problem.code).toBe("channel.not_found");
    expect((await nobody.ask("join", { channel: "gathering/x/chat" })).problem.code).toBe("channel.not_found");
    // Nobody would ever be heard there.
    const shouted = chat.replace(gatheringId, gatheringId.toUpperCase());
    expect((await nobody.ask("join", { channel: shouted })).problem.code).toBe("channel.not_found");
    expect((await nobody.ask("join", {})).problem.code).toBe("request.invalid");
  });

  it("that is taken away is felt at once: nothing is heard any more, and nothing can be said", async () => {
    const lin = await aGuestAt(t, gatheringId, { name: "Lin" });
    const [banned, other] = [await listen(grace.headers), await listen(lin.headers)];
    await Promise.all([banned, other].map(({ ask }) => ask("join", { channel: chat })));

    await t.post(`/gatherings/${gatheringId}/people/${grace.personId}/ban`, {}, host);
    await t.settle();
    await expect.poll(() => banned.left).toHaveLength(1);
    await say("without her", lin);

    await expect.poll(() => textsOf(other.heard)).toEqual(["without her"]);
    expect(banned.heard).toEqual([]);
    expect(other.left).toEqual([]);
    expect(banned.left[0]).toMatchObject({ channel: chat, problem: { code: "auth.forbidden" } });
    const reply = await banned.ask("message", { channel: chat, op: "say", body: { text: "Hello?" } });
    expect(reply.ok).toBe(false);
  });

  it("that still stands survives the question", async () => {
    const { heard, left, ask } = await listen(grace.headers);
    await ask("join", { channel: chat });

    await inTx(t.ctx, (tctx) => askAgain(tctx, { gatheringId }));
    await say("still here");

    await expect.poll(() => textsOf(heard)).toEqual(["still here"]);
    expect(left).toEqual([]);
  });
});

describe("a refusal", () => {
  it("speaks the reader's language, also when nobody was asked for", async () => {
    const german = { ...grace.headers, "accept-language": "de" };
    const { ask, left } = await listen(german);
    expect((await ask("join", { channel: "gathering/nowhere/chat" })).problem.title).toBe(
      "Diesen Kanal gibt es nicht.",
    );
    await ask("join", { channel: chat });

    const pushed = await Promise.all(Array.from({ length: 400 }, () => ask("leave", {})));
    const slowed = pushed.find(({ problem }) => problem.code === "rate.limited");
    expect(slowed?.problem.title).toBe("Zu viele Versuche. Bitte warte einen Moment.");
    await t.post(`/gatherings/${gatheringId}/people/${grace.personId}/ban`, {}, host);
    await t.settle();
    await expect.poll(() => left[0]?.problem.title).toBe("Das darfst du nicht.");
  });
});

describe("a socket", () => {
  it("is refused from foreign pages", async () => {
    await expect(listen({ origin: "https://elsewhere.example" })).rejects.toThrow();
    await expect(listen({ origin: t.settings.publicUrl })).resolves.toBeDefined();
  });

  it("that asks without end is slowed down", async () => {
    const { ask } = await listen({ ...grace.headers, "accept-language": "de" });

    const since = performance.now();
    const replies = await Promise.all(Array.from({ length: 400 }, () => ask("leave", { channel: chat })));
    const seconds = (performance.now() - since) / 1000;

    expect(replies.filter(({ ok }) => ok).length).toBeLessThanOrEqual(3 * 20 + Math.ceil(seconds * 20));
    expect(replies.find(({ ok }) => !ok)?.problem).toMatchObject({
      code: "rate.limited",
      title: "Zu viele Versuche. Bitte warte einen Moment.",
    });
  });
});

import { randomUUID, randomUUIDv7 } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  aGuestAt,
  anEvent,
  aUser,
  type GuestAt,
  type Someone,
  startTestApp,
  type TestApp,
} from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

let gatheringId: string;
let host: Someone;
let grace: GuestAt;
beforeEach(async () => {
  ({ gatheringId, host } = await anEvent(t, { format: "virtual" }));
  grace = await aGuestAt(t, gatheringId, { name: "Grace" });
});

const say = (text: unknown, guest: GuestAt | undefined = grace, over: object = {}) =>
  t.post(`/gatherings/${gatheringId}/messages`, { text, ...over }, undefined, guest.headers);
const send = (method: "GET" | "PATCH" | "DELETE", path: string, guest: GuestAt = grace, payload?: object) =>
  t.request({ method, url: `/api/v1/gatherings/${gatheringId}${path}`, headers: guest.headers, payload });
const told = async () =>
  (
    await t.db
      .selectFrom("channel_operations")
      .select(["op", "seq", "body"])
      .where("channel", "=", `gathering/${gatheringId}/chat`)
      .orderBy("seq")
      .execute()
  ).map(({ op, seq, body }) => ({ op, seq, body: body as { text?: string } }));

describe("POST /gatherings/:gatheringId/messages", () => {
  it("is for whoever belongs there, with a link or an account, under the name they show", async () => {
    const reply = await say("Hello");
    const byHost = await t.post(`/gatherings/${gatheringId}/messages`, { text: "Welcome" }, host);

    expect(reply.statusCode).toBe(201);
    expect(reply.json()).toMatchObject({ displayName: "Grace", as: "attendee", text: "Hello", seq: 1 });
    expect(byHost.json()).toMatchObject({ displayName: host.name, as: "host", seq: 2 });
    expect(await told()).toMatchObject([
      { op: "said", body: { text: "Hello" } },
      { op: "said", body: { text: "Welcome" } },
    ]);
  });

  it("refuses strangers, those who wait, and those whose place is gone", async () => {
    const waiting = await aGuestAt(t, gatheringId, { status: "waitlisted" });
    const gone = await aGuestAt(t, gatheringId, { status: "cancelled" });
    const stranger = await aUser(t);

    expect((await say("Hello", waiting)).json().code).toBe("access.waitlisted");
    expect((await say("Hello", gone)).json().code).toBe("access.registration_needed");
    expect((await t.post(`/gatherings/${gatheringId}/messages`, { text: "Hello" }, stranger)).json().code).toBe(
      "access.registration_needed",
    );
    expect((await t.post(`/gatherings/${gatheringId}/messages`, { text: "Hello" })).json().code).toBe("auth.required");
    expect(await told()).toEqual([]);
  });

  it.each(["", "   ", "x".repeat(2001), 7, "a\0b"])("refuses words that are %j", async (text) => {
    expect((await say(text)).json().code).toBe("request.invalid");
  });

  it("keeps what is written exactly as it is, whatever it looks like", async () => {
    const text = "<script>alert(1)</script> & 'quotes' 👩🏽‍🚀";

    expect((await say(text)).json().text).toBe(text);
    expect((await send("GET", "/messages")).json().items[0].text).toBe(text);
  });

  it("says once what is sent twice under one mark, and lets nobody take another's mark", async () => {
    const nonce = randomUUID();
    const lin = await aGuestAt(t, gatheringId, { name: "Lin" });

    const replies = await Promise.all([say("Once", grace, { nonce }), say("Once", grace, { nonce })]);

    expect(replies.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    expect(await told()).toHaveLength(1);
    expect((await say("Mine", lin, { nonce })).json().code).toBe("request.invalid");
  });

  it("takes two guests behind one address for two, also where their keys are the same", async () => {
    const lin = await aGuestAt(t, gatheringId, { name: "Lin" });
    const once = (guest: GuestAt) =>
      t.post(`/gatherings/${gatheringId}/messages`, { text: "Hello" }, undefined, {
        ...guest.headers,
        "idempotency-key": "mine",
      });

    const [first, again, other] = [await once(grace), await once(grace), await once(lin)];

    expect(again.json().id).toBe(first.json().id);
    expect(other.json()).toMatchObject({ displayName: "Lin", seq: 2 });
  });

  it("slows down who says too much, and nobody else", async () => {
    const lin = await aGuestAt(t, gatheringId, { name: "Lin" });
    const replies = [];
    for (let n = 0; n < 31; n += 1) replies.push(await say(`Word ${n}`));

    expect(replies.at(-2)?.statusCode).toBe(201);
    expect(replies.at(-1)?.json().code).toBe("rate.limited");
    expect((await say("Hello", lin)).statusCode).toBe(201);
  });

  it("is off where the organizer has switched it off", async () => {
    await t.db
      .updateTable("gatherings")
      .set({ settings: JSON.stringify({ virtualConfig: { enabled: true }, chat: { enabled: false } }) })
      .where("id", "=", gatheringId)
      .execute();

    expect((await say("Hello")).json().code).toBe("chat.off");
    expect((await send("GET", "/messages")).json().code).toBe("chat.off");
  });

  it("numbers without a hole, however many speak at once", async () => {
    const guests = await Promise.all(Array.from({ length: 10 }, (_, n) => aGuestAt(t, gatheringId, { name: `G${n}` })));

    await Promise.all(guests.flatMap((guest) => [say("One", guest), say("Two", guest)]));

    expect((await told()).map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });
});

describe("GET /gatherings/:gatheringId/messages", () => {
  it("goes back page by page, newest first, and says from where the channel goes on", async () => {
    for (let n = 1; n <= 7; n += 1) await say(`Word ${n}`);

    const first = (await send("GET", "/messages?limit=3")).json();
    const second = (await send("GET", `/messages?limit=3&cursor=${first.nextCursor}`)).json();
    const third = (await send("GET", `/messages?limit=3&cursor=${second.nextCursor}`)).json();

    const words = [first, second, third].flatMap(({ items }) => items.map(({ text }: { text: string }) => text));
    expect(words).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `Word ${n}`));
    expect(first.seq).toBe(7);
    expect(third.nextCursor).toBeNull();
    expect((await send("GET", "/messages?cursor=x")).json().code).toBe("request.invalid");
  });
});

describe("what was said", () => {
  it("may be changed by who said it, and what it was is nowhere kept", async () => {
    const { id } = (await say("Wrod")).json();
    const lin = await aGuestAt(t, gatheringId, { name: "Lin" });

    expect((await send("PATCH", `/messages/${id}`, lin, { text: "Word" })).json().code).toBe("auth.forbidden");
    expect((await send("PATCH", `/messages/${id}`, grace, { text: "Word" })).json()).toMatchObject({ text: "Word" });

    expect(JSON.stringify(await told())).not.toContain("Wrod");
    expect(await told()).toMatchObject([{ op: "said" }, { op: "edited", body: { text: "Word" } }]);
  });

  it("may be deleted by who said it and by hosts, and its words leave the history too", async () => {
    const own = (await say("My secret")).json();
    const other = (await say("An insult")).json();
    const lin = await aGuestAt(t, gatheringId, { name: "Lin" });

    expect((await send("DELETE", `/messages/${own.id}`, lin)).json().code).toBe("auth.forbidden");
    expect((await send("DELETE", `/messages/${own.id}`)).statusCode).toBe(204);
    expect(
      (await t.send("DELETE", `/gatherings/${gatheringId}/messages/${other.id}`, undefined, host)).statusCode,
    ).toBe(204);
    expect((await send("DELETE", `/messages/${own.id}`)).statusCode).toBe(204);

    expect(JSON.stringify(await told())).not.toMatch(/secret|insult/);
    const { items } = (await send("GET", "/messages")).json();
    expect(items).toMatchObject([{ text: "", deletedAt: expect.any(String) }, { text: "" }]);
    expect((await send("PATCH", `/messages/${own.id}`, grace, { text: "Back" })).json().code).toBe("message.not_found");
    expect((await send("DELETE", `/messages/${randomUUIDv7()}`)).json().code).toBe("message.not_found");
  });
});

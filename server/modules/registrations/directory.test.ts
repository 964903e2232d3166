import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { anEvent, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest } from "#server/platform/testing-guests.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

type Guest = Awaited<ReturnType<typeof aGuest>>;
const list = (event: { eventId: string }, link: Record<string, string> = {}) =>
  t.get(`/events/${event.eventId}/attendees`, undefined, link);
const say = ({ id, link }: Pick<Guest, "id" | "link">, body: object) =>
  t.send("PUT", `/registrations/${id}/listing`, body, undefined, link);

describe("who's coming", () => {
  it("shows nobody who has not agreed, and of the others the name they chose and nothing else", async () => {
    const event = await anEvent(t);
    const [ada, lin] = [await aGuest(t, event, { name: "Ada" }), await aGuest(t, event, { name: "Lin" })];

    expect((await list(event, lin.link)).json()).toEqual({ items: [], nextCursor: null, count: 0 });
    expect((await say(ada, { isListed: true, displayName: "Countess" })).json()).toEqual({
      isListed: true,
      displayName: "Countess",
    });

    expect((await list(event, lin.link)).json()).toEqual({
      items: [{ displayName: "Countess", isMe: false }],
      nextCursor: null,
      count: 1,
    });
    expect((await list(event, ada.link)).json().items[0].isMe).toBe(true);
    expect((await t.get(`/registrations/${ada.id}`, undefined, ada.link)).json().name).toBe("Ada");
  });

  it("keeps the name they chose, whoever corrects the one they registered with", async () => {
    const event = await anEvent(t);
    const [ada, lin] = [await aGuest(t, event, { name: "Ada" }), await aGuest(t, event, { name: "Lin" })];
    await say(ada, { isListed: true, displayName: "Countess" });
    await say(lin, { isListed: true });
    const correct = ({ id, email }: Guest, name: string) =>
      t.send("PUT", `/registrations/${id}/holder`, { name, email }, event.host);

    await correct(ada, "Ada Lovelace");
    await correct(lin, "Lin Clark");

    const { items } = (await list(event, lin.link)).json();
    expect(items.map(({ displayName }: { displayName: string }) => displayName)).toEqual(["Countess", "Lin Clark"]);
    expect((await t.get(`/registrations/${ada.id}`, undefined, ada.link)).json().name).toBe("Ada Lovelace");
  });

  it("forgets at once who leaves it, gives back the seat or hands it on", async () => {
    const event = await anEvent(t);
    const guests = [await aGuest(t, event), await aGuest(t, event), await aGuest(t, event)];
    const [one, two, three] = guests as [Guest, Guest, Guest];
    const last = await aGuest(t, event);
    for (const guest of guests) await say(guest, { isListed: true });

    await say(one, { isListed: false });
    await t.send("DELETE", `/registrations/${two.id}`, undefined, undefined, two.link);
    const holder = { name: "Nell", email: `${crypto.randomUUID()}@example.org` };
    await t.send("PUT", `/registrations/${three.id}/holder`, holder, undefined, three.link);

    expect((await list(event, last.link)).json()).toMatchObject({ items: [], count: 0 });
  });

  it("is for those who come, and for nobody else to say", async () => {
    const event = await anEvent(t, { needsApproval: true });
    const asks = await aGuest(t, event);

    expect((await list(event)).json().code).toBe("auth.required");
    expect((await t.get(`/events/${event.eventId}/attendees`, await aUser(t))).json().code).toBe(
      "access.registration_needed",
    );
    expect((await list(event, asks.link)).json().code).toBe("access.approval_pending");
    expect((await say(asks, { isListed: true })).json().code).toBe("registration.wrong_status");
    const byHost = await t.send("PUT", `/registrations/${asks.id}/listing`, { isListed: true }, event.host);
    expect(byHost.json().code).toBe("registration.not_found");
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { aGuestAt, anEvent, aRole, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

type Event = Awaited<ReturnType<typeof anEvent>>;

const draft = { subject: "Bring a cup", markdown: "We have **tea**.\n\n<script>alert(1)</script>" };
const write = async (event: Event, over: object = {}, as = event.host) =>
  t.post(`/events/${event.eventId}/mailings`, { ...draft, ...over }, as);
const written = async (event: Event, over: object = {}): Promise<string> => (await write(event, over)).json().id;
const get = async (event: Event, id: string) => (await t.get(`/mailings/${id}`, event.host)).json();
const act = (event: Event, id: string, what: string, body: object = {}) =>
  t.post(`/mailings/${id}/${what}`, body, event.host);
const gotIt = async (email: string) => (await t.lettersTo(email)).filter(({ kind }) => kind === "mailing");

describe("a letter to those who registered", () => {
  it("reaches each of those it is meant for once, in the slow lane, and nobody else", async () => {
    const event = await anEvent(t, { format: "hybrid" });
    const seated = await Promise.all(Array.from({ length: 3 }, () => aGuestAt(t, event.gatheringId)));
    const cancelled = await aGuestAt(t, event.gatheringId, { status: "cancelled" });
    const there = await aGuestAt(t, event.gatheringId, { side: "in_person" });
    const [german] = seated;
    const { userId, personId } = await aUser(t);
    await t.query(`update users set locale = 'de' where id = '${userId}';
      delete from people where id = '${personId}'; update people set user_id = '${userId}' where id = '${german?.personId}'`);
    const id = await written(event, { meantFor: { sides: ["virtual"] } });
    expect((await get(event, id)).counts).toMatchObject({ meant: 3, done: 0 });

    const accepted = await act(event, id, "send");
    expect(accepted.statusCode).toBe(202);
    // Nobody got it yet, but nothing is waited for.
    expect(accepted.json()).toMatchObject({ status: "sending", counts: { done: 0 } });
    await t.settle();
    const facts = await t.db.selectFrom("facts").select("id").where("name", "=", "mailing.due").execute();
    for (const fact of facts) {
      await t.query(`update facts set delivered = '{}' where id = '${fact.id}'`);
      await t.runFact(fact.id);
    }
    await t.settle();

    for (const { email } of seated) {
      const [letter, ...more] = await gotIt(email);
      expect(more).toEqual([]);
      expect(letter).toMatchObject({ lane: "bulk", subject: "Bring a cup" });
      expect(letter?.html).toContain("<strong>tea</strong>");
      expect(letter?.html).not.toContain("<script");
      expect(letter?.text).toContain("\nWe have tea.\n");
      expect(letter?.text).toContain("/unsubscribe/");
      expect(letter?.text).toContain(`/events/${event.slug}?occurrence_id=${event.gatheringId}`);
    }
    // The registration is in English, the account in German.
    expect((await gotIt(german?.email ?? ""))[0]?.text).toContain("Zur Veranstaltung");
    for (const { email } of [cancelled, there]) expect(await gotIt(email)).toEqual([]);
    expect(await get(event, id)).toMatchObject({ status: "sent", counts: { meant: 3, done: 3, handedOver: 3 } });
  });

  it("goes on part by part until all had their turn, and can be stopped for good in between", async () => {
    const event = await anEvent(t);
    for (let n = 0; n < 101; n += 1) await aGuestAt(t, event.gatheringId);
    const id = await written(event);
    const { sendPart } = await import("#server/modules/notifications/service/mailings.ts");
    await act(event, id, "send");
    await sendPart(t.ctx, id);
    expect(await get(event, id)).toMatchObject({ status: "sending", counts: { meant: 101, done: 100 } });

    expect((await act(event, id, "stop")).json().status).toBe("stopped");
    await t.settle();

    expect((await get(event, id)).counts.done).toBe(100);
    expect((await act(event, id, "send")).json().code).toBe("mailing.wrong_status");
    expect((await t.send("PATCH", `/mailings/${id}`, { subject: "No" }, event.host)).statusCode).toBe(409);
  });

  it("leaves out who wants none, and shows in its log what came of each", async () => {
    const event = await anEvent(t);
    const [ada, lin] = [await aUser(t), await aUser(t)];
    for (const who of [ada, lin]) await t.post(`/events/${event.eventId}/register`, {}, who);
    await t.send("PATCH", "/me/notification-preferences", { announcements: { letter: false } }, lin);
    const id = await written(event, { isAnnounced: true });
    await act(event, id, "send");
    await t.settle();

    const { items } = (await t.get(`/mailings/${id}/recipients`, event.host)).json();
    expect(items.map(({ email, outcome }: Record<string, string>) => [email, outcome]).sort()).toEqual(
      [
        [ada.email, "handed_over"],
        [lin.email, "unsubscribed"],
      ].sort(),
    );
    expect(await gotIt(lin.email)).toEqual([]);
    // Both find it among their notices, and can read it there.
    const { items: notices } = (await t.get("/me/notices", lin)).json();
    expect(notices[0]).toMatchObject({ kind: "event.announced", path: `/me/letters/${id}` });
    expect((await t.get(`/me/mailings/${id}`, lin)).json()).toMatchObject({ subject: "Bring a cup" });
    expect((await t.get(`/me/mailings/${id}`, await aUser(t))).json().code).toBe("mailing.not_found");
  });

  it("goes at its time, unless it was taken back, and to oneself as a test", async () => {
    const event = await anEvent(t);
    const guest = await aGuestAt(t, event.gatheringId);
    const id = await written(event);
    const at = new Date(t.ctx.now().getTime() + 3_600_000).toISOString();
    expect((await act(event, id, "send", { at })).json()).toMatchObject({ status: "scheduled", sendAt: at });
    expect((await act(event, id, "stop")).json()).toMatchObject({ status: "draft", sendAt: null });
    expect((await act(event, id, "test")).json()).toEqual({ to: event.host.email });
    expect((await act(event, id, "send")).json().status).toBe("sending");
    expect((await act(event, id, "stop")).json()).toMatchObject({ status: "draft", sendAt: null });
    await act(event, id, "send", { at });
    await t.settle();
    expect(await gotIt(guest.email)).toEqual([]);

    t.travel(3_600_000);
    await t.settle();

    expect(await gotIt(guest.email)).toHaveLength(1);
    expect((await t.lettersTo(event.host.email)).map(({ subject }) => subject)).toContain("Test: Bring a cup");
  });

  it("goes no further once the account of whoever wrote it is closed", async () => {
    const [planned, underWay] = [await anEvent(t), await anEvent(t)];
    const root = await aUser(t, { role: "admin" });
    const ban = ({ host }: Event) => t.send("PUT", `/admin/users/${host.userId}/ban`, { reason: "Spam" }, root);
    const seen = async (id: string) => (await t.get(`/mailings/${id}`, root)).json();
    for (let n = 0; n < 101; n += 1) await aGuestAt(t, underWay.gatheringId);
    const guest = await aGuestAt(t, planned.gatheringId);
    const [scheduled, begun] = [await written(planned), await written(underWay)];

    await act(planned, scheduled, "send", { at: new Date(t.ctx.now().getTime() + 3_600_000).toISOString() });
    await ban(planned);
    await t.settle();
    t.travel(3_600_000);
    await t.settle();
    expect(await seen(scheduled)).toMatchObject({ status: "draft", sendAt: null });
    expect(await gotIt(guest.email)).toEqual([]);

    const { sendPart, silence } = await import("#server/modules/notifications/service/mailings.ts");
    await act(underWay, begun, "send");
    await sendPart(t.ctx, begun);
    await ban(underWay);
    await silence(t.ctx, underWay.host.personId);
    await t.settle();
    expect(await seen(begun)).toMatchObject({ status: "stopped", counts: { done: 100 } });
  });

  it("is its team's alone, and refuses what makes no sense", async () => {
    const event = await anEvent(t);
    const [door, stranger] = [await aUser(t), await aUser(t)];
    await aRole(t, event, door, "door");
    const id = await written(event);

    for (const who of [door, stranger]) {
      expect((await write(event, {}, who)).json().code).toBe("auth.forbidden");
      expect((await t.get(`/mailings/${id}`, who)).json().code).toBe("mailing.not_found");
      expect((await t.post(`/mailings/${id}/send`, {}, who)).json().code).toBe("mailing.not_found");
    }
    expect((await write(event, { subject: "\0" })).statusCode).toBe(400);
    expect((await write(event, { meantFor: { statuses: ["nobody"] } })).statusCode).toBe(400);
    const [theirs] = (await anEvent(t)).ticketTypeIds;
    const meantFor = { ticketTypeIds: [...event.ticketTypeIds, theirs] };
    expect((await write(event, { meantFor })).json().code).toBe("ticket_type.not_found");
    expect((await t.send("PATCH", `/mailings/${id}`, { meantFor }, event.host)).json().code).toBe(
      "ticket_type.not_found",
    );
    expect((await write(event, { meantFor: { ticketTypeIds: event.ticketTypeIds } })).statusCode).toBe(201);
    expect((await act(event, id, "send", { at: "soon" })).statusCode).toBe(400);
    const yesterday = new Date(t.ctx.now().getTime() - 86_400_000).toISOString();
    const late = (await act(event, id, "send", { at: yesterday })).json();
    expect(late.fields).toMatchObject([{ at: "body.at", code: "past" }]);
    expect(await get(event, id)).toMatchObject({ status: "draft", counts: { done: 0 } });
    expect((await t.send("DELETE", `/mailings/${id}`, undefined, event.host)).statusCode).toBe(204);
    expect((await t.get(`/mailings/${id}`, event.host)).json().code).toBe("mailing.not_found");
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { withClient } from "#server/platform/postgres.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest } from "#server/platform/testing-guests.ts";

let t: TestApp;
let admin: Someone;
let ada: Someone;
beforeAll(async () => {
  t = await startTestApp();
  admin = await aUser(t, { name: "Rita Reviewer", role: "admin" });
});
beforeEach(async () => {
  ada = await aUser(t);
  await rule("all");
});
afterAll(() => t.close());

const rule = (review: string) => t.send("PATCH", "/admin/settings", { review }, admin);
const soon = (hours: number) => new Date(t.ctx.now().getTime() + hours * 3_600_000).toISOString();

async function submitted(over: object = {}, note = "") {
  const draft = { title: "An evening of stories", startTime: soon(48), endTime: soon(50), ...over };
  const { id } = (await t.post("/events", draft, ada)).json();
  const reply = await t.post(`/events/${id}/publish`, { note }, ada);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json();
}

const decide = (id: string, body: object) => t.post(`/admin/events/${id}/review`, body, admin);
const asStranger = async (id: string) => (await t.get(`/events/${id}`)).statusCode;
const asTeam = async (id: string) => (await t.get(`/events/${id}`, ada)).json();
const stepsOf = async (id: string) =>
  (await asTeam(id)).team.review.steps.map(({ step }: { step: string }) => step) as string[];
const subjectsTo = async ({ email }: Someone) => {
  await t.settle();
  return (await t.lettersTo(email)).map(({ subject }) => subject);
};

describe("an event under review", () => {
  it("waits unseen until an admin approves it, and its team hears of it", async () => {
    const event = await submitted({ title: "Lanterns" }, "We have done this for years.");
    const waiting = await asStranger(event.id);
    const queue = (await t.get("/admin/review?limit=60", admin)).json();

    const approved = await decide(event.id, { decision: "approve" });

    expect([event.status, waiting]).toEqual(["in_review", 404]);
    expect(queue.items.map(({ id }: { id: string }) => id)).toContain(event.id);
    expect(approved.json()).toMatchObject({ status: "published" });
    expect(await asStranger(event.id)).toBe(200);
    expect(await stepsOf(event.id)).toEqual(["submitted", "approved"]);
    expect(await subjectsTo(ada)).toContain("Lanterns is published");
    expect(await subjectsTo(admin)).toContain("Lanterns waits to be looked at");
  });

  it("comes back with what to change, and can be answered and submitted again", async () => {
    const { id } = await submitted({ title: "Embers" });
    await decide(id, { decision: "ask_changes", note: "Please say who is speaking." });
    const between = await asTeam(id);
    await t.settle();
    const letters = await t.lettersTo(ada.email);

    const again = await t.post(`/events/${id}/publish`, { note: "It says so now." }, ada);

    expect(between).toMatchObject({ status: "draft", team: { review: { isNeeded: true } } });
    expect(letters[0]?.text).toContain("Please say who is speaking.");
    expect(again.json().status).toBe("in_review");
    expect(await stepsOf(id)).toEqual(["submitted", "changes_asked", "submitted"]);
  });

  it("comes back the same way once it was sent back, whatever the rule says by then", async () => {
    const { id } = await submitted();
    await decide(id, { decision: "reject", note: "This is an advertisement." });
    await rule("off");

    expect((await t.post(`/events/${id}/publish`, {}, ada)).json().status).toBe("in_review");
    expect((await t.post("/events", { title: "Another" }, ada)).json().team.review.isNeeded).toBe(false);
  });

  it("is decided on only as it was looked at, and once", async () => {
    const { id, team } = await submitted();
    await t.send("PATCH", `/events/${id}`, { title: "Cheap watches" }, ada);

    const stale = await decide(id, { decision: "approve", version: team.version });
    const first = await decide(id, { decision: "reject", note: "No.", version: team.version + 1 });
    const second = await decide(id, { decision: "approve" });

    expect([stale, first, second].map((reply) => reply.json().code ?? reply.json().status)).toEqual([
      "event.changed_meanwhile",
      "draft",
      "event.wrong_status",
    ]);
  });

  it("is taken back by its team, and by nobody else", async () => {
    const { id } = await submitted();
    const stranger = await aUser(t);

    expect((await t.post(`/events/${id}/withdraw`, {}, stranger)).statusCode).toBe(404);
    expect((await t.post(`/events/${id}/withdraw`, {}, ada)).json().status).toBe("draft");
    expect((await t.post(`/events/${id}/withdraw`, {}, ada)).json().code).toBe("event.wrong_status");
    expect((await t.send("DELETE", `/events/${id}`, undefined, ada)).statusCode).toBe(204);
  });

  it("is sent back only with words", async () => {
    const { id } = await submitted();

    const replies = [
      await decide(id, { decision: "reject", note: " " }),
      await decide(id, { decision: "ask_changes" }),
    ];

    expect(replies.map((reply) => reply.json().code)).toEqual(["request.invalid", "request.invalid"]);
    expect((await asTeam(id)).status).toBe("in_review");
  });
});

describe("who passes without review", () => {
  it("is a trusted organizer, until the trust is taken back", async () => {
    const { organizerId } = await submitted();
    const trust = (trusted: boolean) => t.send("PUT", `/admin/organizers/${organizerId}/trust`, { trusted }, admin);

    await trust(true);
    const passing = await submitted();
    await trust(false);
    const stopped = await submitted();

    expect([passing.status, stopped.status]).toEqual(["published", "in_review"]);
  });

  it("is an organizer who is no longer new, where only new ones are looked at; it is said before they begin", async () => {
    await rule("new_organizers");
    const said = async (of = "", as = ada) => (await t.get(`/organize/templates${of}`, as)).json().isReviewed;
    const before = await said();
    const first = await submitted();
    const between = await said();
    await decide(first.id, { decision: "approve" });

    expect([first.status, (await submitted()).status]).toEqual(["in_review", "published"]);
    expect([before, between, await said(`?organizer_id=${first.organizerId}`)]).toEqual([true, true, false]);
    expect([await said("?organizer_id=own"), await said("", admin)]).toEqual([true, false]);
  });
});

/** Begins the deeds one after another while a lock holds them up, each until it waits or is done; then lets them go. */
async function meanwhile(lock: string, deeds: (() => Promise<unknown>)[]): Promise<unknown[]> {
  return withClient(t.databaseUrl, async (client) => {
    const waiting = async () =>
      (
        await client.query(
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        )
      ).rowCount;
    const begun: Promise<unknown>[] = [];
    let done = 0;
    await client.query("begin");
    await client.query(lock);
    for (const deed of deeds) {
      begun.push(
        deed()
          .catch((error: unknown) => error)
          .finally(() => done++),
      );
      await expect.poll(async () => done + Number(await waiting()), { interval: 5 }).toBe(begun.length);
    }
    await client.query("commit");
    return Promise.all(begun);
  });
}

describe("what admins do with others' events", () => {
  it("unpublishes one that nobody has registered for, and it comes back through review", async () => {
    await rule("off");
    const { id } = await submitted();

    const reply = await t.post(`/admin/events/${id}/unpublish`, { reason: "The place is not yours." }, admin);

    expect([reply.json().status, await asStranger(id)]).toEqual(["draft", 404]);
    expect((await t.post(`/events/${id}/publish`, {}, ada)).json().status).toBe("in_review");
    expect(await subjectsTo(ada)).toContain("An evening of stories is no longer public");
  });

  it("leaves a draft whose times are called off instead of lost, unseen by others", async () => {
    await rule("off");
    const { id } = await submitted({ startTime: soon(48), endTime: soon(49) });
    const times = [72, 96].map((hours) => ({ startTime: soon(hours) }));
    const { added } = (await t.post(`/events/${id}/occurrences`, { times }, ada)).json();
    const guest = await aUser(t);
    for (const occurrenceId of [undefined, ...added]) {
      const taken = (await t.post(`/events/${id}/register`, { occurrenceId }, guest)).json();
      expect((await t.send("DELETE", `/registrations/${taken.id}`, undefined, guest)).statusCode).toBe(200);
    }
    expect((await t.post(`/admin/events/${id}/unpublish`, { reason: "No." }, admin)).statusCode).toBe(200);

    const left = await t.send("DELETE", `/events/${id}/occurrences/${added[0]}`, undefined, ada);
    expect(left.statusCode, left.body).toBe(200);
    expect(left.json().occurrences.map(({ status }: { status: string }) => status)).toEqual([
      "planned",
      "cancelled",
      "planned",
    ]);
    expect((await t.get(`/events/${id}?occurrence_id=${added[0]}`)).statusCode).toBe(404);
    expect((await t.send("DELETE", `/events/${id}`, undefined, ada)).statusCode).toBe(204);
    expect((await t.get(`/events/${id}`, ada)).json().status).toBe("cancelled");
    expect(await asStranger(id)).toBe(404);
  });

  it("neither loses nor lets in anybody who registers at that moment", async () => {
    await rule("off");
    const late = await submitted({ title: "Too late" });
    const early = await submitted({ title: "Just in time" });
    const at = ({ id, occurrenceId }: { id: string; occurrenceId: string }) => ({
      eventId: id,
      gatheringId: occurrenceId,
    });

    const [registering, unpublished] = await meanwhile("lock table pools in exclusive mode", [
      () => aGuest(t, at(late)),
      () => t.post(`/admin/events/${late.id}/unpublish`, { reason: "No." }, admin),
    ]);
    const [registered, unpublishing] = await meanwhile("lock table registrations in share mode", [
      () => aGuest(t, at(early)),
      () => t.post(`/admin/events/${early.id}/unpublish`, { reason: "No." }, admin),
    ]);

    expect(registering).toMatchObject({ message: expect.stringContaining("registration.closed") });
    expect(unpublished).toMatchObject({ statusCode: 200 });
    expect(registered).toHaveProperty("id");
    expect(JSON.parse((unpublishing as { body: string }).body).code).toBe("event.has_people");
  });

  it("cancels one that people hold seats at, and everybody is told why", async () => {
    await rule("off");
    const { id, occurrenceId } = await submitted({ title: "Rooftops" });
    const guest = await aGuest(t, { gatheringId: occurrenceId, eventId: id } as never);

    const refused = await t.post(`/admin/events/${id}/unpublish`, { reason: "No." }, admin);
    const cancelled = await t.post(`/admin/events/${id}/cancel`, { reason: "The roof is not safe." }, admin);

    expect([refused.json().code, cancelled.json().status]).toEqual(["event.has_people", "cancelled"]);
    expect(await subjectsTo(ada)).toContain("Rooftops was cancelled");
    expect((await t.lettersTo(guest.email)).at(-1)?.text).toContain("The roof is not safe.");
  });

  it("finds the events of everybody, page by page, and is for admins alone", async () => {
    const words = "Quillwort";
    const made = [await submitted({ title: `${words} one` }), await submitted({ title: `${words} two` })];

    const first = (await t.get(`/admin/events?q=${words}&limit=1`, admin)).json();
    const second = (await t.get(`/admin/events?q=${words}&limit=1&cursor=${first.nextCursor}`, admin)).json();

    const found = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
    expect(found.sort()).toEqual(made.map(({ id }) => id).sort());
    expect((await t.get("/admin/events", ada)).statusCode).toBe(404);
    expect((await t.get("/admin/events?cursor=nonsense", admin)).json().code).toBe("request.invalid");
  });
});

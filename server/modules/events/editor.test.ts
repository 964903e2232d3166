import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
let ada: Someone;
beforeAll(async () => {
  t = await startTestApp();
  ada = await aUser(t);
});
afterAll(() => t.close());

const soon = (hours: number) => new Date(t.ctx.now().getTime() + hours * 3_600_000).toISOString();

async function aDraft(over: object = {}, as = ada) {
  const reply = await t.post("/events", { title: "An evening of stories", ...over }, as);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
}

async function anEvent(over: object = {}, as = ada) {
  const draft = await aDraft({ startTime: soon(48), endTime: soon(50), ...over }, as);
  const reply = await t.post(`/events/${draft.id}/publish`, {}, as);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json();
}

describe("what is good to know", () => {
  const said = {
    minimumAge: 16,
    accessibility: "Step-free, and captions on request.",
    conduct: "What is said here stays here.",
    contact: "care@example.org",
    language: "de",
  };

  it("stands on the page, and goes away again", async () => {
    const draft = await aDraft({ ...said, tags: "Grief, beginners ,, grief" });
    expect(draft).toMatchObject({ ...said, tags: ["grief", "beginners"] });

    const bare = { minimumAge: null, accessibility: "", conduct: "", contact: "", tags: [] };
    const reply = await t.send("PATCH", `/events/${draft.id}`, bare, ada);

    expect(reply.json()).toMatchObject({ ...bare, language: "de" });
  });

  it("is found by its tags", async () => {
    const { id } = await anEvent({ tags: ["zymurgy"] });

    const found = await t.get("/events?q=zymurgy");

    expect(found.json().items.map((event: { id: string }) => event.id)).toEqual([id]);
  });

  it.each([
    [{ tags: Array.from({ length: 11 }, (_, n) => `tag ${n}`) }, "tags"],
    [{ tags: [4] }, "tags.0"],
    [{ minimumAge: 0 }, "minimumAge"],
    [{ conduct: "x".repeat(5001) }, "conduct"],
  ])("refuses %j", async (body, at) => {
    const reply = await t.post("/events", { title: "A", ...body }, ada);

    expect(reply.statusCode, reply.body).toBe(400);
    expect(reply.json().fields[0].at).toBe(`body.${at}`);
  });
});

describe("templates", () => {
  it("keep what an event says, its length and its tickets, and give them to the next", async () => {
    const host = await aUser(t);
    const said = {
      summary: "Come as you are",
      kind: "support_group",
      capacity: 12,
      tags: ["grief"],
      chatEnabled: false,
    };
    const event = await anEvent({ ...said, format: "hybrid", placeName: "The hall", category: "support" }, host);
    const types = [
      { name: "Here", side: "in_person", maxParty: 3, allowsSeveral: true },
      { name: "There", side: "virtual", capacity: 5 },
    ];
    await t.send("PUT", `/events/${event.id}/ticket-types`, { items: types }, host);
    const kept = await t.post(`/events/${event.id}/template`, { name: "Our evening" }, host);
    expect(kept.statusCode, kept.body).toBe(201);

    const template = kept.json().id;
    const next = await aDraft({ title: "The next one", template, startTime: "2030-05-01T19:00" }, host);

    expect(next).toMatchObject({
      ...said,
      title: "The next one",
      format: "hybrid",
      placeName: "The hall",
      category: { slug: "support" },
      wallEnd: "2030-05-01T21:00",
      status: "draft",
      ticketTypes: [{ name: "Here" }, { name: "There", capacity: 5 }],
    });
    const [here] = (await t.get(`/events/${next.id}/ticket-types`, host)).json().items;
    expect(here).toMatchObject({ maxParty: 3, allowsSeveral: true });
    const listed = (await t.get("/organize/templates", host)).json().items;
    expect(listed.map(({ name }: { name: string }) => name)).toEqual([
      "Our evening",
      "Support circle",
      "Workshop",
      "Talk with questions",
    ]);
    expect((await t.send("DELETE", `/organize/templates/${template}`, undefined, host)).statusCode).toBe(204);
    expect((await t.post("/events", { title: "A", template }, host)).json().code).toBe("template.not_found");
  });

  it.each(["circle", "workshop", "talk"])(
    "%s comes with the house, and yields to what is said beside it",
    async (id) => {
      const draft = await aDraft({ template: id, format: "in_person", placeName: "Room 1", capacity: 3 });

      expect(draft).toMatchObject({ format: "in_person", capacity: 3, virtualConfig: { enabled: false } });
      expect(draft.description).not.toBe("");
      expect(draft.conduct).not.toBe("");
    },
  );

  it("are their organizer's alone", async () => {
    const event = await anEvent();
    const { id } = (await t.post(`/events/${event.id}/template`, { name: "Mine" }, ada)).json();
    const stranger = await aUser(t);

    expect((await t.post("/events", { title: "A", template: id }, stranger)).json().code).toBe("template.not_found");
    expect((await t.send("DELETE", `/organize/templates/${id}`, undefined, stranger)).statusCode).toBe(404);
    expect((await t.post(`/events/${event.id}/template`, { name: "Theirs" }, stranger)).statusCode).toBe(403);
    expect((await t.post("/events", { title: "A", template: "nothing" }, ada)).json().code).toBe("template.not_found");
  });
});

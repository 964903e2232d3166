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

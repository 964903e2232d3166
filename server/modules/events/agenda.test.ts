import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { pixel } from "#ops/attack/pixel.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
let ada: Someone;
let stranger: Someone;
beforeAll(async () => {
  t = await startTestApp();
  [ada, stranger] = [await aUser(t), await aUser(t)];
});
afterAll(() => t.close());

async function aDraft(over: object = {}, as = ada) {
  const reply = await t.post("/events", { title: "A day of talks", ...over }, as);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
}

const change = (id: string, body: object, as = ada) => t.send("PATCH", `/events/${id}`, body, as);
const publish = (id: string) => t.post(`/events/${id}/publish`, {}, ada);

const picture = (method: "PUT" | "DELETE", id: string, speakerId: string, as = ada) =>
  t.request({
    method,
    url: `/api/v1/events/${id}/speakers/${speakerId}/picture`,
    headers: { cookie: as.cookie, ...(method === "PUT" ? { "content-type": "image/png" } : {}) },
    ...(method === "PUT" ? { payload: pixel } : {}),
  });

const fileAt = async (pictureUrl: string, as?: Someone) =>
  (await t.get(new URL(pictureUrl, "http://x").pathname.replace("/api/v1", ""), as)).statusCode;

const times = { startTime: "2030-05-01T10:00", endTime: "2030-05-01T16:00", timeZone: "Europe/Berlin" };
const nour = "0190a000-0000-7000-8000-000000000001";
const said = {
  speakers: [
    { id: nour, name: "Nour Haddad", headline: "Architect", bio: "Builds rooms.", url: "https://nour.example.org" },
    { name: "Jo" },
  ],
  agenda: [
    {
      title: "Rooms that listen",
      startsAfterMinutes: 30,
      durationMinutes: 45,
      speakerIds: [nour],
      placeName: "Hall 1",
    },
    { title: "Doors open", startsAfterMinutes: -30 },
  ],
};

describe("who speaks, and what comes when", () => {
  it("stands at the event by its own time, in order", async () => {
    const event = await aDraft({ ...times, ...said });

    expect(event.speakers).toMatchObject([
      { ...said.speakers[0], pictureUrl: null },
      { name: "Jo", headline: "" },
    ]);
    expect(event.agenda).toMatchObject([
      { title: "Doors open", startTime: "2030-05-01T07:30:00.000Z", endTime: null, speakerIds: [] },
      { title: "Rooms that listen", startTime: "2030-05-01T08:30:00.000Z", endTime: "2030-05-01T09:15:00.000Z" },
    ]);
    expect(event.agenda[1]).toMatchObject({ speakerIds: [nour], placeName: "Hall 1" });
  });

  it("moves with the event, and is at each of its times", async () => {
    const { id } = await aDraft({ ...times, ...said });
    await t.post(`/events/${id}/occurrences`, { times: [{ startTime: "2030-06-01T18:00" }] }, ada);

    const moved = (await change(id, { startTime: "2030-05-02T12:00" })).json();
    const later = (await t.get(`/events/${id}?occurrence_id=${moved.occurrences[1].id}`, ada)).json();

    expect(moved.agenda[0].startTime).toBe("2030-05-02T09:30:00.000Z");
    expect(later.agenda[0].startTime).toBe("2030-06-01T15:30:00.000Z");
  });

  it("waits for a time without one", async () => {
    const event = await aDraft(said);

    expect(event.agenda[0]).toMatchObject({ startsAfterMinutes: -30, startTime: null, endTime: null });
  });

  it("is changed in order and name, and who left speaks nowhere", async () => {
    const { id, speakers } = await aDraft({ ...times, ...said });
    const [first, jo] = speakers;

    const turned = (
      await change(id, {
        speakers: [
          { id: jo.id, name: "Jo Berg" },
          { id: first.id, name: "Nour" },
        ],
      })
    ).json();
    const left = (await change(id, { speakers: [{ id: jo.id, name: "Jo Berg" }] })).json();
    const emptied = (await change(id, { speakers: [], agenda: [] })).json();

    expect(turned.speakers.map(({ id }: { id: string }) => id)).toEqual([jo.id, first.id]);
    expect(turned.agenda[1].speakerIds).toEqual([first.id]);
    expect(left.agenda[1].speakerIds).toEqual([]);
    expect(emptied).toMatchObject({ speakers: [], agenda: [], title: "A day of talks" });
  });

  it.each([
    [{ speakers: [{ name: " " }] }, "speakers.0.name"],
    [{ speakers: [{ name: "A", url: "javascript:alert(1)" }] }, "speakers.0.url"],
    [{ agenda: [{ title: "A" }] }, "agenda.0.startsAfterMinutes"],
    [{ agenda: [{ title: "A", startsAfterMinutes: 0, durationMinutes: 0 }] }, "agenda.0.durationMinutes"],
    [{ agenda: [{ title: "A", startsAfterMinutes: 0, speakerIds: [nour] }] }, "agenda.0.speakerIds"],
  ])("refuses %j", async (body, at) => {
    const reply = await t.post("/events", { title: "A", ...body }, ada);

    expect(reply.statusCode, reply.body).toBe(400);
    expect(reply.json().fields[0].at).toBe(`body.${at}`);
  });

  it("goes into copies and templates", async () => {
    const { id } = await aDraft({ ...times, ...said });
    const template = (await t.post(`/events/${id}/template`, { name: "Talks" }, ada)).json().id;

    const copy = (await t.post(`/events/${id}/duplicate`, {}, ada)).json();
    const next = await aDraft({ template, startTime: "2031-01-02T09:00", timeZone: "Europe/Berlin" });

    for (const one of [copy, next]) {
      expect(one.speakers).toMatchObject([{ name: "Nour Haddad" }, { name: "Jo" }]);
      expect(one.agenda[1]).toMatchObject({ title: "Rooms that listen", speakerIds: [one.speakers[0].id] });
    }
    expect(next.agenda[0].startTime).toBe("2031-01-02T07:30:00.000Z");
  });

  it("is found by who speaks", async () => {
    const { id } = await aDraft({ ...times, speakers: [{ name: "Xanthippe Quill" }] });
    await publish(id);

    const found = (await t.get("/events?q=xanthippe")).json().items;

    expect(found.map((event: { id: string }) => event.id)).toEqual([id]);
  });
});

describe("a speaker's picture", () => {
  it("is seen by who sees the event, stays through changes, and goes with them", async () => {
    const { id, version } = { ...(await aDraft({ ...times, ...said })), version: 1 };

    const dressed = (await picture("PUT", id, nour)).json();
    const { pictureUrl } = dressed.speakers[0];
    expect(dressed.team.version).toBe(version + 1);
    expect([await fileAt(pictureUrl), await fileAt(pictureUrl, stranger), await fileAt(pictureUrl, ada)]).toEqual([
      404, 404, 200,
    ]);

    const renamed = (await change(id, { speakers: [{ id: nour, name: "Nour" }] })).json();
    await publish(id);
    expect(renamed.speakers[0].pictureUrl).toBe(pictureUrl);
    expect(await fileAt(pictureUrl)).toBe(200);

    await change(id, { speakers: [] });
    expect(await fileAt(pictureUrl, ada)).toBe(404);
  });

  it("is shared with a copy until neither shows it", async () => {
    const { id } = await aDraft({ ...times, ...said });
    const { pictureUrl } = (await picture("PUT", id, nour)).json().speakers[0];
    const copy = (await t.post(`/events/${id}/duplicate`, {}, ada)).json();

    expect((await picture("DELETE", id, nour)).json().speakers[0].pictureUrl).toBeNull();
    expect(await fileAt(pictureUrl, ada)).toBe(200);

    await t.send("DELETE", `/events/${copy.id}`, undefined, ada);
    expect(await fileAt(pictureUrl, ada)).toBe(404);
  });

  it("is given by the team alone, to who speaks there", async () => {
    const { id } = await aDraft({ ...times, ...said });
    await publish(id);

    expect((await picture("PUT", id, nour, stranger)).statusCode).toBe(403);
    expect((await picture("PUT", id, "0190a000-0000-7000-8000-000000000009")).json().code).toBe("speaker.not_found");
  });
});

describe("a copy", () => {
  it("keeps the colour that somebody has chosen, and else has one of its own", async () => {
    const [plain, chosen] = [await aDraft(), await aDraft({ hue: 77 })];
    const hueOfCopy = async (id: string) => (await t.post(`/events/${id}/duplicate`, {}, ada)).json().hue;

    expect(await hueOfCopy(chosen.id)).toBe(77);
    expect(await hueOfCopy(plain.id)).not.toBe(plain.hue);
  });
});

describe("what an API client keeps with an event", () => {
  it("is given back to those who may edit, and to nobody else", async () => {
    const metadata = { crm: { id: 4711, tags: ["a", null] }, "sent by": "till 3" };
    const { id } = await aDraft({ ...times, metadata });
    await publish(id);

    const copy = (await t.post(`/events/${id}/duplicate`, {}, ada)).json();

    expect((await t.get(`/events/${id}`, ada)).json().metadata).toEqual(metadata);
    expect((await t.get(`/events/${id}`, stranger)).json().metadata).toBeNull();
    expect((await t.get(`/events/${id}`)).body).not.toContain("4711");
    expect(copy.metadata).toBeNull();
    expect((await change(id, { metadata: null })).json().metadata).toBeNull();
  });

  it.each([[{ a: "x".repeat(8200) }], [{ "\u0000": 1 }], [{ "\ud800": 1 }], [["a"]], ["a"], [{ "": 1 }]])(
    "refuses what is too much or no object",
    async (metadata) => {
      expect((await t.post("/events", { title: "A", metadata }, ada)).statusCode).toBe(400);
    },
  );
});

describe("when it is and how long it lasts", () => {
  it("can be said in minutes", async () => {
    const { id, wallEnd } = await aDraft({ startTime: "2030-05-01T19:00", timeZone: "Europe/Berlin", duration: 90 });
    const longer = (await change(id, { duration: 120 })).json();

    expect([wallEnd, longer.wallEnd, longer.duration]).toEqual(["2030-05-01T20:30", "2030-05-01T21:00", 120]);
  });

  it.each([{ duration: 90 }, { timezone: "Europe/London" }])(
    "is not said in two ways at once, as by %j",
    async (over) => {
      const reply = await t.post("/events", { title: "A", ...times, ...over }, ada);

      expect(reply.json().fields).toMatchObject([{ at: `body.${Object.keys(over)[0]}`, code: "contradiction" }]);
    },
  );

  it("goes by the zone under either of its names", async () => {
    const { id, timeZone, startTime } = await aDraft({ startTime: "2030-05-01T19:00", timezone: "Asia/Tokyo" });
    const moved = (await change(id, { timezone: "Europe/Berlin" })).json();

    expect([timeZone, startTime]).toEqual(["Asia/Tokyo", "2030-05-01T10:00:00.000Z"]);
    expect([moved.timezone, moved.wallStart]).toEqual(["Europe/Berlin", "2030-05-01T19:00"]);
  });
});

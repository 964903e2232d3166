import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { events } from "#contract/events.ts";
import { discardUnused } from "#server/modules/files/service.ts";
import {
  aRole,
  aUser,
  anEvent as publishedEvent,
  type Someone,
  startTestApp,
  type TestApp,
} from "#server/platform/testing.ts";

let t: TestApp;
let ada: Someone;
let stranger: Someone;
beforeAll(async () => {
  t = await startTestApp();
  ada = await aUser(t);
  stranger = await aUser(t, { name: "Mallory" });
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

const listed = async (query: string) =>
  (await t.get(`/events?${query}`)).json().items.map(({ id }: { id: string }) => id);

describe("POST /events", () => {
  it("names its ticket in the language of the event, else in that of who begins it", async () => {
    const nameIn = async (language?: string) =>
      (await t.post("/events", { title: "Ton und Glasur", language }, ada)).json().ticketTypes[0].name;

    expect(await nameIn("de-AT")).toBe("Eintritt");
    expect(await nameIn("ja")).toBe("General admission");
    expect(await nameIn()).toBe("General admission");
  });

  it("refuses an end without a beginning, by a code that is told of it", async () => {
    const reply = await t.post("/events", { title: "All over", endTime: soon(50) }, ada);

    expect(reply.statusCode).toBe(422);
    expect(reply.json().fields).toMatchObject([{ at: "body.startTime", code: "missing" }]);
    expect(events.create.problems).toContain(reply.json().code);
  });

  it("begins a draft from a title alone, with a host, a ticket and sensible settings", async () => {
    const reply = await t.post("/events", { title: "Breathing at noon" }, ada);

    expect(reply.statusCode).toBe(201);
    expect(reply.json()).toMatchObject({
      slug: "breathing-at-noon",
      status: "draft",
      format: "virtual",
      visibility: "public",
      startTime: null,
      timeZone: "Europe/Berlin",
      organizer: { name: "Ada Lovelace" },
      ticketTypes: [{ name: "General admission", priceMinor: 0, sides: ["virtual"] }],
      virtualConfig: { enabled: true, autoStartMinutes: 15, waitingRoomEnabled: false },
      team: { role: "owner", version: 1, missing: ["startTime", "endTime"] },
    });
  });

  it("makes one organizer, however many events are begun at once", async () => {
    const lin = await aUser(t, { name: "Lin" });

    const drafts = await Promise.all(Array.from({ length: 5 }, (_, n) => aDraft({ title: `Walk ${n}` }, lin)));

    expect(new Set(drafts.map(({ organizerId }) => organizerId)).size).toBe(1);
  });

  it("tells events of one title apart", async () => {
    const [one, other] = await Promise.all([aDraft({ title: "Twins" }), aDraft({ title: "Twins" })]);

    expect(one.slug).not.toBe(other.slug);
    expect([one.slug, other.slug].toSorted()[0]).toBe("twins");
  });

  it.each([
    [{}, "body.title"],
    [{ title: "" }, "body.title"],
    [{ title: "x".repeat(201) }, "body.title"],
    [{ title: "A", capacity: 0 }, "body.capacity"],
    [{ title: "A", capacity: 1.5 }, "body.capacity"],
    [{ title: "A", timeZone: "Mars/Olympus" }, "body.timeZone"],
    [{ title: "A", timeZone: "+02:00" }, "body.timeZone"],
    [{ title: "A", startTime: "tomorrow" }, "body.startTime"],
    [{ title: "A", startTime: "2030-02-30T10:00" }, "body.startTime"],
    [{ title: "A", format: "telepathic" }, "body.format"],
    [{ title: "A", slug: "../etc" }, "body.slug"],
    [{ title: "A", slug: "waitlist" }, "body.slug"],
    [{ title: "A", capacity: 5, maxParticipants: 6 }, "body.maxParticipants"],
    [{ title: "A", format: "in_person", virtualConfig: { enabled: true } }, "body.virtualConfig.enabled"],
  ])("refuses %j", async (body, at) => {
    const reply = await t.post("/events", body, ada);

    expect(reply.statusCode, reply.body).toBe(400);
    expect(reply.json().fields.map((field: { at: string }) => field.at)).toContain(at);
  });

  it("keeps a title on one line and in its direction, and wants to see something of it", async () => {
    const draft = await aDraft({ title: "A\r\nBcc: b@example.org\u0001\u2028\u202eC\u200b" });
    const unseen = await t.post("/events", { title: "\u200b\u2066" }, ada);

    expect(draft.title).toBe("A Bcc: b@example.org C");
    expect([unseen.statusCode, unseen.json().fields[0].code]).toEqual([400, "too_small.string"]);
  });

  it("refuses fields it does not know, and strangers", async () => {
    expect((await t.post("/events", { title: "A", status: "published" }, ada)).statusCode).toBe(400);
    expect((await t.post("/events", { title: "A" })).json().code).toBe("auth.required");
    const foreign = await t.post("/events", { title: "A", organizerId: (await aDraft()).id }, ada);
    expect(foreign.json().code).toBe("organizer.not_found");
  });

  it.each(["recordingEnabled", "breakoutRoomsEnabled", "e2eeRequired"])(
    "says that %s comes later, so that nobody relies on it",
    async (name) => {
      const reply = await t.post("/events", { title: "A", virtualConfig: { [name]: true } }, ada);

      expect([reply.statusCode, reply.json().code]).toEqual([422, "feature.later"]);
    },
  );

  it("understands what the sources call things", async () => {
    const draft = await aDraft({
      format: "physical",
      maxParticipants: 12,
      category: "mindfulness",
      kind: "support_group",
    });

    expect(draft).toMatchObject({
      format: "in_person",
      capacity: 12,
      maxParticipants: 12,
      category: { slug: "mindfulness" },
      kind: "support_group",
    });
  });
});

describe("a category", () => {
  it("has its name in the reader's language, also on the events that are of it", async () => {
    const inGerman = { "accept-language": "de" };
    const own = { id: randomUUID(), slug: "choirs", name: "Choirs", position: 99 };
    await t.db.insertInto("categories").values(own).execute();
    const { id } = await anEvent({ category: "mindfulness" });

    const namesOf = async (headers: Record<string, string>) =>
      (await t.get("/categories", undefined, headers)).json().items.map(({ name }: { name: string }) => name);

    expect(await namesOf({})).toEqual(expect.arrayContaining(["Mindfulness", "Choirs"]));
    expect(await namesOf(inGerman)).toEqual(expect.arrayContaining(["Achtsamkeit", "Choirs"]));
    expect((await t.get(`/events/${id}`, undefined, inGerman)).json().category.name).toBe("Achtsamkeit");
  });
});

describe("the time of an event", () => {
  it("is what the clocks of its zone say, and stays that when the zone changes", async () => {
    const draft = await aDraft({ startTime: "2030-07-01T19:00", timeZone: "Europe/Berlin" });
    expect(draft).toMatchObject({
      startTime: "2030-07-01T17:00:00.000Z",
      endTime: "2030-07-01T18:00:00.000Z",
      duration: 60,
    });

    const moved = await t.send("PATCH", `/events/${draft.id}`, { timeZone: "America/New_York" }, ada);

    expect(moved.json()).toMatchObject({ wallStart: "2030-07-01T19:00", startTime: "2030-07-01T23:00:00.000Z" });
  });

  it("moves forward by the gap where the clocks leap", async () => {
    const draft = await aDraft({ startTime: "2026-03-29T02:30", timeZone: "Europe/Berlin" });

    expect(draft).toMatchObject({ wallStart: "2026-03-29T03:30", startTime: "2026-03-29T01:30:00.000Z" });
  });

  it("keeps its length when only the start is moved", async () => {
    const draft = await aDraft({ startTime: "2030-07-01T19:00", endTime: "2030-07-01T22:30" });

    const moved = await t.send("PATCH", `/events/${draft.id}`, { startTime: "2030-07-02T10:00" }, ada);

    expect(moved.json()).toMatchObject({ wallEnd: "2030-07-02T13:30", duration: 210 });
  });

  it.each([
    [{ startTime: "2030-07-01T19:00", endTime: "2030-07-01T19:00" }, "endTime"],
    [{ startTime: "2030-07-01T19:00", endTime: "2030-08-01T19:00" }, "endTime"],
    [{ endTime: "2030-07-01T19:00" }, "startTime"],
    [{ registrationOpensAt: "2030-07-01T19:00", registrationClosesAt: "2030-06-01T19:00" }, "registrationOpensAt"],
  ])("refuses %j", async (body, at) => {
    const { id } = await aDraft();

    const reply = await t.send("PATCH", `/events/${id}`, body, ada);

    expect([reply.statusCode, reply.json().code]).toEqual([422, "event.incomplete"]);
    expect(reply.json().fields[0].at).toBe(`body.${at}`);
  });
});

describe("PATCH /events/{id}", () => {
  it("changes what it names and nothing else, by id or slug", async () => {
    const draft = await aDraft({ summary: "Before", capacity: 20 });

    const reply = await t.send("PATCH", `/events/${draft.slug}`, { summary: "After" }, ada);

    expect(reply.json()).toMatchObject({ summary: "After", capacity: 20, title: draft.title, team: { version: 2 } });
  });

  it("lets a draft's address follow its title, but not after publishing", async () => {
    const draft = await aDraft({ title: "First thought", startTime: soon(20) });
    const renamed = await t.send("PATCH", `/events/${draft.id}`, { title: "Second thought" }, ada);
    expect(renamed.json().slug).toBe("second-thought");

    await t.post(`/events/${draft.id}/publish`, {}, ada);
    const again = await t.send("PATCH", `/events/${draft.id}`, { title: "Third thought" }, ada);

    expect(again.json().slug).toBe("second-thought");
  });

  it("refuses a change that began from an older version, and shows both", async () => {
    const draft = await aDraft();
    await t.send("PATCH", `/events/${draft.id}`, { summary: "From one window", version: 1 }, ada);

    const stale = await t.send("PATCH", `/events/${draft.id}`, { summary: "From another", version: 1 }, ada);

    expect([stale.statusCode, stale.json().code]).toEqual([409, "event.changed_meanwhile"]);
    expect(stale.json()).toMatchObject({ version: 2, current: { summary: "From one window" } });
  });

  it.each(["", "  "])("refuses a title that was emptied, and keeps all as it was: %j", async (title) => {
    const draft = await aDraft({ summary: "Before" });

    const reply = await t.send("PATCH", `/events/${draft.id}`, { title, summary: "After" }, ada);

    expect(reply.statusCode).toBe(400);
    expect(reply.json().fields).toMatchObject([{ at: "body.title" }]);
    const kept = (await t.get(`/events/${draft.id}`, ada)).json();
    expect(kept).toMatchObject({ title: draft.title, summary: "Before" });
  });

  it("raises no version when nothing changes", async () => {
    const draft = await aDraft({ summary: "The same" });

    const reply = await t.send("PATCH", `/events/${draft.id}`, { summary: "The same" }, ada);

    expect(reply.json().team.version).toBe(1);
  });

  it("keeps what is published fit to be published", async () => {
    const event = await anEvent();

    const reply = await t.send("PATCH", `/events/${event.id}`, { format: "in_person" }, ada);

    expect(reply.json()).toMatchObject({ code: "event.incomplete", fields: [{ at: "body.placeName" }] });
  });

  it("gives an address once, however many ask for it", async () => {
    const drafts = await Promise.all(Array.from({ length: 6 }, (_, n) => aDraft({ title: `Contender ${n}` })));

    const replies = await Promise.all(
      drafts.map(({ id }) => t.send("PATCH", `/events/${id}`, { slug: "the-one-address" }, ada)),
    );

    expect(replies.map((reply) => reply.statusCode).toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  it("is for the team alone; a stranger does not even learn that there is a draft", async () => {
    const draft = await aDraft();
    const event = await anEvent();

    const ofDraft = await t.send("PATCH", `/events/${draft.id}`, { title: "Mine" }, stranger);
    const ofEvent = await t.send("PUT", `/events/${event.id}`, { title: "Mine" }, stranger);

    expect(ofDraft.json().code).toBe("event.not_found");
    expect(ofEvent.json().code).toBe("auth.forbidden");
  });

  it("tells people of another time, place or name with the next number, and of nothing else", async () => {
    const event = await anEvent({ format: "in_person", placeName: "The hall" });
    const sequenceAfter = async (change: object) =>
      (await t.send("PATCH", `/events/${event.id}`, change, ada)).json().sequence;

    expect(await sequenceAfter({ description: "More words" })).toBe(0);
    expect(await sequenceAfter({ title: "Another name", placeName: "The other hall" })).toBe(1);
    expect(await sequenceAfter({ startTime: soon(72), title: "A third name" })).toBe(2);

    const facts = (await t.factsAbout(event.occurrenceId)).filter((name) => name.startsWith("gathering."));
    expect(facts).toEqual(["gathering.scheduled", "gathering.changed", "gathering.moved"]);
  });
});

describe("POST /events/{id}/publish", () => {
  it("says everything that is missing", async () => {
    const draft = await aDraft({ format: "hybrid" });

    const reply = await t.post(`/events/${draft.id}/publish`, {}, ada);

    expect([reply.statusCode, reply.json().code]).toEqual([422, "event.incomplete"]);
    expect(reply.json().fields.map(({ at }: { at: string }) => at)).toEqual([
      "body.startTime",
      "body.endTime",
      "body.placeName",
    ]);
  });

  it("refuses a time that is over", async () => {
    const draft = await aDraft({ startTime: soon(-5), endTime: soon(-3) });

    const reply = await t.post(`/events/${draft.id}/publish`, {}, ada);

    expect(reply.json().fields).toMatchObject([{ at: "body.endTime", code: "past" }]);
  });

  it("opens it to all, once", async () => {
    const event = await anEvent({ title: "Open doors" });
    await t.post(`/events/${event.id}/publish`, {}, ada);

    expect((await t.get(`/events/${event.slug}`)).json()).toMatchObject({ status: "published", team: null });
    expect((await t.factsAbout(event.id)).filter((name) => name === "event.published")).toHaveLength(1);
  });

  it("makes its hosts busy then", async () => {
    const event = await anEvent();

    const busy = await t.db
      .selectFrom("busy_ranges")
      .selectAll()
      .where("gathering_id", "=", event.occurrenceId)
      .execute();

    expect(busy).toMatchObject([{ user_id: ada.userId, firm: false }]);
  });

  it("records its end when it has come", async () => {
    const other = await startTestApp();
    const host = await aUser(other);
    const at = (hours: number) => new Date(other.ctx.now().getTime() + hours * 3_600_000).toISOString();
    const draft = (await other.post("/events", { title: "Short", startTime: at(1), endTime: at(2) }, host)).json();
    await other.post(`/events/${draft.id}/publish`, {}, host);

    other.travel(2 * 3_600_000 + 1000);
    await other.settle();

    expect(await other.factsAbout(draft.occurrenceId)).toContain("gathering.ended");
    await other.close();
  });
});

describe("cancelling and removing", () => {
  it("cancels with words, takes it out of the list and keeps its page", async () => {
    const event = await anEvent();

    const reply = await t.post(`/events/${event.id}/cancel`, { reason: "The speaker is ill." }, ada);

    expect(reply.json()).toMatchObject({ status: "cancelled", cancelReason: "The speaker is ill." });
    expect(await listed("sort=newest")).not.toContain(event.id);
    expect((await t.get(`/events/${event.slug}`)).json().status).toBe("cancelled");
    expect(await t.factsAbout(event.occurrenceId)).toContain("gathering.cancelled");
  });

  it("removes drafts, and cancels what was published", async () => {
    const draft = await aDraft();
    const event = await anEvent();

    expect((await t.send("DELETE", `/events/${draft.id}`, undefined, ada)).statusCode).toBe(204);
    expect((await t.send("DELETE", `/events/${event.id}`, undefined, ada)).statusCode).toBe(204);

    expect((await t.get(`/events/${draft.id}`, ada)).json().code).toBe("event.not_found");
    expect((await t.get(`/events/${event.id}`)).json().status).toBe("cancelled");
  });

  it("does not cancel a draft, nor change what is cancelled", async () => {
    const draft = await aDraft();
    expect((await t.post(`/events/${draft.id}/cancel`, {}, ada)).json().code).toBe("event.wrong_status");

    const event = await anEvent();
    await t.post(`/events/${event.id}/cancel`, {}, ada);

    expect((await t.post(`/events/${event.id}/cancel`, {}, ada)).statusCode).toBe(200);
    expect((await t.send("PATCH", `/events/${event.id}`, { title: "B" }, ada)).json().code).toBe("event.wrong_status");
    expect((await t.post(`/events/${event.id}/publish`, {}, ada)).json().code).toBe("event.wrong_status");
  });

  it("is duplicated by its organizer alone: a cohost would make what they may not see", async () => {
    const event = await publishedEvent(t);
    const cohost = await aUser(t);
    await aRole(t, event, cohost, "cohost");
    const count = async () => (await t.db.selectFrom("events").select("id").execute()).length;
    const before = await count();

    const reply = await t.post(`/events/${event.eventId}/duplicate`, {}, cohost);

    expect([reply.statusCode, reply.json().code]).toEqual([403, "auth.forbidden"]);
    expect(await count()).toBe(before);
  });

  it("duplicates everything but the time", async () => {
    const event = await anEvent({ summary: "Again and again", capacity: 9 });

    const copy = (await t.post(`/events/${event.id}/duplicate`, {}, ada)).json();

    expect(copy).toMatchObject({ status: "draft", summary: "Again and again", capacity: 9, startTime: null });
    expect(copy.ticketTypes).toHaveLength(1);
    expect(copy.slug).not.toBe(event.slug);
  });
});

describe("who may see an event", () => {
  it.each([
    ["public", 200, true],
    ["unlisted", 200, false],
    ["invite_only", 200, false],
    ["private", 404, false],
  ])("%s: its page answers %i to strangers", async (visibility, status, isListed) => {
    const event = await anEvent({ visibility });

    expect((await t.get(`/events/${event.id}`)).statusCode).toBe(status);
    expect((await t.get(`/events/${event.slug}`, stranger)).statusCode).toBe(status);
    expect((await t.get(`/events/${event.id}/calendar.ics`)).statusCode).toBe(status);
    expect((await t.get(`/events/${event.slug}`, ada)).statusCode).toBe(200);
    expect((await listed("sort=newest&limit=60")).includes(event.id)).toBe(isListed);
  });

  it("shows a draft to its team alone, and what only the team may know to nobody else", async () => {
    const draft = await aDraft();
    const event = await anEvent();

    expect((await t.get(`/events/${draft.id}`)).json().code).toBe("event.not_found");
    expect((await t.get(`/events/${draft.id}`, stranger)).json().code).toBe("event.not_found");
    expect((await t.get(`/events/${event.id}`, stranger)).json().team).toBeNull();
    expect((await t.get(`/events/${event.id}`, ada)).json().team.people.told).toBe(0);
  });

  it("answers what is no name of an event with 404, and nonsense with 400", async () => {
    expect((await t.get("/events/no-such-event")).statusCode).toBe(404);
    expect((await t.get("/events/..%2f..%2fetc%2fpasswd")).statusCode).toBe(404);
    expect((await t.get(`/events/${"x".repeat(150)}`)).statusCode).toBe(400);
    const event = await anEvent();
    expect((await t.get(`/events/${event.id}?occurrence_id=nonsense`)).statusCode).toBe(400);
    const other = await t.get(`/events/${event.id}?occurrence_id=${event.id}`);
    expect(other.json().code).toBe("gathering.not_found");
  });
});

describe("the description", () => {
  it("is safe HTML, whatever was written", async () => {
    const description = [
      "# Welcome",
      "**bold** [site](https://example.org) [bad](javascript:alert(1))",
      '<script>alert(1)</script><img src=x onerror="alert(1)"><iframe src="//evil"></iframe>',
    ].join("\n\n");

    const { descriptionHtml } = await aDraft({ description });

    expect(descriptionHtml).toContain("<h2>Welcome</h2>");
    expect(descriptionHtml).toContain('<a href="https://example.org" rel="nofollow noopener ugc">site</a>');
    expect(descriptionHtml).not.toMatch(/<script|<img|<iframe|javascript:|onerror/);
  });
});

describe("the cover", () => {
  const picture = () =>
    sharp({ create: { width: 2400, height: 1350, channels: 3, background: "#2a6f6b" } })
      .withExif({ IFD0: { Copyright: "secret place" } })
      .jpeg()
      .toBuffer();
  const send = (id: string, bytes: Buffer, as = ada) =>
    t.request({
      method: "PUT",
      url: `/api/v1/events/${id}/cover`,
      payload: bytes,
      headers: { cookie: as.cookie, "content-type": "image/jpeg" },
    });

  it("is painted anew, without what the camera wrote into it", async () => {
    const event = await anEvent();

    const { coverUrl, imageUrl } = (await send(event.id, await picture())).json();

    expect(imageUrl).toBe(coverUrl);
    const shown = await t.request({ method: "GET", url: coverUrl });
    expect(shown.headers["content-type"]).toBe("image/webp");
    expect(shown.headers["cache-control"]).toContain("immutable");
    const painted = await sharp(shown.rawPayload).metadata();
    expect(painted).toMatchObject({ format: "webp", width: 1600 });
    expect(painted.exif).toBeUndefined();
    const small = await t.request({ method: "GET", url: `${coverUrl}?width=640` });
    expect((await sharp(small.rawPayload).metadata()).width).toBe(640);
  });

  it("of a draft is for its team alone, and goes when another takes its place", async () => {
    const draft = await aDraft();
    const { coverUrl } = (await send(draft.id, await picture())).json();

    expect((await t.request({ method: "GET", url: coverUrl })).statusCode).toBe(404);
    expect((await t.request({ method: "GET", url: coverUrl, headers: { cookie: ada.cookie } })).statusCode).toBe(200);
    expect((await t.send("DELETE", `/events/${draft.id}/cover`, undefined, ada)).json().coverUrl).toBeNull();
    expect((await t.request({ method: "GET", url: coverUrl, headers: { cookie: ada.cookie } })).statusCode).toBe(404);
  });

  it("that nothing came to show is thrown away a day later, and no other", async () => {
    const [lost, shown] = [await aDraft(), await aDraft()];
    const covers: string[] = [];
    for (const { id } of [lost, shown]) covers.push((await send(id, await picture())).json().coverUrl);
    await t.query(`update events set cover_id = null where id = '${lost.id}'`);
    const statuses = () =>
      Promise.all(
        covers.map(
          async (url) => (await t.request({ method: "GET", url, headers: { cookie: ada.cookie } })).statusCode,
        ),
      );

    await discardUnused(t.ctx);
    expect(await statuses()).toEqual([200, 200]);
    t.travel(25 * 3_600_000);
    await discardUnused(t.ctx);

    expect(await statuses()).toEqual([404, 200]);
  });

  it("stands with title and time on the picture beside links, for events that strangers may see", async () => {
    const [event, hidden] = [await anEvent({ title: "Tea & <talk>" }), await aDraft()];
    const previewed = () => t.get(`/events/${event.id}/preview.png`);
    const before = await previewed();
    expect((await previewed()).rawPayload.equals(before.rawPayload)).toBe(true);

    await t.send("PATCH", `/events/${event.id}`, { title: "Łódź: ".repeat(33) }, ada);
    const renamed = await previewed();
    await send(event.id, await picture());
    const dressed = await previewed();

    for (const one of [before, renamed, dressed]) {
      expect(await sharp(one.rawPayload).metadata()).toMatchObject({ format: "png", width: 1200, height: 630 });
    }
    expect(renamed.rawPayload.equals(before.rawPayload)).toBe(false);
    expect(dressed.rawPayload.equals(renamed.rawPayload)).toBe(false);
    expect((await t.get(`/events/${hidden.id}/preview.png`, ada)).statusCode).toBe(404);
    await t.send("PATCH", `/events/${event.id}`, { visibility: "private" }, ada);
    expect((await previewed()).statusCode).toBe(404);
  });

  it("refuses what is no picture, and strangers", async () => {
    const event = await anEvent();

    expect((await send(event.id, Buffer.from("<svg onload='alert(1)'/>"))).json().code).toBe("file.unreadable");
    expect((await send(event.id, Buffer.alloc(0))).json().code).toBe("file.unreadable");
    expect((await send(event.id, await picture(), stranger)).json().code).toBe("auth.forbidden");
    expect((await send(event.id, Buffer.alloc(13 * 1024 * 1024))).statusCode).toBe(413);
  });
});

describe("the calendar file", () => {
  it("keeps its UID and counts its changes, and takes itself away when cancelled", async () => {
    const event = await anEvent({ title: "Tea, cake; talk" });
    const ics = async () => (await t.get(`/events/${event.id}/calendar.ics`)).body;

    const first = await ics();
    await t.send("PATCH", `/events/${event.id}`, { startTime: soon(90) }, ada);
    const second = await ics();
    await t.post(`/events/${event.id}/cancel`, {}, ada);
    const last = await ics();

    const uid = /UID:(.*)/.exec(first)?.[1];
    expect(first).toContain("SUMMARY:Tea\\, cake\\; talk");
    expect([first, second, last].map((file) => file.includes(`UID:${uid}`))).toEqual([true, true, true]);
    expect([first, second, last].map((file) => /SEQUENCE:(\d+)/.exec(file)?.[1])).toEqual(["0", "1", "2"]);
    expect(last).toContain("STATUS:CANCELLED");
  });
});

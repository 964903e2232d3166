import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { plan, timesOf } from "#server/modules/gatherings/service/planning.ts";
import { inTx } from "#server/platform/ctx.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
let ada: Someone;
beforeAll(async () => {
  t = await startTestApp();
  ada = await aUser(t);
});
afterAll(() => t.close());

const hour = 3_600_000;
const soon = (hours: number) => new Date(t.ctx.now().getTime() + hours * hour).toISOString();
const day = (hours: number) => soon(hours).slice(0, 10);

async function anEvent(over: object = {}, as = ada) {
  const body = { title: "A gathering", startTime: soon(48), endTime: soon(50), ...over };
  const draft = (await t.post("/events", body, as)).json();
  const reply = await t.post(`/events/${draft.id}/publish`, {}, as);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json();
}

interface Listed {
  items: { id: string; title: string; startTime: string; occurrenceId: string }[];
  nextCursor: string | null;
}
const find = async (query: string): Promise<Listed> => (await t.get(`/events?${query}`)).json();
const titles = async (query: string) => (await find(query)).items.map(({ title }) => title);

/** Gives an event further times, as the ways of a series will. */
async function repeat(eventId: string, starts: readonly number[]): Promise<string[]> {
  const event = (await t.get(`/events/${eventId}`, ada)).json();
  const gathering = await t.db
    .selectFrom("gatherings")
    .selectAll()
    .where("id", "=", event.occurrenceId)
    .executeTakeFirstOrThrow();
  return inTx(t.ctx, (tctx) =>
    plan(
      tctx,
      {
        sourceId: eventId,
        organizerId: event.organizerId,
        title: event.title,
        format: event.format,
        visibility: event.visibility,
        timeZone: event.timeZone,
        settings: gathering.settings as never,
      },
      starts.map((hours) => timesOf(new Date(soon(hours)), new Date(soon(hours + 1)), "UTC")),
    ),
  );
}

describe("GET /events", () => {
  it("pages through all events once, the soonest first, whatever comes in between", async () => {
    const made = await Promise.all(
      Array.from({ length: 7 }, (_, n) =>
        anEvent({ title: "Paged", startTime: soon(100 + (n % 3)), endTime: soon(110) }),
      ),
    );

    const seen: Listed["items"] = [];
    let cursor: string | null = null;
    do {
      const page: Listed = await find(`q=paged&limit=2${cursor ? `&cursor=${cursor}` : ""}`);
      seen.push(...page.items);
      cursor = page.nextCursor;
      if (seen.length === 2) await anEvent({ title: "Paged early", startTime: soon(99), endTime: soon(100) });
    } while (cursor);

    expect(seen.map(({ id }) => id).toSorted()).toEqual(made.map(({ id }) => id).toSorted());
    const starts = seen.map(({ startTime }) => startTime);
    expect(starts).toEqual(starts.toSorted());
  });

  it("shows the newest first when asked", async () => {
    await anEvent({ title: "Order one", startTime: soon(20), endTime: soon(21) });
    t.travel(1000);
    await anEvent({ title: "Order two", startTime: soon(40), endTime: soon(41) });

    expect(await titles("q=order&sort=newest")).toEqual(["Order two", "Order one"]);
    expect(await titles("q=order")).toEqual(["Order one", "Order two"]);
    const page = await find("q=order&sort=newest&limit=1");
    expect((await find(`q=order&sort=newest&limit=1&cursor=${page.nextCursor}`)).items[0]?.title).toBe("Order one");
  });

  it("finds words in title, summary, place and description, also begun ones, and nothing else", async () => {
    await anEvent({ title: "Zebra walk", summary: "Quokkas too", description: "and an **axolotl**" });

    for (const words of ["zebra", "ZEB", "quokka", "axolotl zebra", "zebra & !", "'zebra'"]) {
      expect(await titles(`q=${encodeURIComponent(words)}`), words).toEqual(["Zebra walk"]);
    }
    expect(await titles("q=zebra+giraffe")).toEqual([]);
  });

  it("does not stumble over anything that is typed", async () => {
    for (const typed of ["':*", "a & | !", "\\", "%", "();--", "🦓", "ß".repeat(200)]) {
      expect((await t.get(`/events?q=${encodeURIComponent(typed)}`)).statusCode, typed).toBe(200);
    }
  });

  it("filters by format, category, organizer and day", async () => {
    const lin = await aUser(t, { name: "Lin the Host" });
    const body = { title: "Narrow", format: "in_person", placeName: "Hall", category: "talks", timeZone: "UTC" };
    const event = await anEvent({ ...body, startTime: soon(300), endTime: soon(301) }, lin);

    for (const query of [
      "format=in_person",
      "format=physical",
      "category=talks",
      `organizer=${event.organizer.slug}`,
      `organizer=${event.organizerId}`,
    ]) {
      expect(await titles(`q=narrow&${query}`), query).toEqual(["Narrow"]);
    }
    for (const query of ["format=virtual", "category=support", "organizer=nobody"]) {
      expect(await titles(`q=narrow&${query}`), query).toEqual([]);
    }
    expect(await titles(`q=narrow&start_date=${day(300)}&end_date=${day(300)}`)).toEqual(["Narrow"]);
    expect(await titles(`q=narrow&start_date=${day(330)}`)).toEqual([]);
    expect(await titles(`q=narrow&end_date=${day(270)}`)).toEqual([]);
  });

  it("shows an event with many times once, with the next, or the first in the days asked for", async () => {
    const event = await anEvent({ title: "Daily", startTime: soon(30), endTime: soon(31) });
    const [second = ""] = await repeat(event.id, [78, 102, 126]);
    await t.db.updateTable("gatherings").set({ status: "scheduled" }).where("source_id", "=", event.id).execute();

    const { items } = await find("q=daily");
    expect(items).toMatchObject([{ id: event.id, occurrenceId: event.occurrenceId, hasMoreTimes: true }]);
    expect((await find(`q=daily&start_date=${day(78)}`)).items[0]?.occurrenceId).toBe(second);

    t.travel(32 * hour);
    expect((await find("q=daily")).items[0]?.occurrenceId).toBe(second);
    expect((await t.get(`/events/${event.id}`)).json()).toMatchObject({ occurrenceId: second });
    const first = await t.get(`/events/${event.id}?occurrence_id=${event.occurrenceId}`);
    expect(first.json()).toMatchObject({ occurrenceId: event.occurrenceId, isPast: true });
  });

  it("leaves out what is over, and shows what is on", async () => {
    await anEvent({ title: "Passing", startTime: soon(1), endTime: soon(3) });

    t.travel(2 * hour);
    expect((await find("q=passing")).items).toMatchObject([{ isLive: true }]);
    t.travel(2 * hour);
    expect(await titles("q=passing")).toEqual([]);
  });

  it.each([
    "limit=0",
    "limit=61",
    "limit=many",
    "sort=best",
    "format=telepathic",
    "start_date=tomorrow",
    "start_date=2030-02-30",
    "timezone=Mars",
    "cursor=nonsense",
    `cursor=${Buffer.from('["2030-01-01T00:00:00.000Z"]').toString("base64url")}`,
    `cursor=${Buffer.from('["now()","0190b8f2-1111-7222-8333-444455556666"]').toString("base64url")}`,
    "unknown=1",
  ])("refuses %s", async (query) => {
    const reply = await t.get(`/events?${query}`);

    expect([reply.statusCode, reply.json().code]).toEqual([400, "request.invalid"]);
  });
});

describe("GET /organize/events", () => {
  it("shows one's own events in every state, and nobody else's", async () => {
    const lin = await aUser(t, { name: "Lin" });
    const published = await anEvent({ title: "Mine, out" }, lin);
    const draft = (await t.post("/events", { title: "Mine, draft" }, lin)).json();
    const own = async (query: string) =>
      (await t.get(`/organize/events?${query}`, lin)).json().items.map(({ id }: { id: string }) => id);

    expect((await own("")).toSorted()).toEqual([published.id, draft.id].toSorted());
    expect(await own("show=drafts")).toEqual([draft.id]);
    expect(await own("show=upcoming")).toEqual([published.id]);
    expect(await own("show=past")).toEqual([]);
    expect(await own("q=draft")).toEqual([draft.id]);
    const foreign = await t.get(`/organize/events?organizer_id=${published.organizerId}`, ada);
    expect(foreign.json().code).toBe("organizer.not_found");
  });

  it("pages through what is to come, the soonest first, and through all, the last changed first", async () => {
    const lin = await aUser(t, { name: "Lin" });
    for (const [title, hours] of [
      ["Third", 90],
      ["First", 70],
      ["Second", 80],
    ] as const) {
      t.travel(1000);
      await anEvent({ title, startTime: soon(hours), endTime: soon(95) }, lin);
    }
    const paged = async (show: string) => {
      const seen: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const after = cursor && `&cursor=${cursor}`;
        const page: Listed = (await t.get(`/organize/events?limit=2&show=${show}${after}`, lin)).json();
        seen.push(...page.items.map(({ title }) => title));
        cursor = page.nextCursor;
      }
      return seen;
    };

    expect(await paged("upcoming")).toEqual(["First", "Second", "Third"]);
    expect(await paged("all")).toEqual(["Second", "First", "Third"]);
  });

  it("counts what is ahead, behind and unfinished", async () => {
    const lin = await aUser(t, { name: "Lin" });
    expect((await t.get("/organize/overview", lin)).json().counts.upcoming).toBe(0);
    await anEvent({ title: "Later", startTime: soon(90), endTime: soon(91) }, lin);
    await anEvent({ title: "Sooner", startTime: soon(80), endTime: soon(81) }, lin);
    await t.post("/events", { title: "Unfinished" }, lin);

    const overview = (await t.get("/organize/overview", lin)).json();

    expect(overview.counts).toEqual({ drafts: 1, upcoming: 2, past: 0, registrations: 0 });
    expect(overview.next.map(({ title }: { title: string }) => title)).toEqual(["Sooner", "Later"]);
    expect(overview.drafts).toMatchObject([{ title: "Unfinished" }]);
  });
});

describe("people at an event", () => {
  const register = async (eventId: string, names: readonly string[], as: Someone) => {
    const attendees = names.map((name) => ({ name, email: `${name.toLowerCase()}@example.org` }));
    const reply = await t.post(`/events/${eventId}/register`, { attendees }, as);
    expect(reply.statusCode, reply.body).toBeLessThan(300);
  };

  it("are counted for the team, which can't take their seats away by making it smaller", async () => {
    const event = await anEvent({ title: "Counted", capacity: 5 });
    await register(event.id, ["Grace", "Mary", "Joan"], ada);

    const smaller = await t.send("PATCH", `/events/${event.id}`, { capacity: 2 }, ada);
    expect([smaller.statusCode, smaller.json().code]).toEqual([409, "event.capacity_below_taken"]);

    const fitting = (await t.send("PATCH", `/events/${event.id}`, { capacity: 3 }, ada)).json();
    expect(fitting).toMatchObject({
      capacity: 3,
      places: { taken: 3, capacity: 3, left: 0 },
      team: { people: { confirmed: 3, told: 3 } },
    });
    expect((await find("q=counted")).items).toMatchObject([{ places: { left: 0 } }]);
  });

  it("are counted for everybody only where there is a limit that they fill", async () => {
    const open = await anEvent({ title: "Room for all" });
    const limited = await anEvent({ title: "Room for nine", capacity: 9 });
    await register(open.id, ["Lise", "Rita"], ada);
    await register(limited.id, ["Lise", "Rita"], ada);
    const taken = async (id: string, as?: Someone) => [
      (await t.get(`/events/${id}`, as)).json().places.taken,
      (await t.get(`/events/${id}/register`, as)).json().taken,
    ];

    expect(await taken(open.id)).toEqual([null, null]);
    expect(await taken(open.id, await aUser(t))).toEqual([null, null]);
    expect(await taken(open.id, ada)).toEqual([2, 2]);
    expect(await taken(limited.id)).toEqual([2, 2]);
    expect((await find("q=Room")).items).toContainEqual(
      expect.objectContaining({ places: { taken: null, capacity: null, left: null } }),
    );
  });

  it("get what becomes free when it is made larger", async () => {
    const event = await anEvent({ title: "Growing", capacity: 1 });
    await register(event.id, ["Hedy"], ada);
    await register(event.id, ["Edith"], await aUser(t, { name: "Edith" }));

    const larger = (await t.send("PATCH", `/events/${event.id}`, { capacity: 2 }, ada)).json();

    expect(larger.places).toEqual({ taken: 2, capacity: 2, left: 0 });
  });

  it("lose their seats when it is cancelled, and are told", async () => {
    const event = await anEvent({ title: "Called off", capacity: 5 });
    await register(event.id, ["Emmy"], ada);

    await t.post(`/events/${event.id}/cancel`, { reason: "Snow" }, ada);
    await t.settle();

    expect((await t.get(`/events/${event.id}`, ada)).json().team.people).toMatchObject({ confirmed: 0, told: 1 });
    expect((await t.lettersTo("emmy@example.org")).at(-1)?.text).toContain("Snow");
  });
});

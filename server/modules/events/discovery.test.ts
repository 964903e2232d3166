import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { removeOver } from "#server/modules/events/repo/listing.ts";
import { forgetWords } from "#server/modules/events/service/words.ts";
import { aUser, anEvent as plainEvent, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
let ada: Someone;
beforeAll(async () => {
  t = await startTestApp();
  ada = await aUser(t, { name: "Ada Lovelace" });
});
afterAll(() => t.close());

const hour = 3_600_000;
const soon = (hours: number) => new Date(t.ctx.now().getTime() + hours * hour).toISOString();

async function anEvent(over: object = {}, as = ada) {
  const body = { title: "A gathering", startTime: soon(48), endTime: soon(50), ...over };
  const draft = (await t.post("/events", body, as)).json();
  const reply = await t.post(`/events/${draft.id}/publish`, {}, as);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json();
}

interface Listed {
  items: { id: string; title: string }[];
  nextCursor: string | null;
  instead: { q: string | null; place: string | null } | null;
}
const find = async (query: Record<string, string>): Promise<Listed> => {
  const reply = await t.get(`/events?${new URLSearchParams(query)}`);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json();
};
const titles = async (query: Record<string, string>) => (await find(query)).items.map(({ title }) => title);

describe("searching events", () => {
  it("finds words whatever their accents and case, begun or bent", async () => {
    await anEvent({ title: "Crème brûlée für Anfänger", language: "de", description: "Gemeinsame Übungen" });
    await anEvent({ title: "Running workshops", language: "en" });

    for (const q of ["creme brulee", "CRÈME", "anfang", "ubung", "Übung", "für anfänger"]) {
      expect(await titles({ q, language: "de" }), q).toEqual(["Crème brûlée für Anfänger"]);
    }
    for (const q of ["run", "runs", "workshop", "workshops", "the workshop"]) {
      expect(await titles({ q }), q).toEqual(["Running workshops"]);
    }
  });

  it("finds words that were only begun, from the third letter on", async () => {
    await anEvent({ title: "Wabisabi & wa" });

    expect(await find({ q: "wab" })).toMatchObject({ items: [{ title: "Wabisabi & wa" }], instead: null });
    await anEvent({ title: "Wabisabi" });
    expect(await titles({ q: "wa" })).toEqual(["Wabisabi & wa"]);
  });

  it("finds words of scripts that leave marks out, or put nothing between words", async () => {
    const said: [language: string, title: string, ...typed: string[]][] = [
      ["ar", "أمسية التأمل والعافية", "التامل", "امسيه", "التَّأَمُّل", "العافية"],
      ["he", "שיעור יוגה", "שִׁיעוּר", "יוגה"],
      ["ja", "東京ヨガの夕べ", "東京", "ヨガ", "夕べ", "東京ヨガの夕べ"],
      ["zh", "上海瑜伽工作坊", "瑜伽", "上海", "工作坊"],
      ["ko", "서울에서 명상 모임", "서울", "명상"],
      ["el", "Γιόγκα στην παραλία", "γιογκα"],
      ["ru", "Отдых и медитация", "медитации", "медетация"],
    ];
    for (const [language, title, ...all] of said) {
      await anEvent({ title, language });
      for (const q of all) expect(await titles({ q }), q).toEqual([title]);
    }
    expect(await titles({ q: "東海" })).toEqual([]);
  });

  it("finds what looks like a word that nobody wrote, and says so", async () => {
    await anEvent({
      title: "Kintsugi evening",
      format: "in_person",
      placeName: "Haus am Kanal",
      placeAddress: "Leipzig",
    });

    const mended = await find({ q: "kintsuggi evening" });
    expect(mended).toMatchObject({ items: [{ title: "Kintsugi evening" }], instead: { q: "kintsugi evening" } });
    expect(await find({ q: "kintsugi", place: "Leipzg" })).toMatchObject({
      items: [{ title: "Kintsugi evening" }],
      instead: { q: null, place: "leipzig" },
    });
    expect(await find({ q: "kintsugi" })).toMatchObject({ instead: null });
    expect(await find({ q: "xqzwvk" })).toEqual({ items: [], nextCursor: null, instead: null });
  });

  it("says nothing about words of what is no longer there for all", async () => {
    const event = await anEvent({ title: "Zyzzogeton meeting" });
    await t.send("PATCH", `/events/${event.id}`, { visibility: "private" }, ada);

    expect(await find({ q: "zyzzogetn" })).toEqual({ items: [], nextCursor: null, instead: null });
  });

  it("shows first what has the words in its title when sorted by relevance, page by page", async () => {
    await anEvent({ title: "Pottery", startTime: soon(60), endTime: soon(61) });
    await anEvent({ title: "Clay", description: "Some pottery", startTime: soon(40), endTime: soon(41) });
    await anEvent({ title: "Glazing pottery", startTime: soon(70), endTime: soon(71) });
    const expected = ["Pottery", "Glazing pottery", "Clay"];

    expect(await titles({ q: "pottery" })).toEqual(["Clay", "Pottery", "Glazing pottery"]);
    expect(await titles({ q: "pottery", sort: "relevance" })).toEqual(expected);
    const paged: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Listed = await find({ q: "pottery", sort: "relevance", limit: "1", ...(cursor && { cursor }) });
      paged.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(expected);
  });

  it("filters by place, language and price, each and all together", async () => {
    const place = { format: "in_person", placeName: "Alte Münze", placeAddress: "Molkenmarkt 2, Berlin" };
    const event = await anEvent({ title: "Filtered", language: "pt-BR", ...place });
    await anEvent({ title: "Filtered too", language: "en", description: "Not in Berlin" });

    for (const [name, value] of Object.entries({
      place: "berlin alte munze",
      language: "pt-PT",
      format: "in_person",
    })) {
      expect(await titles({ q: "filtered", [name]: value }), name).toEqual(["Filtered"]);
    }
    const all = { q: "filtered", place: "Molkenmarkt", language: "pt", price: "free", format: "in_person" };
    expect(await titles(all)).toEqual(["Filtered"]);
    expect(await titles({ ...all, price: "paid" })).toEqual([]);
    await t.db.updateTable("ticket_types").set({ price_minor: 900 }).where("source_id", "=", event.id).execute();
    expect(await titles({ ...all, price: "paid" })).toEqual(["Filtered"]);
    expect(await titles(all)).toEqual([]);
  });

  it("shows what is on now when asked", async () => {
    await anEvent({ title: "Ongoing talk", startTime: soon(1), endTime: soon(4) });
    await anEvent({ title: "Ongoing later", startTime: soon(5), endTime: soon(6) });
    t.travel(2 * hour);

    expect(await titles({ q: "ongoing", on_now: "true" })).toEqual(["Ongoing talk"]);
    expect(await titles({ q: "ongoing" })).toEqual(["Ongoing talk", "Ongoing later"]);
  });

  it("follows each change of an event and of its organizer's name", async () => {
    const lin = await aUser(t, { name: "Lin Wei" });
    const event = await anEvent({ title: "Wandering" }, lin);
    expect(await titles({ q: "wandering lin" })).toEqual(["Wandering"]);

    await t.send("PATCH", `/events/${event.id}`, { title: "Resting" }, lin);
    await t.send("PATCH", `/organizers/${event.organizerId}`, { name: "Quiet House" }, lin);

    expect(await titles({ q: "wandering" })).toEqual([]);
    expect(await titles({ q: "resting quiet" })).toEqual(["Resting"]);
    await t.post(`/events/${event.id}/cancel`, {}, lin);
    expect(await titles({ q: "resting" })).toEqual([]);
  });

  it("lists nothing that is not published for all", async () => {
    const hidden = [
      await plainEvent(t, { visibility: "unlisted" }),
      await plainEvent(t, { visibility: "private" }),
      await plainEvent(t, { visibility: "invite_only" }),
      await plainEvent(t, { status: "draft" }),
      await plainEvent(t),
      await plainEvent(t),
    ];
    const [inReview, cancelled] = hidden.slice(-2).map(({ eventId }) => eventId);
    await t.db
      .updateTable("events")
      .set({ status: "in_review" })
      .where("id", "=", inReview ?? "")
      .execute();
    await t.db
      .updateTable("events")
      .set({ status: "cancelled" })
      .where("id", "=", cancelled ?? "")
      .execute();
    const shown = await plainEvent(t);

    const found = await find({ q: "evening together", limit: "60" });

    expect(found.items.map(({ id }) => id)).toContain(shown.eventId);
    for (const { eventId } of hidden) expect(found.items.map(({ id }) => id)).not.toContain(eventId);
  });

  it("pages through many more than it looks at in order, each once, common words and rare ones", async () => {
    await t.query(`with many as (
        insert into events (id, organizer_id, slug, title, hue, format, visibility, status, created_by, published_at, created_at, updated_at)
        select gen_random_uuid(), (select id from organizers limit 1), 'many-' || n,
          'Crowd ' || case when n % 2 = 0 then 'even' else 'odd' end || case when n % 90 = 0 then ' seldom' else '' end
            || case when n % 7 = 3 then ' hardly' else '' end || case when n in (410, 890) then ' twice' else '' end, 1, 'virtual', 'public', 'published',
          '${ada.userId}', '2030-01-01'::timestamptz - make_interval(days => 3 * greatest(0, n - 500), mins => n), '2030-01-01', '2030-01-01'
        from generate_series(1, 900) as n returning id, organizer_id, title, slug)
      insert into gatherings (id, kind, source_id, organizer_id, title, status, format, visibility, start_time, end_time, wall_start, wall_end, time_zone, settings, created_at, updated_at)
      select gen_random_uuid(), 'occurrence', id, organizer_id, title, 'scheduled', 'virtual', 'public', at, at + interval '1 hour', '-', '-', 'UTC', '{}', at, at
      from many, lateral (select split_part(slug, '-', 2)::integer as n) as numbered,
        lateral (select '2040-01-01'::timestamptz + make_interval(days => 3 * greatest(0, n - 500), mins => 7 * n) as at) as times`);
    const walk = async (query: Record<string, string>) => {
      const seen: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page: Listed = await find({ ...query, limit: "60", ...(cursor && { cursor }) });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      return seen;
    };
    // All of them, without any haste.
    const plain = async (title: string, order: string) => {
      const { rows } = await sql<{ id: string }>`select e.id from listings l join events e on e.id = l.event_id
        where e.slug like 'many-%' and e.title like ${`%${title}%`} order by ${sql.raw(order)}`.execute(t.db);
      return rows.map(({ id }) => id);
    };
    const [soonest, newest] = ["start_time, gathering_id", "l.published_at desc, event_id desc"];

    const crowd = await plain("Crowd", soonest);
    expect(crowd).toHaveLength(900);
    expect(await walk({ q: "crowd", start_date: "2040-01-01" })).toEqual(crowd);
    expect(await walk({ q: "crowd", sort: "newest", format: "virtual" })).toEqual(await plain("Crowd", newest));
    for (const [q, title] of [
      ["crowd seldom", "seldom"],
      ["hardly", "hardly"],
      ["twice", "twice"],
      ["odd", "odd"],
    ] as const) {
      expect(await walk({ q, start_date: "2040-01-01" }), q).toEqual(await plain(title, soonest));
      expect(await walk({ q, sort: "newest" }), q).toEqual(await plain(title, newest));
    }
  });
});

describe("what is over", () => {
  it("leaves the listings, and comes back when it is moved into the future", async () => {
    const event = await anEvent({ title: "Bygone", startTime: soon(1), endTime: soon(2) });
    const listed = async () =>
      (await t.db.selectFrom("listings").select("event_id").where("event_id", "=", event.id).execute()).length;
    t.travel(3 * hour);

    await removeOver(t.db, t.ctx.now());
    expect(await listed()).toBe(0);

    await t.send("PATCH", `/events/${event.id}`, { startTime: soon(24), endTime: soon(25) }, ada);
    expect(await titles({ q: "bygone" })).toEqual(["Bygone"]);
  });

  it("leaves the words that mend others as well, unless somebody lists them again meanwhile", async () => {
    const words = ["zwielichtig", "morgenrot", "abendstern"];
    const [, revived, stays] = await Promise.all(
      words.map((title, n) => anEvent({ title, startTime: soon(1), endTime: soon(n === 2 ? 99 : 2) })),
    );
    const known = async () => {
      const { rows } = await sql<{ word: string }>`select word from listed_words where word = any(${words}::text[])
        order by word`.execute(t.db);
      return rows.map(({ word }) => word);
    };
    t.travel(3 * hour);
    await removeOver(t.db, t.ctx.now());
    expect(await known()).toEqual(["abendstern", "morgenrot", "zwielichtig"]);

    const forgetting = await t.db.transaction().execute(async (tx) => {
      await sql`update gatherings set end_time = ${soon(5)}::timestamptz where source_id = ${revived.id}`.execute(tx);
      const begun = forgetWords(t.ctx);
      const waiting = async () => {
        const { rows } = await sql`select from pg_locks join pg_database d on d.oid = pg_locks.database
          where datname = current_database() and relation = 'listings'::regclass and not granted`.execute(t.db);
        return rows.length;
      };
      await expect.poll(waiting).toBe(1);
      return { begun };
    });
    await forgetting.begun;

    expect(await known()).toEqual(["abendstern", "morgenrot"]);
    expect(await titles({ q: "abendstern" })).toEqual([stays.title]);
  });
});

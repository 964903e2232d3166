import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { previewOf } from "#server/modules/events/preview.ts";
import { listPart, listPartEnds } from "#server/modules/events/repo/feed.ts";
import { anEvent, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

/** Each of them but the first must not be told of. */
async function oneShownManyHidden() {
  const by = await aUser(t, { name: "Host" });
  const shown = await anEvent(t, { by });
  const hidden = [
    ...(await Promise.all(
      (["unlisted", "private", "invite_only"] as const).map((visibility) => anEvent(t, { by, visibility })),
    )),
    await anEvent(t, { by, status: "draft" }),
    await anEvent(t, { by }),
    await anEvent(t, { by }),
  ];
  const [inReview, cancelled] = hidden.slice(-2).map(({ eventId }) => eventId);
  const become = (id = "", status: string) => t.db.updateTable("events").set({ status }).where("id", "=", id).execute();
  await become(inReview, "in_review");
  await become(cancelled, "cancelled");
  // All at one organizer, whose feeds could show them.
  await t.db.updateTable("events").set({ organizer_id: shown.organizerId, title: "Tea & <biscuits>" }).execute();
  return { shown, hidden };
}

describe("the picture beside a link", () => {
  it("leaves out little pictures, which few machines have", async () => {
    const one = { id: "one", hue: 40, coverId: null, when: "", where: "", organizer: "" };
    const painted = (title: string) => previewOf({ ...one, title }, async () => new Uint8Array());

    expect(await painted("🎉 Tea 🧘‍♀️ ©")).toEqual(await painted("Tea ©"));
    expect(await painted("👨‍👩‍👧‍👦🇩🇪")).toEqual(await painted(""));
  });
});

describe("feeds and maps", () => {
  it("tell of what anybody may find, and of nothing else", async () => {
    const { shown, hidden } = await oneShownManyHidden();
    const paths = [
      `/organizers/${shown.organizerId}/calendar.ics`,
      `/organizers/${shown.organizerId}/feed.atom`,
      "/sitemap-part.xml",
    ];

    for (const path of paths) {
      const reply = await t.get(path);
      expect(reply.statusCode, path).toBe(200);
      const body = reply.body.replaceAll("\r\n ", "");
      expect(body, path).toContain(`/events/${shown.slug}`);
      for (const { slug } of hidden) expect(body, path).not.toContain(slug);
    }
    expect((await t.get(`/organizers/${shown.organizerId}/feed.atom`)).body).toContain("Tea &amp; &lt;biscuits&gt;");
    const { slug: host } = (await t.get(`/organizers/${shown.organizerId}`)).json();
    expect((await t.get("/sitemap-part.xml")).body.match(new RegExp(`/${host}</loc>`, "g"))).toHaveLength(1);
    expect((await t.get("/sitemap.xml")).body).toContain("/sitemap-part.xml</loc>");
    expect((await t.get("/organizers/nobody-here/feed.atom")).statusCode).toBe(404);
  });

  it("keep what was cancelled, as cancelled, until it would be over", async () => {
    const by = await aUser(t);
    const [event, hidden] = [await anEvent(t, { by }), await anEvent(t, { by, visibility: "unlisted" })];
    const { organizerId } = event;
    await t.db.updateTable("events").set({ organizer_id: organizerId }).where("id", "=", hidden.eventId).execute();
    const times = [{ startTime: new Date(t.ctx.now().getTime() + 30 * 86_400_000).toISOString() }];
    const [other] = (await t.post(`/events/${event.eventId}/occurrences`, { times }, by)).json().added;
    const entries = async () => {
      const { body } = await t.get(`/organizers/${organizerId}/calendar.ics`);
      return body
        .split("BEGIN:VEVENT")
        .slice(1)
        .map((entry) =>
          ["UID", "SEQUENCE", "STATUS"].map((name) => new RegExp(`^${name}:(.*?)(@|\r)`, "m").exec(entry)?.[1]),
        );
    };
    expect(await entries()).toEqual([
      [event.gatheringId, "0", "CONFIRMED"],
      [other, "0", "CONFIRMED"],
    ]);

    await t.post(`/events/${event.eventId}/occurrences/${other}/cancel`, {}, by);
    expect((await entries())[1]).toEqual([other, "1", "CANCELLED"]);
    await t.query(`update events set language = 'de' where id = '${event.eventId}'`);
    for (const { eventId } of [event, hidden]) await t.post(`/events/${eventId}/cancel`, {}, by);
    expect(await entries()).toEqual([
      [event.gatheringId, "1", "CANCELLED"],
      [other, "1", "CANCELLED"],
    ]);
    const feed = await t.get(`/organizers/${organizerId}/feed.atom`);
    expect(feed.body.match(/<title>.* wurde abgesagt<\/title>/g)).toHaveLength(2);
    const ago = (hours: number) => new Date(t.ctx.now().getTime() - hours * 3_600_000);
    const over = { start_time: ago(2), end_time: ago(1) };
    await t.db.updateTable("gatherings").set(over).where("id", "=", event.gatheringId).execute();
    expect(await entries()).toHaveLength(1);
  });

  it("let no name begin a line of its own in a calendar", async () => {
    const { organizerId, host, slug } = await anEvent(t);
    const name = "Tea, daily\r\nBEGIN:VEVENT\u0001";

    await t.send("PATCH", `/organizers/${organizerId}`, { name }, host);

    const { body } = await t.get(`/organizers/${organizerId}/calendar.ics`);
    expect(body).toContain("\r\nX-WR-CALNAME:Tea\\, daily BEGIN:VEVENT\r\n");
    expect(body.match(/^BEGIN:VEVENT/gm)).toHaveLength(1);
    expect(body.replaceAll("\r\n ", "")).toContain(slug);
  });

  it("say when in the words and on the clocks of each event", async () => {
    const { organizerId, eventId, gatheringId } = await anEvent(t);
    await t.query(`update events set language = 'de' where id = '${eventId}';
      update gatherings set time_zone = 'Europe/Berlin' where id = '${gatheringId}'`);

    const { body } = await t.get(`/organizers/${organizerId}/feed.atom`);

    expect(body).toMatch(/<summary>\p{L}+\., \d+\. \p{L}+\.? \d{4}, \d\d:\d\d[^·]* Ortszeit Berlin · /u);
  });

  it("divide the map into parts that hold each event once", async () => {
    for (let n = 0; n < 6; n += 1) await anEvent(t);
    const listed = await t.db.selectFrom("listings").select("event_id").execute();

    const starts = [null, ...(await listPartEnds(t.db, 3))];
    const parts = await Promise.all(starts.map((after) => listPart(t.db, { after, now: t.ctx.now(), limit: 3 })));

    const slugs = parts.flat().map(({ slug }) => slug);
    expect(slugs.length).toBe(listed.length);
    expect(new Set(slugs).size).toBe(slugs.length);
  });

  it("draw a code that leads to the page, for whoever may see it", async () => {
    const [shown, draft] = [await anEvent(t), await anEvent(t, { status: "draft" })];

    const [svg, png] = [await t.get(`/events/${shown.slug}/qr.svg`), await t.get(`/events/${shown.slug}/qr.png`)];
    expect([svg.headers["content-type"], png.headers["content-type"]]).toEqual(["image/svg+xml", "image/png"]);
    expect(svg.body).toContain("<svg");
    expect((await t.get(`/events/${draft.slug}/qr.svg`)).statusCode).toBe(404);
    expect((await t.get(`/events/${draft.slug}/qr.svg`, draft.host)).statusCode).toBe(200);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { tellFollowers } from "#server/modules/events/service/followers.ts";
import { tellFollowers as tellOnTheBell } from "#server/modules/notifications/service/telling.ts";
import { anEvent, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const follow = (id: string, someone?: Someone) => t.send("PUT", `/organizers/${id}/follow`, undefined, someone);
const unfollow = (id: string, someone: Someone) => t.send("DELETE", `/organizers/${id}/follow`, undefined, someone);
const soon = (hours: number) => new Date(t.ctx.now().getTime() + hours * 3_600_000).toISOString();
const news = async ({ email }: Someone) => {
  await t.settle();
  return (await t.lettersTo(email)).filter(({ subject }) => subject.includes("new event"));
};

async function anOrganizer() {
  const host = await aUser(t, { name: "Hedy Host" });
  const { organizerId } = await anEvent(t, { by: host });
  return { host, organizerId };
}

async function publishes(host: Someone, over: object = {}) {
  const draft = { title: "Lanterns", startTime: soon(48), endTime: soon(50), ...over };
  const { id, slug } = (await t.post("/events", draft, host)).json();
  const reply = await t.post(`/events/${id}/publish`, undefined, host);
  expect(reply.statusCode, reply.body).toBe(200);
  return { id, slug } as { id: string; slug: string };
}

describe("following an organizer", () => {
  it("is once however often it is asked for, and ends the same way", async () => {
    const { organizerId, host } = await anOrganizer();
    const ada = await aUser(t);

    const followed = await Promise.all([1, 2, 3].map(() => follow(organizerId, ada)));
    const seen = (await t.get(`/organizers/${organizerId}`, host)).json();
    const mine = (await t.get("/me/following", ada)).json();
    await unfollow(organizerId, ada);
    const ended = await unfollow(organizerId, ada);

    expect(followed.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(followed[0]?.json()).toMatchObject({ isFollowed: true, followers: null });
    expect(seen).toMatchObject({ followers: 1, isFollowed: false });
    expect(mine.items).toMatchObject([{ id: organizerId, isFollowed: true }]);
    expect(ended.json().isFollowed).toBe(false);
    expect((await t.get("/me/following", ada)).json().items).toEqual([]);
    expect((await follow("nobody-here", ada)).statusCode).toBe(404);
    expect((await follow(organizerId)).statusCode).toBe(401);
  });

  it("is counted for all to see only where the organizer wishes it", async () => {
    const { organizerId, host } = await anOrganizer();
    await follow(organizerId, await aUser(t));
    const asStranger = async () => (await t.get(`/organizers/${organizerId}`)).json().followers;
    const before = await asStranger();

    await t.send("PATCH", `/organizers/${organizerId}`, { showsFollowers: true }, host);

    expect([before, await asStranger()]).toEqual([null, 1]);
  });

  it("lists whom one follows a page at a time, the last one first", async () => {
    const ada = await aUser(t);
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { organizerId } = await anOrganizer();
      await follow(organizerId, ada);
      ids.unshift(organizerId);
    }

    const first = (await t.get("/me/following?limit=2", ada)).json();
    const rest = (await t.get(`/me/following?limit=2&cursor=${first.nextCursor}`, ada)).json();

    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
    expect(rest.nextCursor).toBeNull();
  });
});

describe("a follower", () => {
  it("hears once of each new public event, and of nothing that is hidden; the team does not", async () => {
    const { organizerId, host } = await anOrganizer();
    const [ada, gone] = [await aUser(t), await aUser(t)];
    for (const one of [ada, gone, host]) await follow(organizerId, one);
    await unfollow(organizerId, gone);

    const shown = await publishes(host);
    for (const visibility of ["private", "unlisted", "invite_only"]) await publishes(host, { visibility });
    const letters = await news(ada);
    await tellFollowers(t.ctx, shown.id);

    expect(letters.map(({ subject }) => subject)).toEqual(["The Hosts has a new event: Lanterns"]);
    expect(letters[0]?.text).toContain(`/events/${shown.slug}`);
    expect(letters[0]?.text).toContain("Where: Online");
    expect(await news(ada)).toHaveLength(1);
    expect([await news(gone), await news(host)]).toEqual([[], []]);
  });

  it("is told by the bell too, and stops either as it likes: the letter by its own link, with one press", async () => {
    const { organizerId, host } = await anOrganizer();
    const [ada, bea] = [await aUser(t), await aUser(t)];
    for (const one of [ada, bea]) await follow(organizerId, one);
    const told = async (one: Someone) => {
      await t.settle();
      const { items } = (await t.get("/me/notices", one)).json();
      return items.map(({ title, path }: { title: string; path: string }) => [title, path]);
    };
    const { id, slug } = await publishes(host);
    const heard = await told(ada);
    await tellOnTheBell(t.ctx, id);
    const [letter] = await news(ada);
    const link = /\/unsubscribe\/([^/]+)\/following$/.exec(letter?.unsubscribe_url ?? "");

    await t.post("/letter-wishes", { token: link?.[1], topic: "following", isTold: false });
    await t.send("PATCH", "/me/notification-preferences", { following: { notice: false } }, bea);
    const next = await publishes(host, { title: "Embers" });

    expect(heard).toEqual([["Lanterns", `/events/${slug}`]]);
    expect(await told(ada)).toEqual([["Embers", `/events/${next.slug}`], heard[0]]);
    expect(await told(bea)).toEqual(heard);
    expect([await news(ada), await news(bea)].map(({ length }) => length)).toEqual([1, 2]);
    expect((await t.get("/me/following", ada)).json().items).toHaveLength(1);
  });
});

describe("an organizer's past events", () => {
  it("are those that all could see, each once, the last one first", async () => {
    const { organizerId, host } = await anOrganizer();
    const names = ["One", "Two", "Three"];
    for (const [n, title] of names.entries()) {
      await publishes(host, { title, startTime: soon(48 + n), endTime: soon(49 + n) });
    }
    await publishes(host, { title: "Hidden", visibility: "unlisted" });
    const before = (await t.get(`/organizers/${organizerId}/past`)).json();
    t.travel(5 * 86_400_000);

    const first = (await t.get(`/organizers/${organizerId}/past?limit=3`)).json();
    const rest = (await t.get(`/organizers/${organizerId}/past?limit=3&cursor=${first.nextCursor}`)).json();

    const titles = [...first.items, ...rest.items].map(({ title }) => title);
    expect(before.items).toEqual([]);
    expect(titles.filter((title) => names.includes(title))).toEqual(names.toReversed());
    expect(titles).not.toContain("Hidden");
    expect(new Set(titles).size).toBe(titles.length);
  });
});

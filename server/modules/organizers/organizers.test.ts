import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { workFor } from "#server/modules/organizers/service.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const as = ({ userId, personId }: Someone): Ctx => ({
  ...t.ctx,
  actor: { kind: "user", userId, personId, sessionId: userId, isAdmin: false },
});
const work = (someone: Someone, organizerId?: string) => inTx(as(someone), (tctx) => workFor(tctx, organizerId));

const join = (organizerId: string, someone: Someone, role: "admin" | "member") =>
  t.db
    .insertInto("organizer_members")
    .values({
      organizer_id: organizerId,
      user_id: someone.userId,
      role,
      created_at: t.ctx.now(),
      last_used_at: new Date(0),
    })
    .execute();

const picture = (colour: string) =>
  sharp({ create: { width: 80, height: 60, channels: 3, background: colour } })
    .png()
    .toBuffer();
const putLogo = (path: string, payload: Buffer, someone: Someone) =>
  t.request({
    method: "PUT",
    url: `/api/v1${path}`,
    payload,
    headers: { cookie: someone.cookie, "content-type": "image/png" },
  });

describe("an organizer", () => {
  it("is made by itself when somebody first organizes, once, however often they begin at once", async () => {
    const ada = await aUser(t, { name: "Ada Lovelace", timeZone: "Europe/London" });

    const made = await Promise.all(Array.from({ length: 8 }, () => work(ada)));

    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made[0]).toMatchObject({ slug: "ada-lovelace", role: "owner", timeZone: "Europe/London" });
    expect((await t.get("/me", ada)).json().role).toBe("organizer");
    expect((await t.get("/organizers", ada)).json().items).toMatchObject([{ slug: "ada-lovelace", role: "owner" }]);
  });

  it("gets an address of its own among those of the same name, and never a page's", async () => {
    const [one, other, events] = await Promise.all(
      ["Mary Ward", "Mary Ward", "Events"].map(async (name) => work(await aUser(t, { name }))),
    );

    expect([one?.slug, other?.slug].toSorted()).toEqual([
      "mary-ward",
      expect.stringMatching(/^mary-ward-[0-9a-f]{6}$/),
    ]);
    expect(events?.slug).toBe("host-events");
  });

  it("is the one last used where none is named, and never one that somebody does not belong to", async () => {
    const [ada, lin] = [await aUser(t), await aUser(t, { name: "Lin Wei" })];
    const [hers, theirs] = [await work(ada), await work(lin)];
    await expect(work(ada, theirs.id)).rejects.toMatchObject({ code: "organizer.not_found" });
    await join(theirs.id, ada, "member");
    expect((await work(ada)).id).toBe(hers.id);
    t.travel(1000);

    await work(ada, theirs.id);

    expect((await work(ada)).id).toBe(theirs.id);
  });

  it("is seen by everybody, by its slug and by its id, without its members", async () => {
    const { id, slug } = await work(await aUser(t, { name: "Open House" }));

    const [bySlug, byId] = [await t.get(`/organizers/${slug}`), await t.get(`/organizers/${id}`)];

    expect(bySlug.json()).toEqual(byId.json());
    expect(bySlug.json()).toEqual({
      followers: null,
      isFollowed: false,
      showsFollowers: false,
      slotIntervalMinutes: 0,
      id,
      slug,
      name: "Open House",
      bio: "",
      website: "",
      logoUrl: null,
      hue: expect.any(Number),
      timeZone: "Europe/Berlin",
      role: null,
    });
    expect((await t.get("/organizers/nobody-here")).json().code).toBe("organizer.not_found");
  });
});

describe("its public face", () => {
  it("is changed by its owners and admins, not by members and strangers", async () => {
    const [owner, admin, member, stranger] = await Promise.all([1, 2, 3, 4].map(() => aUser(t, { name: "Team" })));
    if (!owner || !admin || !member || !stranger) throw new Error("four");
    const { id } = await work(owner);
    await join(id, admin, "admin");
    await join(id, member, "member");
    const change = async (someone?: Someone) => {
      const reply = await t.send("PATCH", `/organizers/${id}`, { bio: "We meet." }, someone);
      return reply.statusCode;
    };

    expect(await Promise.all([owner, admin, member, stranger, undefined].map(change))).toEqual([
      200, 200, 403, 403, 401,
    ]);
  });

  it("is noted by the names of what changed, never by what somebody wrote there", async () => {
    const ada = await aUser(t, { name: "Ida Rhodes" });
    const { id } = await work(ada);
    await t.send("PATCH", `/organizers/${id}`, { name: "Circle of Ida", bio: "Born in Nemyriv" }, ada);

    const entry = t.db
      .selectFrom("audit_entries")
      .select(["old", "new"])
      .where("subject_id", "=", id)
      .where("action", "=", "organizer.changed");
    expect(await entry.execute()).toEqual([{ old: {}, new: { fields: ["name", "bio"] } }]);
  });

  it("moves to an address that is free, and only there", async () => {
    const [ada, lin] = [await aUser(t, { name: "First One" }), await aUser(t, { name: "Second One" })];
    const [one, other] = [await work(ada), await work(lin)];
    const move = (slug: string) => t.send("PATCH", `/organizers/${one.id}`, { slug }, ada);

    expect((await move(other.slug)).json().code).toBe("organizer.slug_taken");
    expect((await move("Tea-House")).json().slug).toBe("tea-house");
    expect((await t.get(`/organizers/${one.slug}`)).statusCode).toBe(404);
    for (const slug of ["events", "sign-in", "a--b", "ab", "x/y", "01900000-0000-7000-8000-00000000aaaa"]) {
      const reply = await move(slug);
      expect([reply.statusCode, reply.json().fields[0].at]).toEqual([400, "body.slug"]);
    }
  });

  it("takes one of many who want the same address at once", async () => {
    const teams = await Promise.all(
      Array.from({ length: 6 }, async (_, n) => {
        const owner = await aUser(t, { name: `Rivals ${n}` });
        return { owner, ...(await work(owner)) };
      }),
    );

    const replies = await Promise.all(
      teams.map(({ id, owner }) => t.send("PATCH", `/organizers/${id}`, { slug: "the-best-name" }, owner)),
    );

    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  it.each([
    [{ website: "javascript:alert(1)" }],
    [{ website: "ftp://example.org" }],
    [{ hue: 360 }],
    [{ hue: 1.5 }],
    [{ timeZone: "Nowhere" }],
    [{ name: "" }],
    [{ bio: "x".repeat(2001) }],
    [{ personalUserId: null }],
  ])("refuses %j", async (body) => {
    const ada = await aUser(t);
    const { id } = await work(ada);

    expect((await t.send("PATCH", `/organizers/${id}`, body, ada)).json().code).toBe("request.invalid");
  });

  it("wears a picture that is painted anew, and throws the one before away", async () => {
    const ada = await aUser(t, { name: "Painter" });
    const { id } = await work(ada);

    const first = (await putLogo(`/organizers/${id}/logo`, await picture("red"), ada)).json().logoUrl;
    const second = (await putLogo(`/organizers/${id}/logo`, await picture("blue"), ada)).json().logoUrl;

    const [gone, shown] = [await t.request({ url: first }), await t.request({ url: second })];
    expect([gone.statusCode, shown.statusCode, shown.headers["content-type"]]).toEqual([404, 200, "image/webp"]);
    const none = await t.send("DELETE", `/organizers/${id}/logo`, undefined, ada);
    expect(none.json().logoUrl).toBeNull();
    const bad = await putLogo(`/organizers/${id}/logo`, Buffer.from("<svg onload=alert(1)>"), ada);
    expect([bad.statusCode, bad.json().code]).toEqual([422, "file.unreadable"]);
  });
});

describe("my own picture", () => {
  it("is taken, shown and taken away", async () => {
    const ada = await aUser(t);

    const url = (await putLogo("/me/picture", await picture("green"), ada)).json().pictureUrl;

    expect((await t.request({ url })).statusCode).toBe(200);
    expect((await t.send("DELETE", "/me/picture", undefined, ada)).json().pictureUrl).toBeNull();
    expect((await t.request({ url })).statusCode).toBe(404);
  });
});

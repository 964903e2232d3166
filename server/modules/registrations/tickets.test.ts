import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { sendChanged } from "#server/modules/registrations/service/letters.ts";
import { linkToken } from "#server/platform/links.ts";
import { anEvent, aRole, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest, fromElsewhere } from "#server/platform/testing-guests.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

type Attachment = { name: string; mediaType: string; contentId?: string; base64: string };

const lettersTo = async (email: string) =>
  (await t.lettersTo(email)).map((letter) => ({
    ...letter,
    attachments: letter.attachments as unknown as Attachment[],
  }));
const read = ({ base64 }: Attachment) => Buffer.from(base64, "base64").toString().replace(/\r\n /g, "");
const calendarIn = (letter?: { attachments: Attachment[] }) =>
  letter?.attachments.find(({ name }) => name === "event.ics") as Attachment;
const open = (token: string, headers: Record<string, string> = fromElsewhere()) =>
  t.post("/links/open", { token }, undefined, headers);
const cookieOf = (reply: { headers: Record<string, unknown> }) =>
  String([reply.headers["set-cookie"]].flat()[0]).split(";")[0] ?? "";

describe("the letter", () => {
  it("brings the ticket, the way to one's own page and the calendar entry", async () => {
    const event = await anEvent(t);
    await t.db
      .updateTable("gatherings")
      .set({
        time_zone: "Asia/Tokyo",
        start_time: new Date("2031-03-01T09:30Z"),
        end_time: new Date("2031-03-01T11:00Z"),
      })
      .where("id", "=", event.gatheringId)
      .execute();
    const guest = await aGuest(t, event, { name: "Lin" });
    await t.settle();

    const [letter, ...more] = await lettersTo(guest.email);

    expect(more).toEqual([]);
    expect(letter).toMatchObject({
      kind: "confirmation",
      status: "handed_over",
      subject: "Your ticket for An evening together",
    });
    const page = `http://localhost:3000/t/${guest.token}`;
    for (const body of [letter?.html, letter?.text]) {
      expect(body).toContain(page);
      expect(body).toContain("An evening together");
      expect(body).toContain(`/events/${event.slug}?occurrence_id=${event.gatheringId}`);
      expect(body).toContain("The Hall");
      expect(body).toMatch(/Sat, Mar 1, 2031, 6:30.*8:00.PM Tokyo time/);
    }
    const { typedCode } = (await t.get(`/registrations/${guest.id}`, undefined, guest.link)).json().ticket;
    expect(letter?.text).toContain(typedCode);
    const picture = letter?.attachments.find(({ contentId }) => contentId);
    expect(letter?.html).toContain(`cid:${picture?.contentId}`);
    expect(picture).toMatchObject({ mediaType: "image/png" });
    const calendar = read(calendarIn(letter));
    expect(calendar).toContain("METHOD:PUBLISH");
    expect(calendar).toMatch(new RegExp(`UID:${event.gatheringId}@`));
    expect(calendar).toContain("SEQUENCE:0");
    expect(calendar).toContain("DTSTART:20310301T093000Z");
    expect(calendar.replace(/\\/g, "")).toContain(page);
  });

  it("leaves the door's code out for who comes online", async () => {
    const event = await anEvent(t, { format: "virtual" });
    const guest = await aGuest(t, event);
    await t.settle();

    const [letter] = await lettersTo(guest.email);

    expect(letter?.attachments.map(({ name }) => name)).toEqual(["event.ics"]);
    expect(letter?.text).toContain("Online");
  });

  it("is written once, whatever is told twice", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event);
    await t.settle();
    const { id } = await t.db
      .selectFrom("facts")
      .select("id")
      .where("name", "=", "registration.confirmed")
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    await t.query(`update facts set delivered = '{}' where id = '${id}'`);

    await t.runFact(id);

    expect(await lettersTo(guest.email)).toHaveLength(1);
  });

  it("comes again when it is asked for, and the answer is the same for any address", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event);
    await t.settle();
    const again = (email: string, eventId?: string) =>
      t.post("/registrations/resend", { email, eventId }, undefined, fromElsewhere());

    const replies = [
      await again(guest.email, event.eventId),
      await again("nobody@example.org", event.eventId),
      await again(guest.email),
      await again(guest.email, "no-such-event"),
    ];
    await t.settle();

    for (const reply of replies) expect([reply.statusCode, reply.json()]).toEqual([202, { status: "sent" }]);
    expect((await lettersTo(guest.email)).map(({ kind }) => kind)).toEqual(Array(3).fill("confirmation"));
    expect(await lettersTo("nobody@example.org")).toEqual([]);
  });

  it("is not sent on and on: the sixth within an hour is refused, for any address", async () => {
    const guest = await aGuest(t, await anEvent(t));
    const ask = async (email: string) =>
      (await t.post("/registrations/resend", { email }, undefined, fromElsewhere())).statusCode;
    const sixTimes = async (email: string) => {
      const statuses: number[] = [];
      for (let n = 0; n < 6; n += 1) statuses.push(await ask(email));
      return statuses;
    };

    expect(await sixTimes(guest.email)).toEqual([202, 202, 202, 202, 202, 429]);
    expect(await sixTimes("nobody-at-all@example.org")).toEqual([202, 202, 202, 202, 202, 429]);
  });

  it("comes at most once in ten minutes to who is registered again and again", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event);
    await t.settle();
    const repeat = () =>
      t.post(
        `/events/${event.eventId}/register`,
        { attendees: [{ name: "Somebody", email: guest.email }] },
        undefined,
        fromElsewhere(),
      );

    for (let n = 0; n < 5; n += 1) await repeat();
    await t.settle();

    const count = (await lettersTo(guest.email)).length;
    expect(count).toBeGreaterThanOrEqual(2);
    expect(count).toBeLessThanOrEqual(3);
  });
});

describe("the link", () => {
  it("opens the guest's own page, and this browser holds the registration from then on", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event);

    const asked = t.ctx.now().getTime();
    const reply = await open(guest.token);
    const answered = t.ctx.now().getTime();

    expect(reply.json()).toMatchObject({ id: guest.id, status: "confirmed", ticket: { code: expect.any(String) } });
    const [cookie = ""] = [reply.headers["set-cookie"]].flat();
    expect(cookie).toMatch(/^plenary_links=.*HttpOnly/);
    expect(cookie).toContain("SameSite=Lax");
    const seconds = Number(/Max-Age=(\d+)/.exec(cookie)?.[1]);
    const until = event.end.getTime() + 2 * 3_600_000;
    expect(seconds).toBeGreaterThanOrEqual(Math.floor((until - answered) / 1000));
    expect(seconds).toBeLessThanOrEqual(Math.ceil((until - asked) / 1000));
    const held = { cookie: cookieOf(reply) };
    expect((await t.get(`/registrations/${guest.id}`, undefined, held)).json().id).toBe(guest.id);
    const { mine } = (await t.get(`/events/${event.eventId}/register`, undefined, held)).json();
    expect(mine.map(({ id }: { id: string }) => id)).toEqual([guest.id]);
  });

  it("adds to those a browser holds already", async () => {
    const [one, other] = [await aGuest(t, await anEvent(t)), await aGuest(t, await anEvent(t))];

    const first = await open(one.token);
    const second = await open(other.token, { ...fromElsewhere(), cookie: cookieOf(first) });

    const held = { cookie: cookieOf(second) };
    for (const { id } of [one, other])
      expect((await t.get(`/registrations/${id}`, undefined, held)).statusCode).toBe(200);
  });

  it("opens nothing when it is wrong, of another kind, or of an older version", async () => {
    const guest = await aGuest(t, await anEvent(t));
    const secret = t.settings.secrets.links;
    const wrong = [
      `${guest.token.slice(0, -1)}${guest.token.endsWith("A") ? "B" : "A"}`,
      linkToken("x".repeat(43), { kind: "registration", id: guest.id, version: 1 }),
      linkToken(secret, { kind: "verify", id: guest.id, version: 1 }),
      linkToken(secret, { kind: "registration", id: guest.id, version: 2 }),
      linkToken(secret, { kind: "registration", id: crypto.randomUUID(), version: 1 }),
      "nonsense",
      "../../etc/passwd",
    ];

    for (const token of wrong) {
      const reply = await open(token);
      expect([reply.statusCode, reply.json().code]).toEqual([410, "auth.link_invalid"]);
      expect(reply.headers["set-cookie"]).toBeUndefined();
      expect(
        (await t.get(`/registrations/${guest.id}`, undefined, { authorization: `Link ${token}` })).statusCode,
      ).toBe(401);
    }
    const held = { cookie: cookieOf(await open(guest.token)) };
    await t.db.updateTable("registrations").set({ link_version: 2 }).where("id", "=", guest.id).execute();
    expect((await open(guest.token)).statusCode).toBe(410);
    expect((await t.get(`/registrations/${guest.id}`, undefined, held)).statusCode).toBe(401);
  });

  it("shows what became of a place that was given up, without a ticket", async () => {
    const guest = await aGuest(t, await anEvent(t));

    await t.send("DELETE", `/registrations/${guest.id}`, undefined, undefined, guest.link);

    expect((await open(guest.token)).json()).toMatchObject({ status: "cancelled", ticket: null });
    expect((await t.get(`/registrations/${guest.id}/code.svg`, undefined, guest.link)).json().code).toBe(
      "registration.wrong_status",
    );
  });

  it("opens its own registration and no other", async () => {
    const event = await anEvent(t);
    const [one, other] = [await aGuest(t, event), await aGuest(t, event)];

    expect((await t.get(`/registrations/${other.id}`, undefined, one.link)).json().code).toBe("registration.not_found");
    const cancelled = await t.send("DELETE", `/registrations/${other.id}`, undefined, undefined, one.link);
    expect(cancelled.json().code).toBe("registration.not_found");
  });
});

describe("a ticket", () => {
  it("has its code as a picture and its hour as a calendar file", async () => {
    const guest = await aGuest(t, await anEvent(t));

    const code = await t.get(`/registrations/${guest.id}/code.svg`, undefined, guest.link);
    const calendar = await t.get(`/registrations/${guest.id}/calendar.ics`, undefined, guest.link);

    expect(code.headers["content-type"]).toContain("image/svg+xml");
    expect(code.body).toMatch(/^<svg/);
    expect(calendar.headers["content-type"]).toContain("text/calendar");
    expect(calendar.body).toContain("BEGIN:VEVENT");
  });

  it("gives nothing that lets in to those of the team who only read lists", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event);
    const path = `/registrations/${guest.id}`;

    for (const role of ["moderator", "door"] as const) {
      const reader = await aUser(t);
      await aRole(t, event, reader, role);
      expect((await t.get(path, reader)).json()).toMatchObject({ name: guest.name, ticket: null, claimUrl: null });
      expect((await t.get(`${path}/code.svg`, reader)).statusCode).toBe(404);
      expect((await t.get(`${path}/calendar.ics`, reader)).statusCode).toBe(404);
      expect((await t.post(`${path}/accept`, {}, reader)).statusCode).toBe(404);
    }
    // The entry holds the holder's own link, which is not even the organizer's.
    expect((await t.get(`${path}/calendar.ics`, event.host)).statusCode).toBe(404);
  });
});

describe("giving a place up", () => {
  const statusOf = async (id: string) =>
    (await t.db.selectFrom("registrations").select("status").where("id", "=", id).executeTakeFirstOrThrow()).status;

  it("works by the link, twice without harm, and its letter says so once", async () => {
    const event = await anEvent(t, { capacity: 1 });
    const guest = await aGuest(t, event);
    const give = () => t.send("DELETE", `/registrations/${guest.id}`, undefined, undefined, guest.link);

    const replies = [await give(), await give()];
    await t.settle();

    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect((await t.get(`/events/${event.eventId}/register`)).json().taken).toBe(0);
    expect((await lettersTo(guest.email)).map(({ subject }) => subject)).toEqual([
      "You have given back your seat at An evening together",
    ]);
  });

  it("works by the account, for all of one's own places there", async () => {
    const event = await anEvent(t, { tickets: [{ allowsSeveral: true }] });
    const grace = await aUser(t);
    const other = await aGuest(t, event);
    const register = () => t.post(`/events/${event.eventId}/register`, {}, grace);
    const ids = [(await register()).json().id, (await register()).json().id];

    const left = await t.send("DELETE", `/events/${event.eventId}/register`, undefined, grace);
    const again = await t.send("DELETE", `/events/${event.eventId}/register`, undefined, grace);

    expect(left.statusCode).toBe(204);
    expect(again.json().code).toBe("registration.not_found");
    expect(await Promise.all(ids.map(statusOf))).toEqual(["cancelled", "cancelled"]);
    expect(await statusOf(other.id)).toBe("confirmed");
  });

  it("is done by the organizer too, whose letter says who did", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event);

    const reply = await t.send("DELETE", `/registrations/${guest.id}`, undefined, event.host);
    await t.settle();

    expect(reply.json().status).toBe("cancelled");
    expect((await lettersTo(guest.email)).at(-1)?.subject).toBe("Your seat at An evening together was cancelled");
  });

  it("is nobody else's to do", async () => {
    const guest = await aGuest(t, await anEvent(t));

    expect((await t.send("DELETE", `/registrations/${guest.id}`, undefined, await aUser(t))).statusCode).toBe(404);
    expect((await t.send("DELETE", `/registrations/${guest.id}`)).statusCode).toBe(401);
    expect(await statusOf(guest.id)).toBe("confirmed");
  });

  it.each(["nonsense", "00000000-0000-0000-0000-000000000000", "%2e%2e%2f"])("refuses the id %s", async (id) => {
    const reply = await t.send("DELETE", `/registrations/${id}`, undefined, await aUser(t));

    expect([400, 404]).toContain(reply.statusCode);
  });
});

describe("the calendar of who gives a place up", () => {
  const entriesOf = async (email: string, kind: string) => {
    await t.settle();
    const letters = (await lettersTo(email)).filter((letter) => letter.kind === kind);
    return letters.map((letter) => calendarIn(letter)).map((entry) => entry && read(entry));
  };
  const sequenceOf = (entry: string | undefined) => Number(/SEQUENCE:(\d+)/.exec(entry ?? "")?.[1]);

  it.each(["guest", "account", "organizer"] as const)("loses the entry when the %s cancels", async (by) => {
    const event = await anEvent(t);
    const account = await aUser(t);
    const guest =
      by === "account"
        ? { email: account.email, id: (await t.post(`/events/${event.eventId}/register`, {}, account)).json().id }
        : await aGuest(t, event);
    const [given] = await entriesOf(guest.email, "confirmation");

    const caller = { guest: undefined, account, organizer: event.host }[by];
    const link = by === "guest" && "link" in guest ? guest.link : undefined;
    const reply = await t.send("DELETE", `/registrations/${guest.id}`, undefined, caller, link);

    expect(reply.statusCode, reply.body).toBe(200);
    const [taken] = await entriesOf(guest.email, "cancelled");
    expect(taken).toContain("METHOD:CANCEL");
    expect(taken).toContain("STATUS:CANCELLED");
    expect(taken).toContain(`UID:${event.gatheringId}@`);
    expect(sequenceOf(taken)).toBeGreaterThan(sequenceOf(given));
  });

  it("gets an entry that is newer still when they come back", async () => {
    const event = await anEvent(t);
    const first = await aGuest(t, event);
    await t.send("DELETE", `/registrations/${first.id}`, undefined, undefined, first.link);
    const [taken] = await entriesOf(first.email, "cancelled");

    const second = await aGuest(t, event, { email: first.email });
    const again = (await entriesOf(first.email, "confirmation")).at(-1);
    await t.send("DELETE", `/registrations/${second.id}`, undefined, undefined, second.link);
    const last = (await entriesOf(first.email, "cancelled")).at(-1);

    expect(again).toContain("METHOD:PUBLISH");
    expect([taken, again, last].map(sequenceOf)).toEqual([1, 2, 3]);
  });

  it("keeps what was never there: who only waited had no entry", async () => {
    const event = await anEvent(t, { capacity: 1, hasWaitlist: true });
    await aGuest(t, event);
    const waits = await aGuest(t, event);

    await t.send("DELETE", `/registrations/${waits.id}`, undefined, undefined, waits.link);

    expect(await entriesOf(waits.email, "cancelled")).toEqual([undefined]);
    const file = await t.get(`/registrations/${waits.id}/calendar.ics`, undefined, waits.link);
    expect(file.json().code).toBe("registration.wrong_status");
  });
});

describe("an event that changes", () => {
  it("writes to everybody when it moves, with an entry that replaces the one before", async () => {
    const event = await anEvent(t, { capacity: 1, hasWaitlist: true });
    const [guest, waits] = [await aGuest(t, event), await aGuest(t, event)];
    await t.settle();
    const startTime = new Date(event.start.getTime() + 3_600_000).toISOString();

    const reply = await t.send("PATCH", `/events/${event.eventId}`, { startTime }, event.host);
    await t.settle();
    await t.settle();

    expect(reply.statusCode, reply.body).toBe(200);
    const letters = (await lettersTo(guest.email)).filter(({ kind }) => kind === "changed");
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ subject: "Changed: An evening together", lane: "bulk" });
    expect(letters[0]?.html).toContain(`/t/${guest.token}`);
    const calendar = read(calendarIn(letters[0]));
    expect(calendar).toContain("SEQUENCE:1");
    expect(calendar).toContain(`UID:${event.gatheringId}@`);
    expect(calendar).toContain(`DTSTART:${startTime.replace(/[-:]|\.000/g, "")}`);
    const toWaiting = (await lettersTo(waits.email)).filter(({ kind }) => kind === "changed");
    expect(toWaiting.map(({ attachments }) => attachments)).toEqual([[]]);
  });

  it("reads what it says to all of them once, so that thousands who hear of it take no connections from others", async () => {
    const event = await anEvent(t);
    const guests = await Promise.all(Array.from({ length: 9 }, () => aGuest(t, event)));
    await t.settle();
    await t.db.updateTable("gatherings").set({ told_sequence: 1 }).where("id", "=", event.gatheringId).execute();
    const asked = vi.spyOn(pg.Client.prototype, "query");

    await sendChanged(t.ctx, event.gatheringId, 1);

    const statements = asked.mock.calls.map(([said]: unknown[]) => JSON.stringify(said));
    expect(statements.filter((text) => text.includes("insert into letters"))).toHaveLength(guests.length);
    expect(statements.filter((text) => /from (gatherings|registrations)\b/.test(text)).length).toBeLessThanOrEqual(5);
  });

  it("cancels every place when it is cancelled, and says so once, with words", async () => {
    const event = await anEvent(t, { capacity: 2, hasWaitlist: true });
    const guests = [await aGuest(t, event), await aGuest(t, event), await aGuest(t, event)];
    const [left, ...stay] = guests;
    await t.send("DELETE", `/registrations/${left?.id}`, undefined, undefined, left?.link);
    await t.settle();

    const reply = await t.post(`/events/${event.eventId}/cancel`, { reason: "The hall is flooded." }, event.host);
    await t.settle();
    await t.settle();

    expect(reply.statusCode, reply.body).toBe(200);
    for (const { email, id, link } of stay) {
      const letters = (await lettersTo(email)).filter(({ kind }) => kind === "cancelled");
      expect(letters).toHaveLength(1);
      expect(letters[0]).toMatchObject({ subject: "An evening together is cancelled", lane: "bulk" });
      expect(letters[0]?.text).toContain("The hall is flooded.");
      expect((await t.get(`/registrations/${id}`, undefined, link)).json()).toMatchObject({
        status: "cancelled",
        event: { status: "cancelled", cancelReason: "The hall is flooded." },
      });
    }
    const entry = calendarIn((await lettersTo(stay[0]?.email ?? "")).at(-1));
    expect(entry.mediaType).toContain("method=CANCEL");
    expect(read(entry)).toContain("METHOD:CANCEL");
    expect(read(entry)).toContain("SEQUENCE:1");
    const toLeft = (await lettersTo(left?.email ?? "")).filter(({ kind }) => kind === "cancelled");
    expect(toLeft.map(({ subject }) => subject)).toEqual(["You have given back your seat at An evening together"]);
  });
});

describe("GET /registrations/me", () => {
  it("lists one's own: what is to come soonest first, what is past newest first, page by page", async () => {
    const grace = await aUser(t);
    const at = async (startsIn: number) => {
      const event = await anEvent(t, { startsIn });
      const reply = await t.post(`/events/${event.eventId}/register`, {}, grace);
      expect(reply.statusCode, reply.body).toBe(201);
      return event.eventId;
    };
    const [third, first, second] = [await at(30), await at(10), await at(20)];
    const list = async (query: string) => (await t.get(`/registrations/me?${query}`, grace)).json();
    const idsOf = (page: { items: { eventId: string }[] }) => page.items.map(({ eventId }) => eventId);

    const page = await list("when=upcoming&limit=2");
    const rest = await list(`when=upcoming&limit=2&cursor=${page.nextCursor}`);

    expect(idsOf(page)).toEqual([first, second]);
    expect(idsOf(rest)).toEqual([third]);
    expect(rest.nextCursor).toBeNull();
    expect(idsOf(await list("when=past"))).toEqual([]);
    t.travel(24 * 3_600_000);
    expect(idsOf(await list("when=past"))).toEqual([second, first]);
    expect(idsOf(await list("when=upcoming"))).toEqual([third]);
  });

  it("is for those signed in, and refuses cursors that are none", async () => {
    const grace = await aUser(t);

    expect((await t.get("/registrations/me")).json().code).toBe("auth.required");
    expect((await t.get("/registrations/me?cursor=nonsense", grace)).json().code).toBe("request.invalid");
    expect((await t.get("/registrations/me?limit=0", grace)).json().code).toBe("request.invalid");
    expect((await t.get("/registrations/me?when=soon", grace)).json().code).toBe("request.invalid");
    expect((await t.get("/registrations/me?who=all", grace)).json().code).toBe("request.invalid");
  });
});

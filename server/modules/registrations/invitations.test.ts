import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { anEvent, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { fromElsewhere } from "#server/platform/testing-guests.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

type Event = Awaited<ReturnType<typeof anEvent>>;
const anEmail = () => `${crypto.randomUUID()}@example.org`;
const invite = (event: Event, emails: string[]) =>
  t.post(
    `/events/${event.eventId}/invitations`,
    { people: emails.map((email) => ({ email, name: "Nell" })) },
    event.host,
  );
const listOf = async (event: Event) => (await t.get(`/events/${event.eventId}/invitations`, event.host)).json();
const seesIt = async (event: Event, headers: Record<string, string>, as?: Awaited<ReturnType<typeof aUser>>) =>
  (await t.get(`/events/${event.slug}`, as, headers)).statusCode;

/** Somebody invited, with the link of their letter as the headers of their requests. */
async function anInvited(visibility: "private" | "invite_only" = "private") {
  const event = await anEvent(t, { visibility });
  const email = anEmail();
  expect((await invite(event, [email])).json()).toEqual({ invited: [email], already: [] });
  await t.settle();
  const [letter] = await t.lettersTo(email);
  const token = /\/invite\/([\w.-]+)/.exec(letter?.text ?? "")?.[1] ?? "";
  return { event, email, token, letter, link: { authorization: `Link ${token}`, ...fromElsewhere() } };
}

describe("an invitation", () => {
  it("is a letter with a link that opens a private event, which nobody else can know of", async () => {
    const { event, email, token, letter, link } = await anInvited();

    expect(letter).toMatchObject({ kind: "invitation", subject: "The Hosts invites you to An evening together" });
    expect((await t.post("/invitations/open", { token })).json()).toMatchObject({ email, status: "invited" });
    expect(await seesIt(event, link)).toBe(200);
    expect(await seesIt(event, {})).toBe(404);
    expect(await seesIt(event, {}, await aUser(t))).toBe(404);
    expect((await t.get(`/events/${event.eventId}/register`)).statusCode).toBe(404);
  });

  it("speaks the language of the event to who has no account, and their own to who has", async () => {
    const event = await anEvent(t, { visibility: "private" });
    await t.query(`update events set language = 'de-AT' where id = '${event.eventId}'`);
    const [stranger, known] = [anEmail(), await aUser(t)];
    await invite(event, [stranger, known.email]);
    await t.settle();

    const subjects = await Promise.all([stranger, known.email].map(async (to) => (await t.lettersTo(to))[0]?.subject));

    expect(subjects).toEqual([
      "The Hosts lädt dich ein: An evening together",
      "The Hosts invites you to An evening together",
    ]);
  });

  it("keeps the browser invited by a cookie of its own", async () => {
    const { event, token } = await anInvited();

    const opened = await t.post("/invitations/open", { token });

    const [cookie = ""] = [opened.headers["set-cookie"]].flat().map(String);
    expect(cookie).toMatch(/^plenary_invitations=.*HttpOnly/);
    expect(await seesIt(event, { cookie: cookie.split(";")[0] ?? "" })).toBe(200);
  });

  it("is one place for the address it was sent to", async () => {
    const { event, email, link } = await anInvited();
    const ask = (attendees: object[]) => t.post(`/events/${event.eventId}/register`, { attendees }, undefined, link);

    expect((await ask([{ name: "X", email: anEmail() }])).json().code).toBe("registration.invitation_needed");
    expect(
      (
        await ask([
          { name: "N", email },
          { name: "X", email: anEmail() },
        ])
      ).json(),
    ).toMatchObject({
      code: "registration.party_too_large",
      max: 1,
    });
    expect((await ask([{ name: "Nell", email }])).statusCode).toBe(202);
    expect((await listOf(event)).items).toMatchObject([{ email, status: "accepted" }]);
  });

  it("brings others along where a ticket may be had several times, as many as it allows", async () => {
    const { event, email, link } = await anInvited("invite_only");
    const [type] = event.ticketTypeIds;
    await t.query(`update ticket_types set allows_several = true, max_per_order = 3 where id = '${type}'`);
    const ask = (body: object) => t.post(`/events/${event.eventId}/register`, body, undefined, link);
    const [own, guest] = [
      { name: "Nell", email },
      { name: "Gus", email: anEmail() },
    ];

    const { ticketTypes } = (await t.get(`/events/${event.eventId}/register`, undefined, link)).json();
    expect(ticketTypes).toMatchObject([{ maxParty: 3 }]);
    expect((await ask({ attendees: [own, guest], unnamed: 2 })).json()).toMatchObject({
      code: "registration.party_too_large",
      max: 3,
    });
    expect((await ask({ attendees: [guest, own] })).json().code).toBe("registration.invitation_needed");
    expect((await ask({ attendees: [own, guest], unnamed: 1 })).statusCode).toBe(202);
    await t.settle();
    expect((await t.lettersTo(guest.email)).map(({ kind }) => kind)).toEqual(["confirmation"]);
    expect((await t.get(`/events/${event.eventId}/register`, event.host)).json().taken).toBe(3);
  });

  it("is known to the account of its address, without any link", async () => {
    const event = await anEvent(t, { visibility: "invite_only" });
    const [nell, other] = [await aUser(t), await aUser(t)];
    const take = (as: typeof nell) => t.post(`/events/${event.eventId}/register`, {}, as);

    expect((await take(nell)).json().code).toBe("registration.invitation_needed");
    await invite(event, [nell.email]);

    expect((await take(nell)).statusCode).toBe(201);
    expect((await take(other)).json().code).toBe("registration.invitation_needed");
  });

  it("is written once, however often somebody is invited, and once more when asked for", async () => {
    const { event, email } = await anInvited();

    expect((await invite(event, [email, email])).json()).toEqual({ invited: [], already: [email] });
    const [{ id }] = (await listOf(event)).items;
    t.travel(1000);
    expect((await t.post(`/invitations/${id}/resend`, {}, event.host)).json().status).toBe("invited");
    await t.settle();

    expect(await t.lettersTo(email)).toHaveLength(2);
  });

  it("is declined, and may still be accepted", async () => {
    const { event, email, token, link } = await anInvited();

    expect((await t.post("/invitations/decline", { token })).json().status).toBe("declined");
    expect((await listOf(event)).counts).toMatchObject({ declined: 1, invited: 0 });
    await t.post(`/events/${event.eventId}/register`, { attendees: [{ name: "Nell", email }] }, undefined, link);

    expect((await listOf(event)).counts).toMatchObject({ declined: 0, accepted: 1 });
    expect((await t.post("/invitations/decline", { token })).json().code).toBe("invitation.wrong_status");
  });

  it("opens nothing once it is withdrawn, until it is given anew with another link", async () => {
    const { event, email, token, link } = await anInvited();
    const [{ id }] = (await listOf(event)).items;

    expect((await t.send("DELETE", `/invitations/${id}`, undefined, event.host)).json().status).toBe("withdrawn");

    expect(await seesIt(event, link)).toBe(404);
    expect((await t.post("/invitations/open", { token })).json().code).toBe("auth.link_invalid");
    expect((await t.post(`/invitations/${id}/resend`, {}, event.host)).json().code).toBe("invitation.wrong_status");
    expect((await invite(event, [email])).json().invited).toEqual([email]);
    expect((await t.post("/invitations/open", { token })).json().code).toBe("auth.link_invalid");
  });

  it("is the team's alone to give, see, send and withdraw", async () => {
    const { event } = await anInvited("invite_only");
    const [stranger, [{ id }]] = [await aUser(t), (await listOf(event)).items];

    expect((await t.get(`/events/${event.eventId}/invitations`, stranger)).json().code).toBe("auth.forbidden");
    expect(
      (await t.post(`/events/${event.eventId}/invitations`, { people: [{ email: anEmail() }] }, stranger)).json().code,
    ).toBe("auth.forbidden");
    expect((await t.post(`/invitations/${id}/resend`, {}, stranger)).json().code).toBe("invitation.not_found");
    expect((await t.send("DELETE", `/invitations/${id}`, undefined, stranger)).json().code).toBe(
      "invitation.not_found",
    );
    expect(
      (await t.post(`/events/${event.eventId}/invitations`, { people: [{ email: "nowhere" }] }, event.host)).statusCode,
    ).toBe(400);
  });
});

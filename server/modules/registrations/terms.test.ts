import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { EngineDouble } from "#server/gateways/engine-double.ts";
import { mayConnect } from "#server/modules/rooms/service/doors.ts";
import {
  anEvent,
  aRole,
  aUser,
  type EventOver,
  type Someone,
  startTestApp,
  type TestApp,
} from "#server/platform/testing.ts";
import { aGuest, fromElsewhere } from "#server/platform/testing-guests.ts";

let t: TestApp;
let engine: EngineDouble;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
  engine = await new EngineDouble().start();
  t.setMedia(engine);
});
afterAll(async () => {
  await engine.close();
  await t.close();
});

const rules = "We listen, and let others finish.";
type Event = Awaited<ReturnType<typeof anEvent>>;

/** An online event with a code of conduct, whose room is open. */
async function anEventWithRules(over: EventOver = {}) {
  const event = await anEvent(t, { format: "virtual", startsIn: -1, hours: 3, conduct: rules, ...over });
  await t.query(`insert into rooms (id, gathering_id, name, status, created_at)
    values ('${crypto.randomUUID()}', '${event.gatheringId}', 'Main', 'open', now())`);
  return event;
}

type Link = { authorization: string };
const somebody = (name = "Lin Guest") => ({ name, email: `${crypto.randomUUID()}@example.org` });
const ask = ({ eventId }: Event, body: object) =>
  t.post(`/events/${eventId}/register`, body, undefined, fromElsewhere());
const versionAt = async ({ eventId }: Event) => (await t.get(`/events/${eventId}/register`)).json().conductVersion;
const reword = async ({ eventId, host }: Event, conduct: string) =>
  expect((await t.send("PATCH", `/events/${eventId}`, { conduct }, host)).statusCode).toBe(200);
const roomOf = async ({ gatheringId }: Event, link?: Link) =>
  (await t.get(`/gatherings/${gatheringId}/room`, undefined, link)).json();
const passFor = ({ gatheringId }: Event, link: Link) =>
  t.post(`/gatherings/${gatheringId}/room/passes`, { device: "laptop-1" }, undefined, link);
const accept = (id: string, link: Link, acceptsConduct: unknown = true) =>
  t.post(`/registrations/${id}/accept-terms`, { acceptsConduct }, undefined, link);
const chatOf = ({ gatheringId }: Event) => `/gatherings/${gatheringId}`;
const say = (event: Event, as: Link | Someone) => {
  const path = `${chatOf(event)}/messages`;
  return "cookie" in as ? t.post(path, { text: "Hello" }, as) : t.post(path, { text: "Hello" }, undefined, as);
};

/** Somebody whom the team has put on the list. */
async function anAdded(event: Event) {
  const person = somebody("Ann Added");
  const added = await t.post(`/events/${event.eventId}/participants`, { people: [person] }, event.host);
  expect(added.json().added).toEqual([person.email]);
  await t.settle();
  const [letter] = await t.lettersTo(person.email);
  const token = /\/t\/([\w.~-]+)/.exec(letter?.text ?? "")?.[1];
  const link = { authorization: `Link ${token}` };
  const { items } = (await t.get(`/events/${event.eventId}/participants?q=${person.email}`, event.host)).json();
  return { ...person, id: items[0].id as string, link };
}

describe("registering where there is a code of conduct", () => {
  it("needs its acceptance, said at that field, of everybody but the team", async () => {
    const event = await anEventWithRules();
    const cohost = await aUser(t);
    await aRole(t, event, cohost, "cohost");
    const attendees = [somebody()];

    const refused = [{}, { acceptsConduct: false }, { acceptsConduct: "0".repeat(64) }];
    const replies = await Promise.all(refused.map((said) => ask(event, { attendees, ...said })));

    expect(replies.map((reply) => [reply.statusCode, reply.json().code])).toEqual(
      Array(3).fill([403, "access.terms_needed"]),
    );
    expect(replies.flatMap((reply) => reply.json().fields)).toMatchObject([
      { at: "body.acceptsConduct", code: "required" },
      { at: "body.acceptsConduct", code: "required" },
      { at: "body.acceptsConduct", code: "changed" },
    ]);
    expect((await ask(event, { attendees, acceptsConduct: true })).statusCode).toBe(202);
    const read = { attendees: [somebody()], acceptsConduct: await versionAt(event) };
    expect((await ask(event, read)).statusCode).toBe(202);
    expect((await t.post(`/events/${event.eventId}/register`, {}, cohost)).statusCode).toBe(201);
    expect((await t.get(`/events/${event.eventId}/register`, cohost)).json().conductVersion).toBeNull();
  });

  it("asks for nothing where there is none", async () => {
    const event = await anEvent(t);

    expect(await versionAt(event)).toBeNull();
    expect((await ask(event, { attendees: [somebody()] })).statusCode).toBe(202);
  });

  it("is said for oneself: whoever is brought along, named or not, is asked on their own", async () => {
    const event = await anEventWithRules();
    const [ada, grace] = [await aUser(t), somebody("Grace")];
    const attendees = [{ name: ada.name, email: ada.email }, grace];

    const reply = await t.post(
      `/events/${event.eventId}/register`,
      { attendees, unnamed: 1, acceptsConduct: true },
      ada,
    );

    expect(reply.json()).toMatchObject({ status: "confirmed", terms: null });
    const { items } = (await t.get(`/events/${event.eventId}/participants`, event.host)).json();
    const accepted = (email: string) => items.find((one: { email: string }) => one.email === email).acceptsConduct;
    expect([ada.email, grace.email, ""].map(accepted)).toEqual([true, false, false]);
    const { body } = await t.get(`/events/${event.eventId}/participants.csv`, event.host);
    expect(body).toContain("Code of conduct");
    const lineOf = (email: string) => body.split("\r\n").find((line) => line.includes(email));
    expect(lineOf(ada.email)).toMatch(/,accepted$/);
    expect(lineOf(grace.email)).toMatch(/,not accepted$/);
  });
});

describe("the door", () => {
  it("asks those who were added, shows them the rules, and lets them in once they have accepted", async () => {
    const event = await anEventWithRules();
    const { id, link } = await anAdded(event);

    const before = await roomOf(event, link);
    expect(before).toMatchObject({ mayJoin: false, because: "access.terms_needed" });
    expect(before.terms).toEqual({
      registrationId: id,
      conduct: { text: rules, language: "en", version: await versionAt(event) },
      minimumAge: null,
    });
    expect((await passFor(event, link)).json()).toMatchObject({ status: 403, code: "access.terms_needed" });
    expect((await roomOf(event)).terms).toBeNull();

    expect((await accept(id, link, before.terms.conduct.version)).json()).toMatchObject({ id, terms: null });

    expect(await roomOf(event, link)).toMatchObject({ mayJoin: true, terms: null });
    expect((await passFor(event, link)).statusCode).toBe(201);
  });

  it("asks no host, and nobody who has accepted already", async () => {
    const event = await anEventWithRules();
    const guest = await aGuest(t, event, { acceptsConduct: true });

    expect(await roomOf(event, { ...guest.link })).toMatchObject({ mayJoin: true, terms: null });
    expect((await t.get(`/gatherings/${event.gatheringId}/room`, event.host)).json()).toMatchObject({
      mayJoin: true,
      terms: null,
    });
  });

  it("asks again when the words have changed, puts nobody out for it, and knows the old words when they come back", async () => {
    const event = await anEventWithRules();
    const { id, link } = await aGuest(t, event, { acceptsConduct: true });
    const read = await versionAt(event);
    const { token } = (await passFor(event, link)).json();

    await reword(event, `${rules} We take no pictures.`);

    expect((await passFor(event, link)).json().code).toBe("access.terms_needed");
    expect(await mayConnect(t.ctx, token)).toEqual({ allowed: true });
    expect((await accept(id, link, read)).json()).toMatchObject({
      code: "access.terms_needed",
      fields: [{ at: "body.acceptsConduct", code: "changed" }],
    });
    await reword(event, rules);
    expect((await passFor(event, link)).statusCode).toBe(201);
    await reword(event, "");
    expect((await roomOf(event, link)).mayJoin).toBe(true);
  });

  it("is that of the chat too, whichever way one comes to it, until they have accepted", async () => {
    const event = await anEventWithRules();
    const { id, link } = await anAdded(event);
    const said = await say(event, event.host);

    const replies = [
      await say(event, link),
      await t.get(`${chatOf(event)}/messages`, undefined, link),
      await t.get(`${chatOf(event)}/people`, undefined, link),
      await t.send("PATCH", `${chatOf(event)}/messages/${said.json().id}`, { text: "No." }, undefined, link),
    ];

    expect(said.statusCode).toBe(201);
    expect(replies.map((reply) => [reply.statusCode, reply.json().code])).toEqual(
      Array(4).fill([403, "access.terms_needed"]),
    );
    await accept(id, link);
    expect((await say(event, link)).statusCode).toBe(201);
  });

  it("leaves the chat open to who is in the room when the words change, and shuts it behind them", async () => {
    const event = await anEventWithRules();
    const [inside, outside] = [
      await aGuest(t, event, { acceptsConduct: true }),
      await aGuest(t, event, { acceptsConduct: true }),
    ];
    await t.query(`insert into room_visits (id, room_id, gathering_id, person_id, device, display_name, role,
        participant_sid, joined_at, last_seen_at)
      select '${crypto.randomUUID()}', room.id, r.gathering_id, r.person_id, 'laptop-1', r.name, 'attendee', 'PA_${inside.id}',
        now(), now()
      from registrations r join rooms room on room.gathering_id = r.gathering_id where r.id = '${inside.id}'`);

    await reword(event, `${rules} We take no pictures.`);

    const said = await say(event, inside.link);
    expect(said.statusCode).toBe(201);
    expect((await say(event, outside.link)).json().code).toBe("access.terms_needed");
    await t.query(`update room_visits set left_at = now() where participant_sid = 'PA_${inside.id}'`);
    expect((await say(event, inside.link)).json().code).toBe("access.terms_needed");
    const own = `${chatOf(event)}/messages/${said.json().id}`;
    expect((await t.send("DELETE", own, undefined, undefined, inside.link)).statusCode).toBe(204);
  });

  it("takes nobody's word for somebody else", async () => {
    const event = await anEventWithRules();
    const { id, link } = await anAdded(event);
    const other = await aGuest(t, event, { acceptsConduct: true });

    const replies = [
      await accept(id, other.link),
      await t.post(`/registrations/${id}/accept-terms`, { acceptsConduct: true }, event.host),
    ];

    expect(replies.map((reply) => reply.json().code)).toEqual(Array(2).fill("registration.not_found"));
    expect((await roomOf(event, link)).because).toBe("access.terms_needed");
  });

  it("asks whoever a seat was handed to by name, whatever was accepted before them", async () => {
    const event = await anEventWithRules();
    const { id, link } = await aGuest(t, event, { acceptsConduct: true });
    const heir = await aUser(t);

    await t.send("PUT", `/registrations/${id}/holder`, { name: heir.name, email: heir.email }, undefined, link);

    const { terms } = (await t.get(`/registrations/${id}`, heir)).json();
    expect(terms).toMatchObject({ registrationId: id, conduct: { text: rules } });
    const body = { acceptsConduct: terms.conduct.version };
    expect((await t.post(`/registrations/${id}/accept-terms`, body, heir)).json().terms).toBeNull();
  });

  it("keeps who accepted which words, and who gave their place up has nothing to accept", async () => {
    const event = await anEventWithRules();
    const { id, link } = await anAdded(event);
    await accept(id, link);

    const entry = await t.db
      .selectFrom("audit_entries")
      .select("new")
      .where("subject_id", "=", id)
      .where("action", "=", "registration.terms")
      .executeTakeFirstOrThrow();
    expect(entry.new).toEqual({ conduct: await versionAt(event), minimumAge: null });
    await t.send("DELETE", `/registrations/${id}`, undefined, undefined, link);
    expect((await accept(id, link)).json().code).toBe("registration.wrong_status");
  });
});

describe("where there is a minimum age", () => {
  const anEventForAdults = (over: EventOver = {}) => anEventWithRules({ conduct: "", minimumAge: 16, ...over });
  const confirm = (id: string, link: Link, confirmsAge?: number) =>
    t.post(`/registrations/${id}/accept-terms`, { confirmsAge }, undefined, link);
  const raise = async ({ eventId, host }: Event, minimumAge: number | null) =>
    expect((await t.send("PATCH", `/events/${eventId}`, { minimumAge }, host)).statusCode).toBe(200);

  it("registering needs its confirmation, said at that field, of everybody but the team", async () => {
    const event = await anEventForAdults();
    const attendees = [somebody()];

    const replies = [await ask(event, { attendees }), await ask(event, { attendees, confirmsAge: 14 })];

    expect(replies.map((reply) => [reply.statusCode, reply.json().code])).toEqual(
      Array(2).fill([403, "access.terms_needed"]),
    );
    expect(replies.flatMap((reply) => reply.json().fields)).toMatchObject([
      { at: "body.confirmsAge", code: "required" },
      { at: "body.confirmsAge", code: "changed" },
    ]);
    expect((await t.get(`/events/${event.eventId}/register`)).json()).toMatchObject({ minimumAge: 16 });
    expect((await ask(event, { attendees, confirmsAge: 16 })).statusCode).toBe(202);
    expect((await t.get(`/events/${event.eventId}/register`, event.host)).json().minimumAge).toBeNull();
    expect((await t.post(`/events/${event.eventId}/register`, {}, event.host)).statusCode).toBe(201);
  });

  it("tells of both at once where there are rules too", async () => {
    const event = await anEventForAdults({ conduct: rules });

    const { fields } = (await ask(event, { attendees: [somebody()] })).json();

    expect(fields).toMatchObject([{ at: "body.acceptsConduct" }, { at: "body.confirmsAge" }]);
  });

  it("is confirmed for all whom one brings, as high as it was asked for, and stands in the lists", async () => {
    const event = await anEventForAdults();
    const [ada, grace] = [await aUser(t), somebody("Grace")];
    const added = await anAdded(event);
    const attendees = [{ name: ada.name, email: ada.email }, grace];

    await t.post(`/events/${event.eventId}/register`, { attendees, confirmsAge: 99 }, ada);

    const path = `/events/${event.eventId}/participants`;
    const { items } = (await t.get(path, event.host)).json();
    const confirmed = (email: string) => items.find((one: { email: string }) => one.email === email);
    expect([ada.email, grace.email, added.email].map((email) => confirmed(email).confirmsAge)).toEqual([
      true,
      true,
      false,
    ]);
    expect(confirmed(ada.email).acceptsConduct).toBeNull();
    const { body } = await t.get(`${path}.csv`, event.host);
    expect(body).toContain("Minimum age");
    expect(body).not.toContain("Code of conduct");
    expect(body.split("\r\n").find((line) => line.includes(added.email))).toMatch(/,not accepted$/);
    await raise(event, 18);
    expect(
      (await t.get(path, event.host)).json().items.map((one: { confirmsAge: boolean }) => one.confirmsAge),
    ).toEqual(Array(3).fill(false));
  });

  it("the door asks again when it was raised, and nobody when it was lowered", async () => {
    const event = await anEventForAdults();
    const { id, link } = await aGuest(t, event, { confirmsAge: 16 });
    expect((await passFor(event, link)).statusCode).toBe(201);

    await raise(event, 18);

    expect(await roomOf(event, link)).toMatchObject({
      because: "access.terms_needed",
      terms: { registrationId: id, conduct: null, minimumAge: 18 },
    });
    expect((await passFor(event, link)).json().code).toBe("access.terms_needed");
    expect((await say(event, link)).json().code).toBe("access.terms_needed");
    expect((await confirm(id, link, 16)).json().fields).toMatchObject([{ at: "body.confirmsAge", code: "changed" }]);
    expect((await confirm(id, link, 18)).json().terms).toBeNull();
    await raise(event, 14);
    expect((await passFor(event, link)).statusCode).toBe(201);
    await raise(event, null);
    expect((await roomOf(event, link)).mayJoin).toBe(true);
  });
});

describe("taking a seat that a link hands on", () => {
  /** An event that asks for both, and the link of a seat whose holder has accepted it. */
  async function aSeat() {
    const event = await anEventWithRules({ minimumAge: 16 });
    const { id, link } = await aGuest(t, event, { acceptsConduct: true, confirmsAge: 16 });
    const { claimUrl } = (await t.get(`/registrations/${id}`, undefined, link)).json();
    return { event, id, token: claimUrl.split("/claim/")[1] as string };
  }

  it("shows the terms, and needs them accepted at their fields", async () => {
    const { event, id, token } = await aSeat();
    const heir = await aUser(t);
    const conduct = { text: rules, language: "en", version: await versionAt(event) };

    const seen = (await t.post("/claims/open", { token })).json();
    const refused = await t.post("/claims", { token, acceptsConduct: "0".repeat(64) }, heir);

    expect(seen.terms).toEqual({ conduct, minimumAge: 16 });
    expect(refused.json()).toMatchObject({
      ...{ status: 403, code: "access.terms_needed" },
      fields: [
        { at: "body.acceptsConduct", code: "changed" },
        { at: "body.confirmsAge", code: "required" },
      ],
    });
    const taken = await t.post("/claims", { token, acceptsConduct: conduct.version, confirmsAge: 16 }, heir);
    expect(taken.json().id).toBe(id);
    expect((await t.get(`/registrations/${id}`, heir)).json().terms).toBeNull();
    const { items } = (await t.get(`/events/${event.eventId}/participants`, event.host)).json();
    expect(items).toMatchObject([{ email: heir.email, acceptsConduct: true, confirmsAge: true }]);
  });

  it("asks nothing of the team", async () => {
    const { event, id, token } = await aSeat();

    expect((await t.post("/claims/open", { token }, event.host)).json().terms).toBeNull();
    expect((await t.post("/claims", { token }, event.host)).json().id).toBe(id);
  });
});

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
  t.post(`/registrations/${id}/accept-conduct`, { acceptsConduct }, undefined, link);
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
      Array(3).fill([403, "access.conduct_needed"]),
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

    expect(reply.json()).toMatchObject({ status: "confirmed", conduct: null });
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
    expect(before).toMatchObject({ mayJoin: false, because: "access.conduct_needed" });
    expect(before.conduct).toEqual({
      registrationId: id,
      text: rules,
      language: "en",
      version: await versionAt(event),
    });
    expect((await passFor(event, link)).json()).toMatchObject({ status: 403, code: "access.conduct_needed" });
    expect((await roomOf(event)).conduct).toBeNull();

    expect((await accept(id, link, before.conduct.version)).json()).toMatchObject({ id, conduct: null });

    expect(await roomOf(event, link)).toMatchObject({ mayJoin: true, conduct: null });
    expect((await passFor(event, link)).statusCode).toBe(201);
  });

  it("asks no host, and nobody who has accepted already", async () => {
    const event = await anEventWithRules();
    const guest = await aGuest(t, event, { acceptsConduct: true });

    expect(await roomOf(event, { ...guest.link })).toMatchObject({ mayJoin: true, conduct: null });
    expect((await t.get(`/gatherings/${event.gatheringId}/room`, event.host)).json()).toMatchObject({
      mayJoin: true,
      conduct: null,
    });
  });

  it("asks again when the words have changed, puts nobody out for it, and knows the old words when they come back", async () => {
    const event = await anEventWithRules();
    const { id, link } = await aGuest(t, event, { acceptsConduct: true });
    const read = await versionAt(event);
    const { token } = (await passFor(event, link)).json();

    await reword(event, `${rules} We take no pictures.`);

    expect((await passFor(event, link)).json().code).toBe("access.conduct_needed");
    expect(await mayConnect(t.ctx, token)).toEqual({ allowed: true });
    expect((await accept(id, link, read)).json()).toMatchObject({
      code: "access.conduct_needed",
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
      Array(4).fill([403, "access.conduct_needed"]),
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

    expect((await say(event, inside.link)).statusCode).toBe(201);
    expect((await say(event, outside.link)).json().code).toBe("access.conduct_needed");
    await t.query(`update room_visits set left_at = now() where participant_sid = 'PA_${inside.id}'`);
    expect((await say(event, inside.link)).json().code).toBe("access.conduct_needed");
  });

  it("takes nobody's word for somebody else", async () => {
    const event = await anEventWithRules();
    const { id, link } = await anAdded(event);
    const other = await aGuest(t, event, { acceptsConduct: true });

    const replies = [
      await accept(id, other.link),
      await t.post(`/registrations/${id}/accept-conduct`, { acceptsConduct: true }, event.host),
    ];

    expect(replies.map((reply) => reply.json().code)).toEqual(Array(2).fill("registration.not_found"));
    expect((await roomOf(event, link)).because).toBe("access.conduct_needed");
  });

  it("asks whoever a seat was handed to, whatever was accepted before them", async () => {
    const event = await anEventWithRules();
    const { id, link } = await aGuest(t, event, { acceptsConduct: true });
    const heir = await aUser(t);

    const { claimUrl } = (await t.get(`/registrations/${id}`, undefined, link)).json();
    const claimed = await t.post("/claims", { token: claimUrl.split("/claim/")[1] }, heir);

    expect(claimed.json().id).toBe(id);
    const { conduct } = (await t.get(`/registrations/${id}`, heir)).json();
    expect(conduct).toMatchObject({ registrationId: id, text: rules });
    const body = { acceptsConduct: conduct.version };
    expect((await t.post(`/registrations/${id}/accept-conduct`, body, heir)).json().conduct).toBeNull();
  });

  it("keeps who accepted which words, and who gave their place up has nothing to accept", async () => {
    const event = await anEventWithRules();
    const { id, link } = await anAdded(event);
    await accept(id, link);

    const entry = await t.db
      .selectFrom("audit_entries")
      .select("new")
      .where("subject_id", "=", id)
      .where("action", "=", "registration.conduct")
      .executeTakeFirstOrThrow();
    expect(entry.new).toEqual({ conductVersion: await versionAt(event) });
    await t.send("DELETE", `/registrations/${id}`, undefined, undefined, link);
    expect((await accept(id, link)).json().code).toBe("registration.wrong_status");
  });
});

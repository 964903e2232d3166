import { randomUUIDv7 } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { type EventType, schedulingIn } from "#server/platform/testing-scheduling.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const { at, aType, aBooking, manage } = schedulingIn(() => t);

interface Mine {
  id: string;
  manageUrl: string;
  accessToken: string;
  startTime: string;
}

const mine = async (who: Someone, query = ""): Promise<{ items: Mine[]; nextCursor: string | null }> => {
  const reply = await t.get(`/events/bookings/me${query}`, who);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json();
};
const ask = async (type: EventType, questions: object[], host: Someone) => {
  const reply = await t.send("PUT", `/events/event-types/${type.id}/questions`, { questions }, host);
  expect(reply.statusCode, reply.body).toBe(200);
};
const answersAt = async ({ accessToken }: { accessToken: string }) =>
  (await t.get(`/events/booking/${accessToken}/questions`)).json();
const idsOf = async (who: Someone, query = "") => (await mine(who, query)).items.map(({ id }) => id);

describe("one's own bookings", () => {
  it("are those of the address that one's account has verified, whoever typed it, each with its link", async () => {
    const { type } = await aType();
    const ada = await aUser(t);
    const later = await aBooking(type, at("12:00"), { inviteeEmail: ada.email }, ada);
    const sooner = await aBooking(type, at("10:00"), { inviteeEmail: ada.email.toUpperCase() });
    // Signed in, but for somebody else.
    await aBooking(type, at("09:00"), {}, ada);
    const { items } = await mine(ada, "?when=upcoming");
    expect(items.map(({ id }) => id)).toEqual([sooner.id, later.id]);
    expect(items[0]).toMatchObject({ manageUrl: sooner.manageUrl, attendee: { email: ada.email } });
    expect((await manage(items[0]?.accessToken ?? "", { action: "cancel" })).json().status).toBe("cancelled");
  });

  it("are nobody else's: neither a stranger's who typed the address, nor a browser's that holds the link", async () => {
    const { host, type } = await aType();
    const ada = await aUser(t);
    const mallory = await aUser(t);
    const made = await aBooking(type, at("10:00"), { inviteeEmail: ada.email }, mallory);
    const opened = await t.get(`/events/booking/${made.accessToken}/manage`, mallory);
    const [held = ""] = String(opened.headers["set-cookie"]).split(";");
    const withLink = { ...mallory, cookie: `${mallory.cookie}; ${held}` };
    expect(await idsOf(withLink)).toEqual([]);
    expect(await idsOf(host)).toEqual([]);
    expect(await idsOf(ada)).toEqual([made.id]);
    expect((await t.get("/events/bookings/me")).json().code).toBe("auth.required");
  });

  it("are told with those to whom one is brought along, by time, part by part, before a time", async () => {
    const { type } = await aType({ maxGuests: 2 });
    const ada = await aUser(t);
    const times = ["10:00", "11:00", "13:00"];
    const ids: string[] = [];
    for (const time of times) ids.push((await aBooking(type, at(time), { guests: [ada.email] })).id);
    const first = await mine(ada, "?when=upcoming&limit=2");
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(await idsOf(ada, `?when=upcoming&limit=2&cursor=${first.nextCursor}`)).toEqual(ids.slice(2));
    expect(await idsOf(ada, `?before=${at("13:00")}`)).toEqual([ids[1], ids[0]]);
    expect(await idsOf(ada, "?when=past")).toEqual([]);
    expect((await t.get("/events/bookings/me?cursor=nonsense", ada)).statusCode).toBe(400);
  });
});

describe("other answers", () => {
  const [why, meal, health] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
  const list = [
    { id: why, questionText: "Why?", questionType: "text", isRequired: true },
    { id: meal, questionText: "Meal?", questionType: "multiselect", options: ["soup", "cake"] },
    { id: health, questionText: "Health?", questionType: "text", isRequired: true, isSensitive: true },
  ];
  const answer = (accessToken: string, customAnswers: object, more: object = {}) =>
    manage(accessToken, { action: "answer", customAnswers, ...more });

  it("may be given in the old wording as long as one may move; hosts and audit hear of it, and never what is sensitive", async () => {
    const { host, type } = await aType({ changeNoticeMinutes: 60 });
    await ask(type, list, host);
    const given = { [why]: "zq-first", [meal]: ["soup"], [health]: "zq-secret" };
    const made = await aBooking(type, at("10:00"), { customAnswers: given });
    await t.settle();
    const [news] = await t.lettersTo(host.email);
    expect(news?.text).toMatch(/Why\?:? *zq-first/);
    expect(news?.text).not.toContain("zq-secret");

    await ask(type, [{ ...list[0], questionText: "What for?" }], host);
    expect(await answersAt(made)).toMatchObject({
      questions: [{ questionText: "Why?" }, { questionText: "Meal?" }, { questionText: "Health?" }],
      customAnswers: { [why]: "zq-first", [meal]: ["soup"], [health]: null },
      mayAnswer: true,
    });
    const wrong = await answer(made.accessToken, { [why]: "", [meal]: ["air"] });
    expect(wrong.json()).toMatchObject({
      code: "answers.invalid",
      fields: [{ at: `body.customAnswers.${why}` }, { at: `body.customAnswers.${meal}` }],
    });
    expect(
      (await answer(made.accessToken, { [why]: "zq-second", [health]: "" })).json().attendee.customAnswers,
    ).toEqual({
      [why]: "zq-second",
      [health]: null,
    });
    const path = `/events/bookings/${made.id}`;
    expect((await t.get(path, host)).json().attendees[0].answers).toMatchObject([
      { questionText: "Why?", answer: "zq-second" },
      { questionText: "Health?", answer: "zq-secret" },
    ]);
    // The same once more is nothing new.
    await answer(made.accessToken, { [why]: "zq-second" });
    await t.settle();
    const told = (await t.lettersTo(host.email)).filter(({ kind }) => kind === "booking_answers_changed");
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain("zq-second");
    expect((await t.lettersTo(made.attendee.email)).map(({ kind }) => kind)).toEqual(["booking_booked"]);
    const { items } = (await t.get(`${path}/audit`, host)).json();
    const entry = items.find(({ action }: { action: string }) => action === "booking.answers_changed");
    expect(entry).toMatchObject({ actorType: "invitee", newValues: { questions: [why, meal] } });
    expect(JSON.stringify(items)).not.toContain("zq-");

    const left = Date.parse(at("09:00")) - t.ctx.now().getTime();
    t.travel(left);
    expect((await answer(made.accessToken, { [why]: "late" })).json().code).toBe("booking.too_late");
    expect((await answersAt(made)).mayAnswer).toBe(false);
    t.travel(-left);
  });

  it("are asked for by who was booked for by the host, who may leave open what is required", async () => {
    const { host, type } = await aType();
    await ask(type, list, host);
    const invitee = { inviteeName: "Ivy", inviteeEmail: "ivy-booked@example.org" };
    const wish = { eventTypeId: type.id, startTime: at("10:00"), ...invitee, customAnswers: { [meal]: ["cake"] } };
    const reply = await t.post("/events/bookings", wish, host);
    expect(reply.json()).toMatchObject({ customAnswers: { [meal]: ["cake"] } });
    await t.settle();
    const [letter] = await t.lettersTo(invitee.inviteeEmail);
    const accessToken = /booking\/([^/]+)\/manage/.exec(letter?.text ?? "")?.[1] ?? "";
    expect((await answer(accessToken, { [why]: "So" })).json().fields).toMatchObject([{ code: "required" }]);
    expect((await answer(accessToken, { [why]: "So", [health]: "Well" })).statusCode).toBe(200);
    await manage(accessToken, { action: "cancel" });
    expect((await answer(accessToken, { [why]: "Then", [health]: "" })).json().code).toBe("booking.wrong_status");
  });

  it("go for as much of a series as is said", async () => {
    const { host, type } = await aType({ recurrenceType: "weekly", maxOccurrences: 3 });
    await ask(type, list.slice(0, 1), host);
    const made = await aBooking(type, at("10:00"), { customAnswers: { [why]: "a" }, recurrence: { count: 3 } });
    const { items } = (await t.get(`/events/booking/${made.accessToken}/series`)).json();
    const [, second] = items.map(({ manageUrl }: { manageUrl: string }) => manageUrl.split("/").at(-2));
    await answer(second, { [why]: "b" }, { scope: "following" });
    const said = [];
    for (const { bookingId } of items)
      said.push((await t.get(`/events/bookings/${bookingId}`, host)).json().customAnswers[why]);
    expect(said).toEqual(["a", "b", "b"]);
    await t.settle();
    const told = (await t.lettersTo(host.email)).filter(({ kind }) => kind === "booking_answers_changed");
    expect(told.map(({ text }) => text)).toEqual([expect.stringMatching(/2 times/)]);
  });
});

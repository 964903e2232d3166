import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { anEvent, aRole, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { fromElsewhere } from "#server/platform/testing-guests.ts";
import { type EventType, schedulingIn } from "#server/platform/testing-scheduling.ts";
import { joinTeam } from "#server/platform/testing-teams.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const ids = () => Array.from({ length: 4 }, () => randomUUIDv7()) as [string, string, string, string];
const onlyIf = (questionId: string, value: unknown) => ({
  match: "all",
  rules: [{ questionId, operator: "equals", value }],
});

const { at, aType, book: bookAs, manage } = schedulingIn(() => t);
const ask = (path: string, questions: object[], by: Someone, version?: number) =>
  t.send("PUT", `${path}/questions`, { questions, version }, by);
const book = (type: EventType, customAnswers: object, time = "09:00") => bookAs(type, at(time), { customAnswers });
const codesIn = (reply: { json: () => { code: string; fields?: { at: string; code: string }[] } }) => {
  const { code, fields = [] } = reply.json();
  return [code, ...fields.map(({ at, code: fault }) => `${at} ${fault}`)];
};

describe("PUT …/questions", () => {
  it("keeps the list of an event type, in order, and tells it to visitors and the team", async () => {
    const { host, type } = await aType();
    const path = `/events/event-types/${type.id}`;
    expect((await t.get(`${path}/questions`, host)).json()).toEqual({ version: 0, questions: [] });
    const [one, two] = ids();

    const saved = await ask(
      path,
      [
        { id: two, questionText: "Which?", questionType: "radio", options: ["a", "b"], order: 2 },
        { id: one, questionText: " Why? ", questionType: "text", isRequired: true, order: 1 },
      ],
      host,
      0,
    );

    expect(saved.statusCode, saved.body).toBe(200);
    expect(saved.json().version).toBe(1);
    expect(
      saved.json().questions.map((q: { questionText: string; order: number }) => [q.questionText, q.order]),
    ).toEqual([
      ["Why?", 0],
      ["Which?", 1],
    ]);
    const page = await t.get(`/events/public/${type.organizerSlug}/${type.eventTypeSlug}`);
    expect(page.json().questions).toEqual(saved.json().questions);
    expect((await t.get(`${path}/questions`, host)).json()).toEqual(saved.json());
    // The same list once more is no other version, and an old page does not write over a new one.
    expect((await ask(path, saved.json().questions, host, 1)).json().version).toBe(1);
    const late = await ask(path, [], host, 0);
    expect([late.statusCode, late.json().code, late.json().current.version]).toEqual([
      409,
      "questions.changed_meanwhile",
      1,
    ]);
  });

  it("comes with an event type as it is made, and with its copy", async () => {
    const { host, type } = await aType({ questions: [{ questionText: "Why?", questionType: "textarea" }] });
    const { questions } = (await t.get(`/events/event-types/${type.id}/questions`, host)).json();
    expect(questions).toMatchObject([{ questionText: "Why?", questionType: "textarea", isRequired: false }]);

    const copy = (await t.post(`/events/event-types/${type.id}/duplicate`, undefined, host)).json();

    expect((await t.get(`/events/event-types/${copy.id}/questions`, host)).json().questions).toEqual(questions);
    const bad = await t.post(
      "/events/event-types",
      { name: "Bad", questions: [{ questionText: "Q", questionType: "radio" }] },
      host,
    );
    expect(codesIn(bad)).toEqual(["questions.invalid", "body.questions.0.options options_required"]);
  });

  it("refuses what does not go together, by name, and changes nothing", async () => {
    const { host, type } = await aType();
    const path = `/events/event-types/${type.id}`;
    const [one, two] = ids();
    const bad = await ask(
      path,
      [
        { id: one, questionText: "First", questionType: "text", conditions: onlyIf(two, "a") },
        {
          id: two,
          questionText: "Second",
          questionType: "text",
          conditions: onlyIf(one, "a"),
          validationRules: { pattern: "((" },
        },
        { questionText: "Third", questionType: "multiselect", options: ["a", "A"] },
      ],
      host,
    );
    expect([bad.statusCode, ...codesIn(bad)]).toEqual([
      422,
      "questions.invalid",
      "body.questions.0.conditions.rules.0.questionId condition_not_earlier",
      "body.questions.1.validationRules.pattern pattern_unreadable",
      "body.questions.2.options options_repeated",
    ]);
    for (const wrong of [
      { questionText: "", questionType: "text" },
      { questionText: "x".repeat(501), questionType: "text" },
      { questionText: "Q", questionType: "essay" },
      { questionText: "Q", questionType: "text", colour: "red" },
      { questionText: "Q", questionType: "radio", options: Array(101).fill("a") },
      { questionText: "Q", questionType: "radio", options: ["x".repeat(201)] },
      { questionText: "Q", questionType: "text", validationRules: "none" },
      { questionText: "Q", questionType: "text", validationRules: { pattern: "a".repeat(201) } },
      { questionText: "Q", questionType: "text", conditions: { match: "all", rules: [] } },
      { questionText: "Q", questionType: "text", conditions: onlyIf("nobody", "a") },
    ]) {
      const reply = await ask(path, [wrong], host);
      expect([reply.statusCode, reply.json().code], JSON.stringify(wrong).slice(0, 80)).toEqual([
        400,
        "request.invalid",
      ]);
    }
    expect((await ask(path, Array(51).fill({ questionText: "Q", questionType: "text" }), host)).statusCode).toBe(400);
    expect((await t.get(`${path}/questions`, host)).json().version).toBe(0);
  });

  it("is for those who may change what asks", async () => {
    const { host, type } = await aType();
    const event = await anEvent(t);
    const draft = await anEvent(t, { status: "draft" });
    const [member, stranger] = [await aUser(t), await aUser(t)];
    await aRole(t, event, member, "moderator");
    await joinTeam(t, type.organizerId, member);
    const codeOf = async (path: string, by: Someone) => (await ask(path, [], by)).json().code;

    expect(await codeOf(`/events/event-types/${type.id}`, member)).toBe("auth.forbidden");
    expect(await codeOf(`/events/event-types/${type.id}`, stranger)).toBe("event_type.not_found");
    expect(await codeOf(`/events/${event.eventId}`, member)).toBe("auth.forbidden");
    expect(await codeOf(`/events/${event.eventId}`, stranger)).toBe("auth.forbidden");
    expect(await codeOf(`/events/${draft.eventId}`, stranger)).toBe("event.not_found");
    expect((await t.get(`/events/${draft.eventId}/questions`)).json().code).toBe("event.not_found");
    expect((await t.get(`/events/${event.slug}/questions`)).json()).toEqual({ version: 0, questions: [] });
    expect((await t.get(`/events/event-types/${type.id}/questions`, stranger)).json().code).toBe(
      "event_type.not_found",
    );
    await t.send("DELETE", `/events/event-types/${type.id}`, undefined, host);
    expect(await codeOf(`/events/event-types/${type.id}`, host)).toBe("event_type.not_found");
  });

  it("goes with a draft that is removed, and is copied with an event", async () => {
    const event = await anEvent(t, { status: "draft" });
    await ask(`/events/${event.eventId}`, [{ questionText: "Why?", questionType: "text" }], event.host);
    const copy = (await t.post(`/events/${event.eventId}/duplicate`, undefined, event.host)).json();
    expect((await t.get(`/events/${copy.id}/questions`, event.host)).json().questions).toHaveLength(1);

    expect((await t.send("DELETE", `/events/${event.eventId}`, undefined, event.host)).statusCode).toBe(204);

    const left = await t.db.selectFrom("question_sets").select("id").where("source_id", "=", event.eventId).execute();
    expect(left).toEqual([]);
  });
});

describe("answers of those who book", () => {
  it("are kept as they were asked, shown to the host, and move with the booking", async () => {
    const { host, type } = await aType();
    const path = `/events/event-types/${type.id}`;
    const [eats, cut, secret] = ids();
    const list = [
      {
        id: eats,
        questionText: "What do you eat?",
        questionType: "radio",
        options: ["meat", "plants"],
        isRequired: true,
      },
      { id: cut, questionText: "Which cut?", questionType: "text", isRequired: true, conditions: onlyIf(eats, "meat") },
      { id: secret, questionText: "Allergies?", questionType: "text", isSensitive: true },
    ];
    await ask(path, list, host);

    expect(codesIn(await book(type, {}))).toEqual(["answers.invalid", `body.customAnswers.${eats} required`]);
    const strange = randomUUIDv7();
    const wrong = await book(type, { [eats]: "air", [strange]: "x" });
    expect(codesIn(wrong)).toEqual([
      "answers.invalid",
      `body.customAnswers.${eats} option`,
      `body.customAnswers.${strange} unknown`,
    ]);
    expect(codesIn(await book(type, { [eats]: "meat" }))).toContain(`body.customAnswers.${cut} required`);
    const made = await book(type, { [eats]: "plants", [cut]: "Rump", [secret]: "Nuts" });

    expect(made.statusCode, made.body).toBe(201);
    expect(made.json().attendee.customAnswers).toEqual({ [eats]: "plants", [secret]: null });
    const { id, accessToken } = made.json();
    // The list is written anew; what was answered keeps its words.
    await ask(path, [{ ...list[0], questionText: "Food?" }], host);
    const moved = await manage(accessToken, { action: "reschedule", startTime: at("14:00") });
    expect(moved.statusCode, moved.body).toBe(200);
    const shown = (await t.get(`/events/bookings/${id}`, host)).json();
    expect(shown.customAnswers).toEqual({ [eats]: "plants", [secret]: "Nuts" });
    expect(shown.attendees[0].answers).toEqual([
      {
        questionId: eats,
        questionText: "What do you eat?",
        questionType: "radio",
        isSensitive: false,
        answer: "plants",
      },
      { questionId: secret, questionText: "Allergies?", questionType: "text", isSensitive: true, answer: "Nuts" },
    ]);
    // A question that was asked until a moment ago is nobody's fault.
    expect((await book(type, { [eats]: "meat", [cut]: "Rump" }, "10:00")).json().attendee.customAnswers).toEqual({
      [eats]: "meat",
    });
  });

  it("keeps what is sensitive from members, lists, letters, the audit, and who reads the database", async () => {
    const { host, type } = await aType();
    const [secret] = ids();
    await ask(
      `/events/event-types/${type.id}`,
      [{ id: secret, questionText: "Health?", questionType: "textarea", isSensitive: true }],
      host,
    );
    const { id, attendee } = (await book(type, { [secret]: "zq-hidden-words" })).json();
    await t.settle();
    const member = await aUser(t);
    await joinTeam(t, type.organizerId, member);

    expect((await t.get(`/events/bookings/${id}`, member)).json().customAnswers).toEqual({ [secret]: null });
    const listed = await t.get(`/events/bookings?organizer_id=${type.organizerId}`, host);
    expect(listed.json().items[0].customAnswers).toEqual({ [secret]: null });
    for (const table of [
      "question_answers",
      "letters",
      "audit_entries",
      "audit_personal",
      "facts",
      "idempotency_keys",
    ]) {
      const { rows } = await sql`select from ${sql.table(table)} t where t::text like '%zq-hidden-words%'
        or t::text like ${`%${Buffer.from("zq-hidden-words").toString("hex")}%`}`.execute(t.db);
      expect(rows, table).toEqual([]);
    }
    expect((await t.get(`/events/bookings/${id}`, host)).json().customAnswers).toEqual({ [secret]: "zq-hidden-words" });
    expect(attendee.answers).toMatchObject([{ isSensitive: true, answer: null }]);
  });

  it("of wrong shapes and made to hurt get a clear code, and book nothing", async () => {
    const { host, type } = await aType();
    const [code] = ids();
    const bomb = { id: code, questionText: "Code?", questionType: "textarea", validationRules: { pattern: "(a+)+b" } };
    expect((await ask(`/events/event-types/${type.id}`, [bomb], host)).statusCode).toBe(200);

    const many = Object.fromEntries(Array.from({ length: 101 }, () => [randomUUIDv7(), "x"]));
    for (const wrong of ["x", [], null, { nobody: "x" }, { [code]: { deep: 1 } }, { [code]: ["x", 1] }, many]) {
      const reply = await book(type, wrong as object);
      expect([reply.statusCode, reply.json().code], JSON.stringify(wrong).slice(0, 60)).toEqual([
        400,
        "request.invalid",
      ]);
    }
    // A matcher that goes back and forth would not end within the age of the house.
    expect(codesIn(await book(type, { [code]: `${"a".repeat(5000)}!` }))).toContain(
      `body.customAnswers.${code} longer`,
    );
    expect(codesIn(await book(type, { [code]: `${"a".repeat(4900)}!` }))).toContain(
      `body.customAnswers.${code} pattern`,
    );
    expect(codesIn(await book(type, { [code]: true }))).toContain(`body.customAnswers.${code} unfit`);
    const { items } = (await t.get(`/events/bookings?organizer_id=${type.organizerId}`, host)).json();
    expect(items).toEqual([]);
  });

  it("may be left out by a host who adds somebody, but not be wrong", async () => {
    const { host, type } = await aType({ maxAttendees: 5 });
    const [age] = ids();
    await ask(
      `/events/event-types/${type.id}`,
      [{ id: age, questionText: "Age?", questionType: "number", isRequired: true }],
      host,
    );
    const { id } = (await book(type, { [age]: 30 })).json();
    const add = (customAnswers: object) =>
      t.post(
        `/events/bookings/${id}/attendees/add`,
        { name: "Max", email: `${randomUUIDv7()}@example.org`, customAnswers },
        host,
      );

    expect((await add({})).statusCode).toBe(201);
    expect((await add({ [age]: "41" })).json().attendees.at(-1).customAnswers).toEqual({ [age]: 41 });
    expect(codesIn(await add({ [age]: "old" }))).toEqual(["answers.invalid", `body.customAnswers.${age} number`]);
  });
});

describe("the table of an organizer's bookings", () => {
  it("has a column for each question, but for what is sensitive", async () => {
    const { host, type } = await aType({ maxAttendees: 5 });
    const [age, news, health] = ids();
    const list = [
      { id: age, questionText: "Age?", questionType: "number" },
      { id: news, questionText: "News?", questionType: "checkbox" },
      { id: health, questionText: "Health?", questionType: "text", isSensitive: true },
    ];
    await ask(`/events/event-types/${type.id}`, list, host);
    expect((await book(type, { [age]: 30, [health]: "zq-knee" })).statusCode).toBe(201);
    expect((await book(type, { [news]: true })).statusCode).toBe(201);

    const { body } = await t.get("/events/bookings.csv", host);
    const [heading, ...lines] = body.trim().split("\r\n");

    expect(heading).toMatch(/,Age\?,News\?$/);
    expect(lines.map((line) => line.split(",").slice(-2).join()).toSorted()).toEqual(['"",Yes', "30,No"]);
    expect(body).not.toContain("zq-knee");
  });
});

describe("answers of those who register", () => {
  const register = (event: { eventId: string }, body: object, by?: Someone) =>
    t.post(`/events/${event.eventId}/register`, body, by, by ? undefined : fromElsewhere());

  async function anAskingEvent() {
    const event = await anEvent(t, { tickets: [{ maxParty: 5 }] });
    const [firm, diet, health] = ids();
    const list = [
      { id: firm, questionText: "=Company", questionType: "text", isRequired: true, scope: "party" },
      {
        id: diet,
        questionText: "Diet?",
        questionType: "multiselect",
        options: ["vegan", "=gluten"],
        scope: "attendee",
      },
      { id: health, questionText: "Health?", questionType: "text", isSensitive: true },
    ];
    expect((await ask(`/events/${event.eventId}`, list, event.host)).statusCode).toBe(200);
    return { event, firm, diet, health };
  }

  it("are asked once of the party and of each who comes, and stand in the list and the tables of the team", async () => {
    const { event, firm, diet, health } = await anAskingEvent();
    const attendees = [
      { name: "Ada", email: `ada-${event.slug}@example.org`, customAnswers: { [diet]: ["=gluten", "vegan"] } },
      { name: "Ben", email: `ben-${event.slug}@example.org`, customAnswers: { [health]: "zq-knee" } },
    ];

    expect(codesIn(await register(event, { attendees }))).toEqual([
      "answers.invalid",
      `body.customAnswers.${firm} required`,
    ]);
    const wrong = [attendees[0], { ...attendees[1], customAnswers: { [diet]: ["air"] } }];
    expect(codesIn(await register(event, { attendees: wrong, customAnswers: { [firm]: "Us" } }))).toEqual([
      "answers.invalid",
      `body.attendees.1.customAnswers.${diet} option`,
    ]);
    expect((await register(event, { attendees, customAnswers: { [firm]: "Us" } })).statusCode).toBe(202);

    const door = await aUser(t);
    await aRole(t, event, door, "door");
    const answersFor = async (by: Someone) => {
      const { items } = (await t.get(`/events/${event.eventId}/participants`, by)).json();
      return Object.fromEntries(
        items.map((one: { name: string; answers: { answer: unknown }[] }) => [
          one.name,
          one.answers.map(({ answer }) => answer),
        ]),
      );
    };
    expect(await answersFor(event.host)).toEqual({ Ada: ["Us", ["vegan", "=gluten"]], Ben: ["zq-knee"] });
    expect(await answersFor(door)).toEqual({ Ada: ["Us", ["vegan", "=gluten"]], Ben: [null] });
    const csv = (await t.get(`/events/${event.eventId}/participants.csv`, event.host)).body;
    expect(csv.split("\r\n")[0]).toMatch(/,'=Company,Diet\?,Health\?$/);
    expect(csv).toMatch(/,Us,"vegan; =gluten",""\r?$/m);
    expect(csv).toMatch(/,"","",zq-knee\r?$/m);
  });

  it("are refused alike for addresses that are known and unknown", async () => {
    const { event, firm } = await anAskingEvent();
    const email = `ada-${event.slug}@example.org`;
    const good = { attendees: [{ name: "Ada", email }], customAnswers: { [firm]: "Us" } };
    await register(event, good);

    const again = await register(event, { attendees: [{ name: "Ada", email }] });
    const fresh = await register(event, { attendees: [{ name: "Ada", email: `x${email}` }] });

    expect(codesIn(again)).toEqual(codesIn(fresh));
    expect((await register(event, good)).statusCode).toBe(202);
  });

  it("of somebody signed in who comes alone are all in one place, and do not go on with their seat", async () => {
    const { event, firm, diet } = await anAskingEvent();
    const ada = await aUser(t);
    const made = await register(event, { customAnswers: { [firm]: "Us", [diet]: "vegan" } }, ada);
    expect(made.statusCode, made.body).toBe(201);
    const answers = async () =>
      (await t.get(`/events/${event.eventId}/participants`, event.host)).json().items[0].answers.length;
    expect(await answers()).toBe(2);

    const holder = { name: "Ben", email: `ben-${event.slug}@example.org` };
    expect((await t.send("PUT", `/registrations/${made.json().id}/holder`, holder, ada)).statusCode).toBe(200);

    expect(await answers()).toBe(0);
  });

  it("are asked of whoever takes a seat over", async () => {
    const { event, firm, diet, health } = await anAskingEvent();
    const ada = await aUser(t);
    const made = await register(event, { customAnswers: { [firm]: "Us" } }, ada);
    const { claimUrl } = (await t.get(`/registrations/${made.json().id}`, ada)).json();
    const token = claimUrl.split("/").at(-1);
    const open = await t.post("/claims/open", { token });
    expect(open.json().questions.map(({ id }: { id: string }) => id)).toEqual([diet, health]);

    const wrong = await t.post("/claims", { token, customAnswers: { [diet]: "air" } }, await aUser(t));
    const taken = await t.post("/claims", { token, customAnswers: { [diet]: "vegan" } }, await aUser(t));

    expect(codesIn(wrong)).toEqual(["answers.invalid", `body.customAnswers.${diet} option`]);
    expect(taken.statusCode, taken.body).toBe(201);
    const { items } = (await t.get(`/events/${event.eventId}/participants`, event.host)).json();
    expect(items[0].answers.map(({ answer }: { answer: unknown }) => answer)).toEqual([["vegan"]]);
  });
});

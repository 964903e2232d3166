import { generateKeyPairSync, sign } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { claimBytes, readTicket, writeTicket } from "#domain/ticketing/code.ts";
import { anEvent, aRole, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest } from "#server/platform/testing-guests.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

type Event = Awaited<ReturnType<typeof anEvent>>;
type Guest = Awaited<ReturnType<typeof aGuest>>;

const ticketOf = async ({ id, link }: Guest): Promise<{ code: string; typedCode: string }> =>
  (await t.get(`/registrations/${id}`, undefined, link)).json().ticket;
const scan = (event: Event, body: object, as: Someone = event.host) =>
  t.post(`/events/${event.eventId}/check-ins`, body, as);
const countsAt = async (event: Event) => (await t.get(`/events/${event.eventId}/door`, event.host)).json().counts;
const attendanceOf = async (id: string) =>
  t.db
    .selectFrom("registrations")
    .select(["attendance", "attendance_source as source"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();

describe("a scan", () => {
  it("lets in who has a ticket, and everybody at the door sees how many are in", async () => {
    const event = await anEvent(t);
    const [guest] = [await aGuest(t, event, { name: "Lin" }), await aGuest(t, event)];
    const { code } = await ticketOf(guest);

    const reply = await scan(event, { code, gate: "B" });

    expect(reply.statusCode, reply.body).toBe(201);
    expect(reply.json()).toMatchObject({
      registrationId: guest.id,
      name: "Lin",
      ticketTypeName: "Admission",
      gate: "B",
      list: "entrance",
      counts: { admitted: 1, expected: 2 },
    });
    await t.settle();
    const operation = await t.db
      .selectFrom("channel_operations")
      .select(["op", "body"])
      .where("channel", "=", `gathering/${event.gatheringId}/door`)
      .executeTakeFirst();
    expect(operation).toEqual({ op: "counted", body: { admitted: 1, expected: 2 } });
    expect(await attendanceOf(guest.id)).toEqual({ attendance: "attended", source: "check_in" });
  });

  it("admits once, however many scanners read the code at that moment, and says where and when", async () => {
    const event = await anEvent(t);
    const { code } = await ticketOf(await aGuest(t, event, { name: "Lin" }));

    const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => scan(event, { code, gate: `Gate ${n}` })));

    const admitted = replies.filter(({ statusCode }) => statusCode === 201);
    expect(admitted).toHaveLength(1);
    const { at, gate, id } = admitted[0]?.json() ?? {};
    for (const reply of replies.filter(({ statusCode }) => statusCode !== 201)) {
      expect(reply.statusCode).toBe(409);
      expect(reply.json()).toMatchObject({ code: "check_in.used", name: "Lin", at, gate, checkInId: id });
    }
    expect(await countsAt(event)).toEqual({ admitted: 1, expected: 1 });
  });

  it("admits once for each list", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event);
    const { code } = await ticketOf(guest);

    const [door, workshop] = [await scan(event, { code }), await scan(event, { code, list: "workshop" })];

    expect([door.statusCode, workshop.statusCode]).toEqual([201, 201]);
    await t.send("DELETE", `/check-ins/${workshop.json().id}`, undefined, event.host);
    expect((await attendanceOf(guest.id)).attendance).toBe("attended");
    await t.send("DELETE", `/check-ins/${door.json().id}`, undefined, event.host);
    expect((await attendanceOf(guest.id)).attendance).toBe("unknown");
  });

  it("reads the short code however it is typed, and finds by name", async () => {
    const event = await anEvent(t);
    const [typed, named] = [await aGuest(t, event), await aGuest(t, event)];
    const { typedCode } = await ticketOf(typed);

    const byCode = await scan(event, { code: ` ${typedCode.toLowerCase().replace("-", " ")} ` });
    const byName = await scan(event, { registrationId: named.id });

    expect(byCode.json().registrationId).toBe(typed.id);
    expect(byName.json().registrationId).toBe(named.id);
  });

  it("lets nobody in by a code that is forged, of another event, of an older version, or none", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event);
    const foreign = await aGuest(t, await anEvent(t));
    const { code } = await ticketOf(guest);
    const claim = readTicket(code)?.claim;
    if (!claim) throw new Error("A code of ours cannot be read.");
    const signed = claimBytes(claim);
    const { privateKey } = generateKeyPairSync("ed25519");
    const ours = (over: object) => {
      const bytes = claimBytes({ ...claim, ...over });
      return writeTicket(bytes, sign(null, bytes, t.settings.ticketKey));
    };
    const codes = [
      writeTicket(signed, sign(null, signed, privateKey)),
      writeTicket(claimBytes({ ...claim, version: 2 }), readTicket(code)?.signature ?? new Uint8Array(64)),
      ours({ keyId: 1 }),
      ours({ version: 2 }),
      ours({ ticketId: crypto.randomUUID() }),
      (await ticketOf(foreign)).code,
      (await ticketOf(foreign)).typedCode,
      `${code}0`,
      code.slice(0, -1),
      "https://example.org/t/1",
      "' or 1=1 --",
    ];

    for (const wrong of codes)
      expect([wrong, (await scan(event, { code: wrong })).json().code]).toEqual([wrong, "check_in.unknown_code"]);
    for (const nonsense of ["🎉", "K7M2", "https://example.org/t/1"])
      expect((await scan(event, { code: nonsense })).json()).toMatchObject({ isCode: false });
    expect((await scan(event, { code: "K7M2Q-9XHTA" })).json()).toMatchObject({ isCode: true });
    const elsewhere = await scan(event, { registrationId: foreign.id });
    expect(elsewhere.json().code).toBe("registration.not_found");
    await t.query(`update tickets set code_version = 2 where id = '${claim.ticketId}'`);
    expect((await scan(event, { code })).json().code).toBe("check_in.unknown_code");
    expect((await scan(event, { code: ours({ version: 2 }) })).statusCode).toBe(201);
  });

  it("lets nobody in without a place, by another side, or where all is cancelled", async () => {
    const event = await anEvent(t, { format: "hybrid", hasWaitlist: true, inPersonCapacity: 2 });
    const [left, stays] = [
      await aGuest(t, event, { side: "in_person" }),
      await aGuest(t, event, { side: "in_person" }),
    ];
    const [waits, online] = [
      await aGuest(t, event, { side: "in_person" }),
      await aGuest(t, event, { side: "virtual" }),
    ];
    const { code } = await ticketOf(left);
    await t.send("DELETE", `/registrations/${left.id}`, undefined, undefined, left.link);
    const because = async (body: object) => (await scan(event, body)).json();

    expect(await because({ code })).toMatchObject({
      status: 409,
      code: "check_in.not_admitted",
      registrationStatus: "cancelled",
    });
    expect(await because({ registrationId: waits.id })).toMatchObject({ registrationStatus: "offered" });
    expect(await because({ registrationId: online.id })).toMatchObject({ because: "access.other_side" });
    await t.post(`/events/${event.eventId}/cancel`, { reason: "Rain" }, event.host);
    expect(await because({ registrationId: stays.id })).toMatchObject({ because: "gathering.cancelled" });
    expect(await countsAt(event)).toMatchObject({ admitted: 0 });
  });

  it("and giving the place up at the same moment never both count", async () => {
    const event = await anEvent(t);

    for (let n = 0; n < 8; n += 1) {
      const guest = await aGuest(t, event);
      const [came, left] = await Promise.all([
        scan(event, { registrationId: guest.id }),
        t.send("DELETE", `/registrations/${guest.id}`, undefined, undefined, guest.link),
      ]);
      expect(left.statusCode).toBe(200);
      expect([201, 409]).toContain(came.statusCode);
    }
  });

  it.each([
    [{}],
    [{ code: "" }],
    [{ code: 7 }],
    [{ code: "x".repeat(301) }],
    [{ registrationId: "1" }],
    [{ code: "ABCDE-12345", registrationId: "019bd3d2-0000-7000-8000-000000000000" }],
    [{ code: "ABCDE-12345", list: " " }],
    [{ code: "ABCDE-12345", gate: "x".repeat(61) }],
    [{ code: "ABCDE-12345", at: "2030-01-01T00:00:00Z" }],
  ])("refuses %j", async (body) => {
    const event = await anEvent(t);

    expect((await scan(event, body)).json().code).toBe("request.invalid");
  });
});

describe("an admission", () => {
  it("can be taken back, once; the ticket is good again and what happened stays", async () => {
    const event = await anEvent(t);
    const { code } = await ticketOf(await aGuest(t, event));
    const { id } = (await scan(event, { code })).json();
    const undo = () => t.send("DELETE", `/check-ins/${id}`, undefined, event.host);

    const [undone, again] = [await undo(), await undo()];

    expect(undone.json()).toEqual({ counts: { admitted: 0, expected: 1 } });
    expect(again.json().code).toBe("check_in.not_found");
    expect((await scan(event, { code })).statusCode).toBe(201);
    const rows = await t.db
      .selectFrom("check_ins")
      .select("undone_by")
      .where("gathering_id", "=", event.gatheringId)
      .orderBy("id")
      .execute();
    expect(rows.map(({ undone_by }) => undone_by)).toEqual([event.host.userId, null]);
  });

  it("is shown to every device, the last one first", async () => {
    const event = await anEvent(t);
    const [one, other] = [await aGuest(t, event, { name: "One" }), await aGuest(t, event, { name: "Other" })];

    await scan(event, { registrationId: one.id });
    t.travel(1000);
    await scan(event, { registrationId: other.id });

    const door = (await t.get(`/events/${event.slug}/door`, event.host)).json();
    expect(door).toMatchObject({ eventId: event.eventId, counts: { admitted: 2, expected: 2 } });
    expect(door.recent.map(({ name }: { name: string }) => name)).toEqual(["Other", "One"]);
  });
});

describe("the door", () => {
  it("is kept by its keepers and those who run the event, and by nobody else", async () => {
    const event = await anEvent(t);
    const guest = await aGuest(t, event);
    const { code } = await ticketOf(guest);
    const [porter, speaker, stranger] = [await aUser(t), await aUser(t), await aUser(t)];
    await aRole(t, event, porter, "door");
    await aRole(t, event, speaker, "speaker");
    const path = `/events/${event.eventId}/door`;

    for (const as of [speaker, stranger]) {
      expect((await scan(event, { code }, as)).json().code).toBe("auth.forbidden");
      expect((await t.get(path, as)).json().code).toBe("auth.forbidden");
    }
    expect((await t.get(path)).json().code).toBe("auth.required");
    expect((await t.get(path, undefined, guest.link)).json().code).toBe("auth.required");
    const admitted = await scan(event, { code }, porter);
    expect(admitted.statusCode).toBe(201);
    const undo = (as: Someone) => t.send("DELETE", `/check-ins/${admitted.json().id}`, undefined, as);
    expect((await undo(stranger)).json().code).toBe("auth.forbidden");
    expect((await undo(porter)).statusCode).toBe(200);
  });

  it("does not say that a secret event is there", async () => {
    const event = await anEvent(t, { visibility: "private" });
    const stranger = await aUser(t);

    expect((await t.get(`/events/${event.eventId}/door`, stranger)).json().code).toBe("event.not_found");
    expect((await scan(event, { code: "ABCDE-12345" }, stranger)).json().code).toBe("event.not_found");
  });
});

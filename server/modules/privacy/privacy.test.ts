import { randomBytes, randomUUIDv7 } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { findBreaks } from "#server/modules/audit/service.ts";
import { aGuestAt, anEvent, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { startLive } from "#server/platform/testing-live.ts";
import { joinTeam } from "#server/platform/testing-teams.ts";

let t: TestApp;
let live: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  t = await startTestApp();
  live = await startLive(t);
});
afterAll(async () => {
  await live.close();
  await t.close();
});

const migrations = join(import.meta.dirname, "../../../db/migrations");

/** The columns that the migrations mark as personal: `personal: retention=…`. */
function personalColumns(): { table: string; column: string; retention: string }[] {
  return readdirSync(migrations).flatMap((name) => {
    let table = "";
    return readFileSync(join(migrations, name), "utf8")
      .split("\n")
      .flatMap((line) => {
        table = /^(?:create|alter) (?:unlogged )?table (\w+)/.exec(line)?.[1] ?? table;
        const column = /^\s*(?:alter table \w+ )?(?:add column )?(\w+) .*-- personal: retention=(\w+)/.exec(line);
        // What is gone by itself within hours needs neither.
        return column && !/^\d+h$/.test(column[2] ?? "")
          ? [{ table, column: column[1] ?? "", retention: column[2] ?? "" }]
          : [];
      });
  });
}

const sure = async (who: Someone) =>
  void (await t.db
    .updateTable("sessions")
    .set({ confirmed_at: t.ctx.now() })
    .where("user_id", "=", who.userId)
    .execute());

const leave = (who: Someone, confirm = who.email) => t.post("/me/leaving", { confirm }, who);

const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Somebody of whom every table with personal columns knows something, each time in words that nobody else has. */
async function aLife() {
  const mark = `zq${randomBytes(5).toString("hex")}`;
  const who = await aUser(t, { name: `Ada ${mark}`, email: `${mark}@example.org` });
  const event = await anEvent(t, { format: "virtual", capacity: 1 });
  const now = t.ctx.now();
  const { userId, personId, email } = who;
  const { gatheringId } = event;
  const [plain, secret] = [randomUUIDv7(), randomUUIDv7()];
  const questions = [
    { id: plain, questionText: "What do you bring?", questionType: "text" },
    { id: secret, questionText: "What must we know?", questionType: "text", isSensitive: true },
  ];
  await t.send("PUT", `/events/${event.eventId}/questions`, { questions }, event.host);
  const body = {
    ticketTypeId: event.ticketTypeIds[0],
    customAnswers: { [plain]: `Salad ${mark}`, [secret]: `Secret ${mark}` },
  };
  const registered = await t.post(`/events/${event.eventId}/register`, body, who);
  expect(registered.statusCode).toBe(201);
  const registrationId = registered.json().id;
  await t.send("PATCH", "/me", { name: `Ada ${mark} Again` }, who, { "user-agent": `agent ${mark}` });
  await t.request({
    method: "PUT",
    url: "/api/v1/me/picture",
    headers: { cookie: who.cookie, "content-type": "image/png" },
    payload: pixel,
  });
  await t.post(`/gatherings/${gatheringId}/messages`, { text: `I said ${mark}` }, who);
  await t.settle();
  const put = (table: string, row: Record<string, unknown>) =>
    t.db
      .insertInto(table as never)
      .values(row as never)
      .execute();
  const roomId = randomUUIDv7();
  await put("rooms", { id: roomId, gathering_id: gatheringId, status: "ended", created_at: now });
  const visit = {
    room_id: roomId,
    gathering_id: gatheringId,
    person_id: personId,
    display_name: mark,
    role: "attendee",
  };
  await put("room_visits", { id: randomUUIDv7(), ...visit, participant_sid: `PA_${mark}`, last_seen_at: now });
  const key = { credential_id: mark, public_key: Buffer.from("key"), counter: 0, name: mark, is_synced: false };
  await put("passkeys", { id: randomUUIDv7(), user_id: userId, ...key, created_at: now });
  const elsewhere = { provider: "google", subject: mark, label: email };
  await put("linked_accounts", { id: randomUUIDv7(), user_id: userId, ...elsewhere, created_at: now });
  const session = t.db.selectFrom("sessions").select("id").where("user_id", "=", userId);
  const { id: sessionId } = await session.executeTakeFirstOrThrow();
  const rung = { endpoint: `https://push.example.org/${mark}`, p256dh: "key", auth: "key" };
  await put("push_devices", { id: randomUUIDv7(), user_id: userId, session_id: sessionId, ...rung, created_at: now });
  const ends = new Date(now.getTime() + 3_600_000);
  await put("steps", {
    id: randomUUIDv7(),
    kind: "email",
    user_id: userId,
    email: `new-${mark}@example.org`,
    ends_at: ends,
    created_at: now,
  });
  const former = { email: `former-${mark}@example.org`, since: now, ends_at: ends };
  await put("former_addresses", { id: randomUUIDv7(), user_id: userId, ...former, created_at: now });
  await put("sign_ups", {
    id: randomUUIDv7(),
    email,
    name: mark,
    password_hash: "x",
    locale: "en",
    time_zone: "UTC",
    created_at: now,
  });
  await put("invitations", {
    id: randomUUIDv7(),
    source_id: event.eventId,
    person_id: personId,
    name: mark,
    invited_by: event.host.userId,
    sent_at: now,
    created_at: now,
  });
  await put("absences", {
    id: randomUUIDv7(),
    user_id: userId,
    kind: "out_of_office",
    from_on: "2030-01-01",
    to_on: "2030-01-02",
    note: mark,
    created_at: now,
  });
  await t.db
    .updateTable("users")
    .set({ ban_reason: mark, pubkey: randomBytes(32).toString("hex") })
    .where("id", "=", userId)
    .execute();
  await t.db
    .updateTable("registrations")
    .set({ others: [mark] })
    .where("id", "=", registrationId)
    .execute();
  await put("refused_addresses", { address: email, said: "full", refused_at: now });
  await aBooking(event, { registrationId, mark });
  return { who, mark, event, registrationId };
}

async function aBooking(
  event: Awaited<ReturnType<typeof anEvent>>,
  { registrationId, mark }: { registrationId: string; mark: string },
) {
  const [typeId, now] = [randomUUIDv7(), t.ctx.now()];
  const times = { created_at: now, updated_at: now };
  const put = (table: string, row: Record<string, unknown>) =>
    t.db
      .insertInto(table as never)
      .values(row as never)
      .execute();
  await put("event_types", {
    id: typeId,
    organizer_id: event.organizerId,
    slug: `call-${mark}`,
    name: "A call",
    hue: 1,
    time_zone: "UTC",
    durations: [30],
    hosts_since: now,
    rules: "{}",
    created_by: event.host.userId,
    ...times,
  });
  const { gatheringId: id, start, end, organizerId } = event;
  await put("bookings", {
    id,
    gathering_id: id,
    event_type_id: typeId,
    organizer_id: organizerId,
    status: "cancelled",
    start_time: start,
    end_time: end,
    seats: 1,
    host_ids: [event.host.userId],
    location_type: "phone_call",
    cancelled_by: "invitee",
    cancellation_reason: mark,
    ...times,
  });
  await put("booking_attendees", {
    id: registrationId,
    booking_id: id,
    phone: mark,
    notes: mark,
    seats: 1,
    cancellation_reason: mark,
  });
}

async function download(who: Someone): Promise<Record<string, string>> {
  await sure(who);
  const asked = await t.post("/me/exports", {}, who);
  expect(asked.statusCode).toBe(202);
  await t.settle();
  const file = await t.get(`/me/exports/${asked.json().id}/file`, who);
  expect([file.statusCode, file.headers["content-type"]]).toEqual([200, "application/zip"]);
  const entries = Object.entries(unzipSync(file.rawPayload));
  return Object.fromEntries(entries.map(([name, bytes]) => [name, Buffer.from(bytes).toString("utf8")]));
}

/** Where in the marked columns a text still stands. */
async function whereStill(mark: string): Promise<string[]> {
  const found = await Promise.all(
    personalColumns().map(async ({ table, column }) => {
      const { rows } =
        await sql`select from ${sql.table(table)} where ${sql.ref(column)}::text like ${`%${mark}%`} limit 1`.execute(
          t.db,
        );
      return rows.length > 0 ? [`${table}.${column}`] : [];
    }),
  );
  return found.flat().sort();
}

describe("what is marked as personal", () => {
  it("is all in the file of one's data, without what opens something, and erased when one leaves", async () => {
    const { who, mark, event } = await aLife();
    const tables = [...new Set(personalColumns().map(({ table }) => table))];
    expect(tables.length).toBeGreaterThan(12);

    const files = await download(who);

    expect(tables.filter((table) => !files[`${table}.json`])).toEqual([]);
    const columns = personalColumns().filter(
      ({ table, column }) => !/letters\.(html|attachments)/.test(`${table}.${column}`),
    );
    const missing = columns.filter(({ table, column }) => !files[`${table}.json`]?.includes(`"${column}"`));
    expect(missing).toEqual([]);
    for (const said of ["Salad", "Secret"]) expect(files["question_answers.json"]).toContain(`${said} ${mark}`);
    expect(Object.keys(files).some((name) => /^uploads\/picture-.*\.webp$/.test(name))).toBe(true);
    const names = Object.values(files).flatMap((text) =>
      [...text.matchAll(/^\s{4}"(\w+)":/gm)].map(([, name]) => name),
    );
    expect(names.filter((name) => /hash|secret|salt|public_key|_version|storage_key/.test(name ?? ""))).toEqual([]);
    expect(Object.values(files).join()).not.toMatch(/\b1\.registration\.[\w-]{22}\./);
    expect((await whereStill(mark)).length).toBeGreaterThan(25);

    const reply = await leave(who);
    await t.settle();

    expect(reply.statusCode).toBe(204);
    // The last letter goes to the address, and words said stay as long as the event's.
    const last = ["letters.html", "letters.text", "letters.to_address", "letters.to_name"];
    expect(await whereStill(mark)).toEqual(["channel_operations.body", ...last, "messages.text"]);
    expect((await t.lettersTo(who.email)).map(({ kind }) => kind)).toEqual(["identity.left"]);
    const said = await t.get(`/gatherings/${event.gatheringId}/messages`, event.host);
    expect(said.json().items[0].displayName).toBe("Deleted account");
    expect(await findBreaks(t.ctx)).toEqual([]);
  });
});

describe("the file of one's data", () => {
  it("is asked for and read only by who has just shown that it is them, is one at a time, and is gone after a week", async () => {
    const [who, other] = [await aUser(t), await aUser(t)];
    expect((await t.post("/me/exports", {}, who)).json().code).toBe("auth.confirm_needed");
    await sure(who);
    const [one, two] = await Promise.all([t.post("/me/exports", {}, who), t.post("/me/exports", {}, who)]);
    expect(one.json().id).toBe(two.json().id);
    await t.settle();
    const path = `/me/exports/${one.json().id}/file`;
    await sure(other);
    expect((await t.get(path, other)).json().code).toBe("export.not_found");
    t.travel(11 * 60_000);
    expect((await t.get(path, who)).json().code).toBe("auth.confirm_needed");
    const ready = await t.lettersTo(who.email);
    expect(ready.map(({ kind }) => kind)).toEqual(["privacy.export_ready"]);
    expect((await t.get("/me/exports", who)).json().items).toHaveLength(1);

    t.travel(7 * 86_400_000);
    await sure(who);
    await t.settle();

    expect((await t.get(path, who)).json().code).toBe("export.not_found");
    expect((await t.get("/me/exports", who)).json().items).toEqual([]);
  });
});

describe("leaving", () => {
  it("ends sessions and sockets at once, frees places for who waits, and lets the address begin anew", async () => {
    const who = await aUser(t);
    const event = await anEvent(t, { format: "virtual", capacity: 1, hasWaitlist: true });
    const body = { ticketTypeId: event.ticketTypeIds[0] };
    await t.post(`/events/${event.eventId}/register`, body, who);
    const next = await aUser(t);
    await t.post(`/events/${event.eventId}/register`, body, next);
    const socket = await live.join(`gathering/${event.gatheringId}/chat`, { cookie: who.cookie });
    expect(socket.answer.ok).toBe(true);
    expect((await t.get("/me/leaving", who)).json()).toMatchObject({ bound: [], places: 1 });
    expect((await leave(who)).json().code).toBe("auth.confirm_needed");
    await sure(who);
    expect((await leave(who, "somebody@example.org")).json().fields[0].at).toBe("body.confirm");

    expect((await leave(who)).statusCode).toBe(204);
    expect((await t.get("/me", who)).json().code).toBe("auth.required");
    await t.settle();

    await expect.poll(() => socket.left[0]).toBe("auth.required");
    const statuses = await t.db
      .selectFrom("registrations")
      .select(["status", "name"])
      .where("gathering_id", "=", event.gatheringId)
      .orderBy("created_at")
      .execute();
    expect(statuses.map(({ status }) => status)).toEqual(["cancelled", "offered"]);
    expect(statuses[0]?.name).toBe("Deleted account");
    expect((await t.lettersTo(next.email)).at(-1)?.kind).toMatch(/offer/);
    const again = await aUser(t, { email: who.email });
    expect((await t.get("/me", again)).json().email).toBe(who.email);
  });

  it("waits until what only they run is cancelled or has another owner", async () => {
    const who = await aUser(t);
    const event = await anEvent(t, { by: who });
    const times = [30, 31].map((days) => ({
      startTime: new Date(t.ctx.now().getTime() + days * 86_400_000).toISOString(),
    }));
    const more = await t.post(`/events/${event.eventId}/occurrences`, { times }, who);
    expect(more.statusCode, more.body).toBe(201);
    await sure(who);

    const refused = await leave(who);

    expect(refused.json()).toMatchObject({ code: "leaving.bound", bound: [{ sourceId: event.eventId }] });
    expect(refused.headers["set-cookie"]).toBeUndefined();
    expect((await t.get("/me/leaving", who)).json().bound).toMatchObject([{ sourceId: event.eventId, moreTimes: 2 }]);
    expect((await t.get("/me", who)).statusCode).toBe(200);

    const heir = await aUser(t);
    await joinTeam(t, event.organizerId, heir, "owner");
    expect((await leave(who)).statusCode).toBe(204);
    await t.settle();
    const members = await t.db
      .selectFrom("organizer_members")
      .select("user_id")
      .where("organizer_id", "=", event.organizerId)
      .execute();
    expect(members).toEqual([{ user_id: heir.userId }]);
  });

  it("is not for the last admin", async () => {
    const root = await aUser(t, { role: "admin" });
    await sure(root);

    expect((await leave(root)).json().code).toBe("user.last_admin");
    expect((await t.get("/me", root)).statusCode).toBe(200);
  });
});

describe("a guest", () => {
  it("is forgotten by the link in a letter to their address, and nobody learns who is known", async () => {
    const event = await anEvent(t, { format: "virtual" });
    const guest = await aGuestAt(t, event.gatheringId, { name: "Grace Zephyr" });
    const owner = await aUser(t);
    const answers = await Promise.all(
      [guest.email, owner.email, "nobody-known@example.org"].map((email) => t.post("/forget", { email })),
    );
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual(Array(3).fill([202, "{}"]));
    expect((await t.lettersTo(owner.email)).map(({ kind }) => kind)).toEqual(["identity.forget_account"]);
    expect(await t.lettersTo("nobody-known@example.org")).toEqual([]);
    const [letter] = await t.lettersTo(guest.email);
    const token = /token=([\w.-]+)/.exec(letter?.text ?? "")?.[1];

    const [first, second] = [await t.post("/forget/confirm", { token }), await t.post("/forget/confirm", { token })];
    await t.settle();

    expect([first.statusCode, second.json().code]).toEqual([204, "auth.link_invalid"]);
    const kept = await t.db
      .selectFrom("registrations")
      .select(["name", "status"])
      .where("id", "=", guest.registrationId)
      .execute();
    expect(kept).toEqual([{ name: "Deleted account", status: "cancelled" }]);
    expect(await whereStill("Zephyr")).toEqual([]);
    expect(await t.lettersTo(guest.email)).toEqual([]);
  });
});

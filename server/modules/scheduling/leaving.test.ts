import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { lockLeaver } from "#server/modules/identity/repo/governing.ts";
import { aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { type EventType, schedulingIn } from "#server/platform/testing-scheduling.ts";
import { joinTeam } from "#server/platform/testing-teams.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const { at, aType, aBooking, book: send, decide, countWaiting } = schedulingIn(() => t);

/** A service of a team that its owner does not host, and who does. */
async function aTeam(how: { over?: object; team?: "collective" | "roundRobin"; size?: number } = {}) {
  const owner = await aUser(t, { name: "Olga Owner", timeZone: "UTC" });
  const { type } = await aType(how.over, owner);
  const hosts: Someone[] = [];
  for (let n = 0; n < (how.size ?? 1); n += 1) {
    const host = await aUser(t, { name: `Host ${n}`, timeZone: "UTC" });
    await joinTeam(t, type.organizerId, host);
    hosts.push(host);
  }
  const team = { team: how.team ?? "roundRobin", hosts: hosts.map(({ userId }) => ({ userId })) };
  const changed = await t.send("PATCH", `/events/event-types/${type.id}`, team, owner);
  expect(changed.statusCode, changed.body).toBe(200);
  return { owner, hosts, type };
}

const book = (type: EventType, time: string, by?: Someone) =>
  aBooking(type, at(time), by && { inviteeEmail: by.email }, by);

async function leave(who: Someone): Promise<void> {
  await t.db.updateTable("sessions").set({ confirmed_at: t.ctx.now() }).where("user_id", "=", who.userId).execute();
  const reply = await t.post("/me/leaving", { confirm: who.email }, who);
  expect(reply.statusCode, reply.body).toBe(204);
  await t.settle();
}

const bookingOf = (id: string) =>
  t.db
    .selectFrom("bookings")
    .select(["status", "cancelled_by as by", "host_ids as hostIds"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
const takenBy = async ({ userId }: Someone) =>
  (await t.db.selectFrom("busy_ranges").select("gathering_id").where("user_id", "=", userId).execute()).length;
const kindsTo = async (email: string) => (await t.lettersTo(email)).map(({ kind }) => kind);

describe("a host who deletes their account", () => {
  it("calls off what they alone would have hosted, asked for or booked, and the invitees are told", async () => {
    const { hosts, type } = await aTeam({ over: { needsApproval: true } });
    const [host] = hosts as [Someone];
    const [sure, asked] = [await book(type, "10:00"), await book(type, "12:00")];
    await decide(sure.id, { status: "confirmed" }, host);
    await t.settle();

    await leave(host);

    for (const { id, attendee } of [sure, asked]) {
      expect(await bookingOf(id)).toMatchObject({ status: "cancelled", by: "organizer" });
      expect((await kindsTo(attendee.email)).at(-1)).toBe("booking_cancelled");
    }
    expect(await takenBy(host)).toBe(0);
    expect(await t.lettersTo(host.email)).toHaveLength(1);
  });

  it("is not booked by whoever was faster than their goodbye", async () => {
    const { hosts, type } = await aTeam();
    const [host] = hosts as [Someone];
    const left = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    const leaving = t.db.transaction().execute(async (tx) => {
      await lockLeaver(tx, host.userId);
      await tx.updateTable("users").set({ left_at: t.ctx.now() }).where("id", "=", host.userId).execute();
      left.resolve();
      await done.promise;
    });
    await left.promise;
    const reply = send(type, at("10:00"));
    await expect.poll(countWaiting).toBe(1);
    done.resolve();
    await leaving;

    expect((await reply).json().code).toBe("scheduling.slot_taken");
    expect(await takenBy(host)).toBe(0);
  });

  it("leaves to the others what they would have hosted together", async () => {
    const { hosts, type } = await aTeam({ team: "collective", size: 2 });
    const [gone, stays] = hosts as [Someone, Someone];
    const { id, attendee } = await book(type, "10:00");

    await leave(gone);

    expect(await bookingOf(id)).toEqual({ status: "confirmed", by: null, hostIds: [stays.userId] });
    expect([await takenBy(gone), await takenBy(stays)]).toEqual([0, 1]);
    expect(await kindsTo(attendee.email)).not.toContain("booking_cancelled");
  });
});

describe("an invitee who deletes their account", () => {
  it("gives up what they booked: the time is free, the host is told, and their name is gone", async () => {
    const { hosts, type } = await aTeam();
    const [host] = hosts as [Someone];
    const ivy = await aUser(t, { name: "Ivy Zephyr" });
    const { id } = await book(type, "10:00", ivy);

    await leave(ivy);

    expect(await bookingOf(id)).toMatchObject({ status: "cancelled", by: "invitee" });
    expect(await takenBy(host)).toBe(0);
    expect((await kindsTo(host.email)).at(-1)).toBe("booking_cancelled");
    expect((await t.get(`/events/bookings/${id}`, host)).body).not.toContain("Zephyr");
    expect((await book(type, "10:00")).id).not.toBe(id);
  });

  it("takes only their own party out of a session", async () => {
    const { type, hosts } = await aTeam({ over: { maxAttendees: 3 } });
    const ivy = await aUser(t, { name: "Ivy" });
    const { id } = await book(type, "10:00", ivy);
    const other = await book(type, "10:00");
    expect(other.id).toBe(id);

    await leave(ivy);

    expect(await bookingOf(id)).toMatchObject({ status: "confirmed", hostIds: [hosts[0]?.userId] });
    expect((await t.get(`/events/bookings/${id}`, hosts[0])).json().attendeeCount).toBe(1);
    expect(await kindsTo(other.attendee.email)).not.toContain("booking_cancelled");
  });
});

describe("a host who leaves a team", () => {
  it("still sees what they host, and decides over nothing of it any more", async () => {
    const { owner, hosts, type } = await aTeam();
    const [host] = hosts as [Someone];
    const { id } = await book(type, "10:00");
    const other = await aBooking((await aType({ name: "Another" }, owner)).type, at("10:00"));
    const path = `/organizers/${type.organizerId}/members/${host.userId}`;
    expect((await t.send("DELETE", path, undefined, host)).statusCode).toBe(204);

    expect((await t.get(`/events/bookings/${id}`, host)).json()).toMatchObject({ id, status: "confirmed" });
    expect((await decide(id, { status: "cancelled" }, host)).json().code).toBe("auth.forbidden");
    expect((await t.get(`/events/bookings/${other.id}`, host)).json().code).toBe("booking.not_found");
    expect((await t.get("/events/bookings", host)).json().items).toEqual([]);
    const feed = new URL((await t.post("/events/bookings/feed", {}, host)).json().url).pathname.replace("/api/v1", "");
    const calendar = (await t.get(feed)).body;
    expect(calendar).toContain(`UID:${id}@`);
    expect(calendar).not.toContain(other.id);
  });
});

import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readHouse } from "#ops/check-rooms.ts";
import { isTest } from "#ops/sources.ts";
import { anEvent, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

/** Rows that are held against those too who would only point at them, by where it is done, and why. */
const heldAgainstAll: Record<string, string> = {
  "server/modules/identity/repo/governing.ts": "nobody books the time of somebody who is leaving",
  "server/platform/jobs.ts": "timers: nothing points at them",
};

describe("whoever holds a row", () => {
  it("lets others point at it: else two who do both wait for each other", () => {
    const holders = readHouse()
      .filter(({ path }) => path.startsWith("server/") && !isTest(path))
      .flatMap(({ path, text }) => [...text.matchAll(/\bfor\s+update\b|\.forUpdate\(/gi)].map(() => path));

    expect(holders.toSorted()).toEqual(Object.keys(heldAgainstAll).toSorted());
  });

  it("waits for nobody who points at an account, its hours or an invitation, nor they for it", async () => {
    const [admin, host] = [await aUser(t, { role: "admin" }), await aUser(t)];
    const { eventId, host: owner } = await anEvent(t);
    const week = { name: "Mornings", timeZone: "Europe/Berlin", weekly: [] };
    const schedule = (await t.post("/events/schedules", week, host)).json();
    const asked = { email: `${crypto.randomUUID()}@example.org`, role: "door" };
    const invitation = (await t.post(`/events/${eventId}/team-invitations`, asked, owner)).json();

    const replies = await t.db.transaction().execute(async (other) => {
      await sql`select from users where id in (${host.userId}, ${admin.userId}) for key share`.execute(other);
      await sql`select from schedules where id = ${schedule.id} for key share`.execute(other);
      await sql`select from team_invitations where id = ${invitation.id} for key share`.execute(other);
      return [
        await t.send("PUT", `/admin/users/${host.userId}/role`, { role: "organizer" }, admin),
        await t.send("PATCH", `/events/schedules/${schedule.id}`, { name: "Early mornings" }, host),
        await t.send("DELETE", `/team-invitations/${invitation.id}`, undefined, owner),
      ];
    });

    expect(replies.map(({ statusCode }) => Math.floor(statusCode / 100))).toEqual([2, 2, 2]);
  });
});

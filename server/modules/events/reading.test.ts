import { sql } from "kysely";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { findView } from "#server/modules/events/repo/event.ts";
import { versionOfPage } from "#server/modules/events/service/reading.ts";
import { anEvent, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => t.close());

async function statementsOf(ask: () => Promise<{ statusCode: number }>): Promise<number> {
  const asked = vi.spyOn(pg.Client.prototype, "query").mockClear();
  expect((await ask()).statusCode).toBe(200);
  return asked.mock.calls.length;
}

// Neither slowness nor a plan made anew is seen in an answer: what a page may cost is held here.
describe("what is read of an event", () => {
  it("costs a stranger one statement for the event and one for what can be had", async () => {
    const { slug } = await anEvent(t);

    expect(await statementsOf(() => t.get(`/events/${slug}`))).toBe(1);
    expect(await statementsOf(() => t.get(`/events/${slug}/register`))).toBe(1);
  });

  it("costs somebody signed in two more at most: who they are there, and what they have", async () => {
    const { slug } = await anEvent(t);
    const lin = await aUser(t);
    const session = 1;

    expect(await statementsOf(() => t.get(`/events/${slug}`, lin))).toBe(session + 2);
    expect(await statementsOf(() => t.get(`/events/${slug}/register`, lin))).toBe(session + 3);
  });

  it("is found by its address in capitals, as phones like to begin one, with all that hangs on it", async () => {
    const { slug } = await anEvent(t);

    for (const path of ["", "/register", "/room", "/calendar.ics"]) {
      expect((await t.get(`/events/${slug.toUpperCase()}${path}`)).statusCode, path).toBe(200);
    }
  });

  it("is planned once for all events", async () => {
    const { slug, eventId: id } = await anEvent(t);
    const { eventId: other } = await anEvent(t);

    const plans = await t.db.connection().execute(async (connection) => {
      for (const name of [slug, id, other, slug, id, other, slug, id]) {
        expect((await findView(connection, name, { now: t.ctx.now() }))?.id).toBe(name === other ? other : id);
      }
      const { rows } = await sql<{ made: number; reused: number }>`select custom_plans as made, generic_plans as reused
        from pg_prepared_statements where statement like '%as "wallStart"%'`.execute(connection);
      return rows;
    });

    // PostgreSQL makes five plans before it trusts one of them with everything.
    expect(plans).toMatchObject([{ made: 5 }]);
    expect(plans[0]?.reused).toBeGreaterThanOrEqual(3);
  });
});

describe("the version of an event's page", () => {
  it("changes with the name of the installation, which stands on the page", async () => {
    const { slug } = await anEvent(t);
    const version = async () => (await versionOfPage(t.ctx, `/events/${slug}`))?.replace(/ \d+$/, "");
    const before = await version();
    expect(await version()).toBe(before);

    await t.query("insert into installation_settings (settings, updated_at) values ('{}', now())");

    expect(await version()).not.toBe(before);
  });
});

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { poolOf } from "#domain/registrations/places.ts";
import {
  change,
  changeWithin,
  type Next,
  proveCounters,
  readPools,
  type Use,
} from "#server/modules/capacity/service.ts";
import { inTx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";
import { anEvent, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest, fromElsewhere } from "#server/platform/testing-guests.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

const ask = (event: { eventId: string }, n: number, over: object = {}) =>
  t.post(
    `/events/${event.eventId}/register`,
    { attendees: [{ name: `Guest ${n}`, email: `${event.eventId}-${n}@example.org` }], ...over },
    undefined,
    fromElsewhere(),
  );

const confirmedAt = async (event: { gatheringId: string }): Promise<number> => {
  const rows = await t.db
    .selectFrom("registrations")
    .select("id")
    .where("gathering_id", "=", event.gatheringId)
    .where("status", "=", "confirmed")
    .execute();
  return rows.length;
};

/** Counts, decides, writes: each step right, the whole wrong. */
async function naive(event: { gatheringId: string; ticketTypeIds: string[] }, seats: number): Promise<void> {
  if ((await confirmedAt(event)) >= seats) return;
  const now = t.ctx.now();
  await t.db
    .insertInto("registrations")
    .values({
      id: crypto.randomUUID(),
      gathering_id: event.gatheringId,
      ticket_type_id: event.ticketTypeIds[0] ?? null,
      name: "Naive",
      display_name: "Naive",
      side: "in_person",
      status: "confirmed",
      created_at: now,
      updated_at: now,
    })
    .execute();
}

describe("the turnstile", () => {
  it("sells 20 seats to 20 of 120 who come at once, where counting first oversells", async () => {
    const seats = 20;
    const event = await anEvent(t, { capacity: seats, inPersonCapacity: seats, tickets: [{ capacity: seats }] });
    const control = await anEvent(t);

    const replies = await Promise.all(Array.from({ length: 120 }, (_, n) => ask(event, n)));
    await Promise.all(Array.from({ length: 120 }, () => naive(control, seats)));

    expect(await confirmedAt(control)).toBeGreaterThan(seats);
    expect(await confirmedAt(event)).toBe(seats);
    expect(replies.filter(({ statusCode }) => statusCode === 202)).toHaveLength(seats);
    const refused = replies.filter(({ statusCode }) => statusCode !== 202);
    expect(new Set(refused.map((reply) => reply.json().code))).toEqual(new Set(["registration.sold_out"]));
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("lets the narrowest of event, side and ticket decide", async () => {
    const event = await anEvent(t, {
      format: "hybrid",
      capacity: 12,
      inPersonCapacity: 5,
      virtualCapacity: 20,
      tickets: [{ capacity: 4 }, { capacity: 40 }],
    });
    const [scarce, plenty] = event.ticketTypeIds;
    const sideOf = (n: number) => (n % 2 === 0 ? "in_person" : "virtual");

    await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        ask(event, n, {
          ticketTypeId: n % 3 === 0 ? scarce : plenty,
          attendees: [{ name: "Guest", email: `${event.eventId}-${n}@example.org`, side: sideOf(n) }],
        }),
      ),
    );

    const keys = {
      all: poolOf.gathering(event.gatheringId),
      house: poolOf.side("in_person", event.gatheringId),
      scarce: poolOf.type(scarce ?? "", event.gatheringId),
    };
    const pools = await readPools(t.ctx, Object.values(keys));
    expect(pools.get(keys.all)?.taken).toBe(12);
    expect(pools.get(keys.house)?.taken).toBeLessThanOrEqual(5);
    expect(pools.get(keys.scarce)?.taken).toBeLessThanOrEqual(4);
    expect(await confirmedAt(event)).toBe(12);
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("serves those who come at once in few transactions", async () => {
    const event = await anEvent(t, { capacity: 100 });
    await ask(event, 0);

    await Promise.all(Array.from({ length: 60 }, (_, n) => ask(event, n + 1)));

    const rows = await t.db
      .selectFrom("registrations")
      .select("created_at")
      .distinct()
      .where("gathering_id", "=", event.gatheringId)
      .execute();
    expect(rows.length).toBeLessThan(20);
  });

  it("fails one request alone when its rows cannot be written, never its neighbours", async () => {
    const event = await anEvent(t, { capacity: 100 });
    await t.query(`create function refuse_one() returns trigger language plpgsql as
      $$ begin if new.name = 'Unwritable' then raise exception 'no'; end if; return new; end $$`);
    await t.query(
      "create trigger refuse_one before insert on registrations for each row execute function refuse_one()",
    );

    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        ask(event, n, {
          attendees: [{ name: n === 5 ? "Unwritable" : "Guest", email: `${event.eventId}-${n}@example.org` }],
        }),
      ),
    );
    await t.query("drop trigger refuse_one on registrations");

    expect(replies.map(({ statusCode }) => statusCode)).toEqual(
      Array.from({ length: 12 }, (_, n) => (n === 5 ? 500 : 202)),
    );
    expect(await confirmedAt(event)).toBe(11);
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("gives the same address one place, however often it asks at once", async () => {
    const event = await anEvent(t, { capacity: 10 });

    const replies = await Promise.all(Array.from({ length: 15 }, () => ask(event, 1)));

    expect(replies.every(({ statusCode }) => statusCode === 202)).toBe(true);
    expect(await confirmedAt(event)).toBe(1);
    expect(await proveCounters(t.ctx)).toBe(0);
  });

  it("never waits for itself while its tickets are changed in the middle of a rush", async () => {
    const event = await anEvent(t, { capacity: 200, tickets: [{ capacity: 50 }] });
    const save = (capacity: number) =>
      t.send(
        "PUT",
        `/events/${event.eventId}/ticket-types`,
        { items: [{ id: event.ticketTypeIds[0], name: "Admission", capacity }] },
        event.host,
      );

    const saves = (async () => {
      const replies = [];
      for (let n = 0; n < 12; n += 1) replies.push(await save(100 + n));
      return replies;
    })();
    const asks = Array.from({ length: 60 }, async (_, n) => {
      await sleep(n * 4);
      return ask(event, n);
    });

    expect((await saves).map(({ statusCode }) => statusCode)).toEqual(Array(12).fill(200));
    expect((await Promise.all(asks)).map(({ statusCode }) => statusCode)).toEqual(Array(60).fill(202));
    expect(await proveCounters(t.ctx)).toBe(0);
  });
});

interface Wish {
  id: string;
  frees?: boolean;
  wants: string;
}

/** The plainest way of using pools: one place of one pool, given back what one had. */
const plainly: Use<Wish, undefined, "granted"> = {
  plan: async (_tctx, asked) =>
    asked.map(({ note }) => ({
      frees: note.frees ? [note.id] : [],
      wants: [{ subjectId: note.id, pool: note.wants, as: "taken", amount: 1 }],
      touches: [note.id],
      with: undefined,
    })),
  write: async (_tctx, decided) =>
    decided.map(({ outcome }) => (outcome.granted ? "granted" : new Problem("registration.sold_out"))),
};

const wish = (lane: string, pools: readonly { key: string; capacity: number | null }[], note: Omit<Wish, "id">) => ({
  use: plainly,
  lane,
  pools,
  note: { id: crypto.randomUUID(), ...note },
});

describe("several transactions at one lane", () => {
  it("share a pool as several processes do: each place goes once, and nobody meets the database's own bar", async () => {
    const pools = [{ key: "test/shared", capacity: 10 }];

    const answers = await Promise.allSettled(
      Array.from({ length: 18 }, () =>
        inTx(t.ctx, (tctx) => changeWithin(tctx, [wish("shared", pools, { wants: "test/shared" })])),
      ),
    );

    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    for (const answer of answers)
      if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "registration.sold_out" });
    expect(await proveCounters(t.ctx)).toBe(0);
  });
});

describe("who changes places", () => {
  it("leaves theirs to who waits, before a newcomer of the same batch is asked", async () => {
    const pools = ["test/left", "test/right"].map((key) => ({ key, capacity: 1 }));
    const mover = wish("sides", pools, { wants: "test/left" });
    await change(t.ctx, mover);
    const waits = wish("sides", pools, { wants: "test/left" });
    let isWaiting = true;
    const next: Next = async (tctx) => {
      if (!isWaiting || (await readPools(tctx, ["test/left"])).get("test/left")?.taken !== 0) return [];
      isWaiting = false;
      return [{ ...waits, by: tctx } as never];
    };
    const moves = { ...mover, note: { ...mover.note, frees: true, wants: "test/right" }, next };

    const [moved, newcomer] = await Promise.allSettled([
      change(t.ctx, moves),
      change(t.ctx, wish("sides", pools, { wants: "test/left" })),
    ]);

    expect(moved).toMatchObject({ status: "fulfilled" });
    expect(newcomer).toMatchObject({ status: "rejected", reason: { code: "registration.sold_out" } });
    expect(isWaiting).toBe(false);
    expect(await proveCounters(t.ctx)).toBe(0);
  });
});

describe("a pool", () => {
  it("refuses to be overfilled by anybody, even by hand", async () => {
    const event = await anEvent(t, { capacity: 1 });
    await aGuest(t, event);
    const key = poolOf.gathering(event.gatheringId);

    await expect(t.query(`update pools set taken = taken + 1 where key = '${key}'`)).rejects.toThrow(
      /pools_not_overfilled/,
    );
  });

  it("raises an alarm when it is not the sum of its claims", async () => {
    const event = await anEvent(t, { capacity: 9 });
    await aGuest(t, event);
    expect(await proveCounters(t.ctx)).toBe(0);

    const key = poolOf.gathering(event.gatheringId);
    await t.query(`update pools set taken = 3 where key = '${key}'`);

    expect(await proveCounters(t.ctx)).toBe(1);
    const { id } = await t.db.selectFrom("pools").select("id").where("key", "=", key).executeTakeFirstOrThrow();
    expect(await t.factsAbout(id)).toEqual(["capacity.drifted"]);
    await t.query(`update pools set taken = 1 where key = '${key}'`);
  });

  it("cannot be made smaller than what is taken", async () => {
    const event = await anEvent(t, { capacity: 9, tickets: [{ capacity: 5 }] });
    for (let n = 0; n < 3; n += 1) await aGuest(t, event);

    const smaller = await t.send("PATCH", `/events/${event.eventId}`, { capacity: 2 }, event.host);
    const type = { id: event.ticketTypeIds[0], name: "Admission" };
    const fewer = await t.send(
      "PUT",
      `/events/${event.eventId}/ticket-types`,
      { items: [{ ...type, capacity: 2 }] },
      event.host,
    );

    expect(smaller.json()).toMatchObject({ code: "event.capacity_below_taken", taken: 3 });
    expect(fewer.json()).toMatchObject({ code: "event.capacity_below_taken", taken: 3 });
    expect((await t.get(`/events/${event.eventId}/register`)).json()).toMatchObject({ capacity: 9, taken: 3 });
  });

  it("refuses to lose a ticket that somebody holds", async () => {
    const event = await anEvent(t, { tickets: [{}, {}] });
    await aGuest(t, event, { ticketTypeId: event.ticketTypeIds[0] });
    const keep = (index: number) =>
      t.send(
        "PUT",
        `/events/${event.eventId}/ticket-types`,
        { items: [{ id: event.ticketTypeIds[index], name: "Kept" }] },
        event.host,
      );

    expect((await keep(1)).json()).toMatchObject({ code: "ticket_type.in_use", ids: [event.ticketTypeIds[0]] });
    expect((await keep(0)).statusCode).toBe(200);
  });
});

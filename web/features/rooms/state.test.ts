import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  type Chat,
  examined,
  healthy,
  inTheirPlaces,
  largestTiles,
  merge,
  next,
  noted,
  type Phase,
  retryBefore,
  type Said,
  type Turn,
  waitBefore,
} from "#web/features/rooms/state.ts";

const phases: fc.Arbitrary<Phase> = fc.constantFrom<Phase>(
  { at: "green" },
  { at: "joining" },
  { at: "in" },
  { at: "rejoining", tries: 2 },
  { at: "over", why: "left" },
  { at: "over", why: "banned" },
);
const turns: fc.Arbitrary<Turn> = fc.constantFrom<Turn>(
  { type: "enter" },
  { type: "connected" },
  { type: "lost" },
  { type: "tried" },
  { type: "leave" },
  { type: "elsewhere" },
  { type: "again" },
  { type: "refused", code: "access.banned" },
  { type: "refused", code: "room.off" },
  { type: "refused", code: "room.ended" },
);

describe("the way of a call", () => {
  it("leads over a cut back in, and counts the tries", () => {
    const lost = next({ at: "in" }, { type: "lost" });
    expect(lost).toEqual({ at: "rejoining", tries: 0 });
    expect(next(lost, { type: "tried" })).toEqual({ at: "rejoining", tries: 1 });
    expect(next(next(lost, { type: "tried" }), { type: "connected" })).toEqual({ at: "in" });
  });

  it.each([
    ["room.ended", "ended"],
    ["gathering.cancelled", "ended"],
    ["room.removed", "removed"],
    ["access.banned", "banned"],
    ["room.full", "full"],
    ["access.registration_needed", "refused"],
  ])("ends at %s as %s", (code, why) => {
    expect(next({ at: "rejoining", tries: 1 }, { type: "refused", code })).toEqual({ at: "over", why, code });
  });

  it("leads back to the green room where something can still be done about it", () => {
    for (const code of ["access.terms_needed", "access.lobby_waiting"])
      for (const at of ["joining", "in"] as const)
        expect(next({ at }, { type: "refused", code })).toEqual({ at: "green", code });
  });

  it("goes on trying while the engine or the house is only away", () => {
    for (const code of ["room.off", "internal", "rate.limited"]) {
      expect(next({ at: "in" }, { type: "refused", code })).toEqual({ at: "rejoining", tries: 0 });
    }
  });

  it("never brings anybody back who left or was put out, but by their own wish", () => {
    fc.assert(
      fc.property(fc.array(turns, { maxLength: 20 }), (all) => {
        const unasked = all.filter(({ type }) => type !== "enter" && type !== "again");
        const end = unasked.reduce(next, { at: "over", why: "banned", code: "access.banned" } as Phase);
        expect(end.at).toBe("over");
      }),
    );
  });

  it("has an answer for every turn in every phase", () => {
    fc.assert(fc.property(phases, turns, (phase, turn) => next(phase, turn).at !== undefined));
  });

  it("tries its line again every few seconds, and gives it up after forty", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(40_000), fc.double({ min: 0, max: 1, noNaN: true }), (tries, elapsedMs, dice) => {
        expect(retryBefore(tries, elapsedMs, dice)).toBeLessThanOrEqual(3750);
        expect(retryBefore(tries, 40_001 + elapsedMs, dice)).toBeNull();
      }),
    );
    expect([0, 1, 2, 3, 9].map((tries) => retryBefore(tries, 0, 0.5))).toEqual([250, 600, 1200, 2400, 3000]);
  });

  it("waits longer each time, up to some twelve seconds", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.double({ min: 0, max: 1, noNaN: true }), (tries, dice) => {
        expect(waitBefore(tries, dice)).toBeGreaterThanOrEqual(375);
        expect(waitBefore(tries, dice)).toBeLessThanOrEqual(12_500);
      }),
    );
  });
});

describe("largestTiles", () => {
  it("never leaves the place that it has", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 49 }),
        fc.integer({ min: 200, max: 3000 }),
        fc.integer({ min: 200, max: 2000 }),
        (count, width, height) => {
          const box = largestTiles(count, { width, height }, 8, [16 / 9, 4 / 3]);
          const rows = Math.ceil(count / box.columns);
          expect(box.columns * box.width + (box.columns - 1) * 8).toBeLessThanOrEqual(width);
          expect(rows * box.height + (rows - 1) * 8).toBeLessThanOrEqual(height);
        },
      ),
    );
  });

  it("puts two beside each other on a wide screen, and one above the other on a phone", () => {
    expect(largestTiles(2, { width: 1200, height: 600 }, 8).columns).toBe(2);
    expect(largestTiles(2, { width: 360, height: 700 }, 8).columns).toBe(1);
  });
});

describe("the chat", () => {
  const said = (seq: number, over: Partial<Said> = {}): Said => ({
    id: `m${seq}`,
    seq,
    personId: "p",
    displayName: "Ada",
    as: "host",
    text: "Hello",
    at: "2030-01-01T00:00:00Z",
    editedAt: null,
    deletedAt: null,
    ...over,
  });
  const empty: Chat = { messages: [], drafts: [] };

  it("shows each message once and in order, however they arrive", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 }), (seqs) => {
        const chat = seqs.reduce((now, seq) => merge(now, [said(seq)]), empty);
        expect(chat.messages.map(({ seq }) => seq)).toEqual([...new Set(seqs)].sort((a, b) => a - b));
      }),
    );
  });

  it("lets a draft go once it has become a message", () => {
    const chat = merge(
      {
        messages: [],
        drafts: [
          { id: "m1", text: "Hello" },
          { id: "x", text: "And" },
        ],
      },
      [said(1)],
    );
    expect(chat.drafts).toEqual([{ id: "x", text: "And" }]);
  });

  it("takes away the words of a deleted message and nothing else", () => {
    const chat = noted(merge(empty, [said(1), said(2)]), "m1", { text: "", deletedAt: "2030-01-01T00:01:00Z" });
    expect(chat.messages.map(({ text }) => text)).toEqual(["", "Hello"]);
  });
});

describe("the health of a call", () => {
  /** Looks every two seconds; returns at which seconds the call was built anew. */
  const curesOf = (looks: readonly boolean[]) => {
    let health = healthy(0);
    return looks.flatMap((isWell, at) => {
      const { isDue, ...after } = examined(health, isWell, at * 2000);
      health = after;
      return isDue ? [at * 2] : [];
    });
  };
  const ill = (looks: number) => Array.from({ length: looks }, () => false);
  const well = (looks: number) => Array.from({ length: looks }, () => true);

  it("is given ten seconds to mend itself", () => {
    expect(curesOf([...well(2), ...ill(5), ...well(2)])).toEqual([]);
    expect(curesOf([...well(2), ...ill(6)])).toEqual([14]);
  });

  it("is given twice as long where building anew did not help, and starts afresh after a good minute", () => {
    expect(curesOf(ill(100))).toEqual([10, 32, 74, 156]);
    expect(curesOf([...ill(7), ...well(32), ...ill(6)])).toEqual([10, 88]);
  });

  it("is never built anew while it is well, and never twice within ten seconds", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 300 }), (looks) => {
        const cures = curesOf(looks);
        expect(cures.every((at) => looks[at / 2] === false)).toBe(true);
        expect(cures.every((at, n) => n === 0 || at - (cures[n - 1] ?? 0) >= 10)).toBe(true);
      }),
    );
  });
});

describe("those who wait at the door", () => {
  const list = fc.uniqueArray(fc.constantFrom("Ada", "Ben", "Cem", "Dee", "Eve")).map((names) => names.sort());

  it("stand where they stood, who comes new stands below them, and nobody is lost", () => {
    fc.assert(
      fc.property(list, list, (before, now) => {
        const people = (ids: readonly string[]) => ids.map((personId) => ({ personId }));
        const shown = inTheirPlaces(people(before), people(now)).map(({ personId }) => personId);
        const stayed = before.filter((id) => now.includes(id));
        expect(shown).toEqual([...stayed, ...now.filter((id) => !before.includes(id))]);
      }),
    );
  });
});

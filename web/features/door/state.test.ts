import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { CheckIn } from "#contract/tickets.ts";
import { isNews, verdictOf, withCheckIn } from "#web/features/door/state.ts";

const aCheckIn = (n: number): CheckIn => ({
  id: `c${n}`,
  registrationId: `r${n}`,
  name: `Guest ${n}`,
  ticketTypeName: null,
  side: "in_person",
  list: "door",
  gate: "",
  at: "2030-05-01T12:00:00.000Z",
});

describe("a code before the camera", () => {
  it("is asked about once, however long it is held up", () => {
    let last = { code: "A", at: 0 };
    for (let at = 100; at < 60_000; at += 200) {
      const seen = { code: "A", at };
      expect(isNews(last, seen)).toBe(false);
      last = seen;
    }
  });

  it("is news when it is the first, another one, or comes back", () => {
    expect(isNews(null, { code: "A", at: 0 })).toBe(true);
    expect(isNews({ code: "A", at: 0 }, { code: "B", at: 10 })).toBe(true);
    expect(isNews({ code: "A", at: 0 }, { code: "A", at: 5000 })).toBe(true);
  });
});

describe("a verdict", () => {
  it("says when and where a ticket was used", () => {
    const details = { name: "Ada", at: "2030-05-01T12:02:00.000Z", gate: "B" };
    expect(verdictOf({ code: "check_in.used", details })).toEqual({ kind: "used", ...details });
  });

  it("is never green for a refusal, whatever it carries", () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.anything()), (code, details) => {
        expect(["used", "no", "offline"]).toContain(verdictOf({ code, details }).kind);
      }),
    );
  });
});

describe("those let in last", () => {
  it("names everybody once, the newest first, and forgets the oldest", () => {
    const recent = [1, 2, 3, 2].reduce((list, n) => withCheckIn(list, aCheckIn(n)), [] as CheckIn[]);
    expect(recent.map(({ name }) => name)).toEqual(["Guest 2", "Guest 3", "Guest 1"]);

    const many = Array.from({ length: 40 }, (_, n) => aCheckIn(n)).reduce(withCheckIn, [] as CheckIn[]);
    expect(many).toHaveLength(20);
    expect(many[0]?.name).toBe("Guest 39");
  });
});

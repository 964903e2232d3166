import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { findSlots, freeHosts, prepareHost, type SlotsQuestion } from "#domain/availability/slots.ts";
import { groupsOf, portionsOf, type Share, sharesAlike } from "#domain/availability/teams.ts";

const open = { timeZone: "UTC", weekly: [{ days: [0, 1, 2, 3, 4, 5, 6], from: "09:00", to: "17:00" }] };
const at = (time: string) => Date.parse(`2030-05-01T${time}Z`);
const host = (id: string, busyFrom?: string, busyTo?: string) => ({
  ...prepareHost({
    id,
    schedule: open,
    busy: busyFrom && busyTo ? [{ kind: "calendar", start: at(busyFrom), end: at(busyTo) }] : [],
  }),
  isFixed: id === "fixed",
  group: id === "g" ? "named" : undefined,
});

describe("groupsOf", () => {
  const ids = (groups: { id: string }[][]) => groups.map((group) => group.map(({ id }) => id));
  const hosts = [host("a"), host("fixed"), host("g"), host("b")];

  it("asks for everybody in a collective, and for one of each group beside the fixed in a round robin", () => {
    expect(ids(groupsOf(hosts, "collective"))).toEqual([["a"], ["fixed"], ["g"], ["b"]]);
    expect(ids(groupsOf(hosts, "roundRobin"))).toEqual([["fixed"], ["a", "b"], ["g"]]);
  });
});

const share = fc.record({
  userId: fc.string({ minLength: 1, maxLength: 3 }),
  isFixed: fc.boolean(),
  group: fc.option(fc.constantFrom("a", "b")),
  weight: fc.integer({ min: 0, max: 9 }),
  priority: fc.integer({ min: -3, max: 3 }),
});
const team = fc.uniqueArray(share, { minLength: 1, maxLength: 6, selector: ({ userId }) => userId });

describe("groupsOf, whatever the team", () => {
  it("puts each host into one group, alone where they always take part", () => {
    fc.assert(
      fc.property(team, fc.constantFrom("collective" as const, "roundRobin" as const), (hosts, way) => {
        const groups = groupsOf(hosts, way);
        expect(new Set(groups.flat())).toEqual(new Set(hosts));
        expect(groups.flat()).toHaveLength(hosts.length);
        for (const group of groups) {
          if (way === "collective" || group.some(({ isFixed }) => isFixed)) expect(group).toHaveLength(1);
          expect(new Set(group.map((host) => host.group ?? "")).size).toBe(1);
        }
      }),
    );
  });
});

describe("portionsOf", () => {
  it("gives each group away once", () => {
    fc.assert(
      fc.property(team, (hosts) => {
        const portions = portionsOf(hosts);
        for (const group of groupsOf(hosts, "roundRobin"))
          expect(group.reduce((sum, { userId }) => sum + (portions.get(userId) ?? Number.NaN), 0)).toBeCloseTo(1);
      }),
    );
  });
});

describe("sharesAlike", () => {
  it("looks away from the order and from nothing else", () => {
    fc.assert(
      fc.property(team, fc.nat(), (hosts, at) => {
        expect(sharesAlike(hosts, hosts.toReversed())).toBe(true);
        const other = (change: (host: Share) => Partial<Share>) =>
          hosts.map((host, n) => (n === at % hosts.length ? { ...host, ...change(host) } : host));
        expect(
          sharesAlike(
            hosts,
            other(({ weight }) => ({ weight: weight + 1 })),
          ),
        ).toBe(false);
        expect(
          sharesAlike(
            hosts,
            other(({ priority }) => ({ priority: priority - 1 })),
          ),
        ).toBe(false);
        expect(
          sharesAlike(
            hosts,
            other(({ isFixed }) => ({ isFixed: !isFixed })),
          ),
        ).toBe(false);
        expect(
          sharesAlike(
            hosts,
            other(({ group }) => ({ group: group === null ? "a" : null })),
          ),
        ).toBe(false);
        expect(sharesAlike(hosts, hosts.slice(1))).toBe(false);
      }),
    );
  });
});

describe("freeHosts", () => {
  it("names who of each group could hold a slot", () => {
    const question: SlotsQuestion = {
      now: at("00:00"),
      event: { id: "e", timeZone: "UTC", durationMinutes: 60 },
      groups: groupsOf([host("a", "10:30", "11:00"), host("b"), host("fixed")], "roundRobin"),
      from: at("00:00"),
      to: at("23:00"),
    };
    expect(freeHosts(question, at("09:00"))).toEqual([["fixed"], ["a", "b"]]);
    expect(freeHosts(question, at("10:00"))).toEqual([["fixed"], ["b"]]);
    expect(freeHosts(question, at("16:30"))).toEqual([[], []]);
  });
});

describe("findSlots for a team", () => {
  it("counts one booking at several hosts once for a limit", () => {
    const start = at("09:00");
    const booking = (bookingId?: string) =>
      ({ kind: "booking", status: "confirmed", eventTypeId: "e", bookingId, start, end: at("10:00") }) as const;
    const offered = (bookingId?: string) =>
      findSlots({
        now: at("00:00"),
        event: { id: "e", timeZone: "UTC", durationMinutes: 60, limits: { perDay: 2 } },
        groups: ["a", "b"].map((id) => [prepareHost({ id, schedule: open, busy: [booking(bookingId)] })]),
        from: at("00:00"),
        to: at("23:00"),
      }).starts.length;
    expect(offered("b1")).toBe(7);
    expect(offered()).toBe(0);
  });
});

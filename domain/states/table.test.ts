import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bookingStatuses } from "#domain/availability/status.ts";
import { eventActions, eventStatuses, eventTable, moveEvent } from "#domain/events/states.ts";
import { gatheringActions, gatheringStatuses, gatheringTable, moveGathering } from "#domain/gatherings/states.ts";
import {
  isLiving,
  moveRegistration,
  placeOf,
  registrationActions,
  registrationStatuses,
  registrationTable,
} from "#domain/registrations/states.ts";
import { mayReopen, moveRoom, roomActions, roomStatuses, roomTable } from "#domain/rooms/states.ts";
import { bookingActions, bookingTable } from "#domain/scheduling/states.ts";
import { move, type StateTable } from "#domain/states/table.ts";

const endTime = new Date("2030-05-01T20:00Z");
const soonAfter = new Date("2030-05-01T21:00Z");

const machines: [string, StateTable<string, string>, readonly string[], readonly string[]][] = [
  ["event", eventTable, eventStatuses, eventActions],
  ["gathering", gatheringTable, gatheringStatuses, gatheringActions],
  ["registration", registrationTable, registrationStatuses, registrationActions],
  ["room", roomTable, roomStatuses, roomActions],
  ["booking", bookingTable, bookingStatuses, bookingActions],
];

describe.each(machines)("the table of a %s", (_name, table, statuses, actions) => {
  it("has an answer for every action in every status, and leads nowhere else", () => {
    expect(Object.keys(table).sort()).toEqual([...statuses].sort());
    for (const status of statuses) {
      expect(Object.keys(table[status] ?? {}).sort()).toEqual([...actions].sort());
      for (const action of actions) expect([...statuses, "-"]).toContain(table[status]?.[action]);
    }
  });

  it("never changes anything when an action is done again", () => {
    fc.assert(
      fc.property(fc.constantFrom(...statuses), fc.constantFrom(...actions), (status, action) => {
        const once = move(table, status, action, "no");
        if (!once.moved) return;
        const again = move(table, once.to, action, "no");
        if (again.moved) expect(again).toEqual({ moved: true, to: once.to, changed: false });
      }),
    );
  });
});

/** The statuses that an action changes. */
const changedBy = <Status extends string, Action extends string>(table: StateTable<Status, Action>, action: Action) =>
  (Object.keys(table) as Status[]).filter((status) => !["-", status].includes(table[status][action]));

/** All statuses that can follow, by any actions. */
function reachable(table: StateTable<string, string>, from: string): Set<string> {
  const seen = new Set([from]);
  for (const status of seen)
    for (const to of Object.values(table[status] ?? {})) if (to !== "-") seen.add(to as string);
  return seen;
}

describe("an event", () => {
  it("reaches the public only by publishing or by approval", () => {
    for (const status of eventStatuses)
      for (const action of eventActions) {
        const answer = moveEvent(status, action);
        if (answer.moved && answer.changed && answer.to === "published")
          expect(["publish", "approve"]).toContain(action);
      }
  });

  it("stays cancelled for good, and only what was published is cancelled", () => {
    expect([...reachable(eventTable, "cancelled")]).toEqual(["cancelled"]);
    expect(changedBy(eventTable, "cancel")).toEqual(["published"]);
  });
});

describe("a gathering", () => {
  it("stays cancelled for good", () => {
    expect(moveGathering("cancelled", "schedule")).toEqual({ moved: false, because: "gathering.cancelled" });
  });
});

describe("a registration", () => {
  const path = fc.array(fc.constantFrom(...registrationActions), { maxLength: 12 });

  it("comes to life nowhere once it is over", () => {
    for (const status of registrationStatuses.filter((s) => !isLiving(s)))
      expect([...reachable(registrationTable, status)]).toEqual([status]);
  });

  it("never has a place while it waits, whatever came before", () => {
    fc.assert(
      fc.property(fc.constantFrom(...registrationStatuses), path, (start, actions) => {
        let status = start;
        for (const action of actions) {
          const answer = moveRegistration(status, action);
          if (answer.moved) status = answer.to;
          if (!isLiving(status) || status === "pending" || status === "waitlisted")
            expect(placeOf(status)).toBe("none");
        }
      }),
    );
  });

  it("is never confirmed straight from the waitlist", () => {
    expect(Object.values(registrationTable.waitlisted)).not.toContain("confirmed");
  });

  it("can be cancelled as long as it lives, and only then changes by it", () => {
    expect(changedBy(registrationTable, "cancel").sort()).toEqual(registrationStatuses.filter(isLiving).sort());
  });

  it("can come into every status from the cart or from the waitlist", () => {
    const all = new Set([
      ...reachable(registrationTable, "held"),
      ...reachable(registrationTable, "waitlisted"),
      ...reachable(registrationTable, "pending"),
    ]);
    expect([...all].sort()).toEqual([...registrationStatuses].sort());
  });
});

describe("a room", () => {
  it("is reopened by a host until two hours after its end, and not a millisecond longer", () => {
    const limit = new Date("2030-05-01T22:00Z");
    expect(moveRoom("ended", "reopen", endTime, soonAfter)).toMatchObject({ to: "open" });
    expect(mayReopen(endTime, new Date(limit.getTime() - 1))).toBe(true);
    expect(moveRoom("ended", "reopen", endTime, limit)).toEqual({ moved: false, because: "room.ended" });
  });

  it("never opens by itself again once it has ended", () => {
    expect(moveRoom("ended", "open", endTime, soonAfter)).toEqual({ moved: false, because: "room.ended" });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  type Door,
  doors,
  mayEnter,
  type Question,
  type Standing,
  type TeamRole,
  teamRoles,
} from "#domain/entitlement/doors.ts";
import { leftOf, noTerms } from "#domain/entitlement/terms.ts";
import { gatheringStatuses } from "#domain/gatherings/states.ts";
import { formats, sides } from "#domain/registrations/places.ts";
import { registrationStatuses } from "#domain/registrations/states.ts";
import { roomStatuses } from "#domain/rooms/states.ts";

const startTime = new Date("2030-05-01T18:00Z");
const endTime = new Date("2030-05-01T20:00Z");
const opensAt = new Date("2030-05-01T17:45Z");

const stranger: Standing = {
  role: null,
  isAdmin: false,
  registration: null,
  isInvited: false,
  isBanned: false,
  lobby: "none",
  hasConsented: false,
  said: { conducts: [], age: null },
  isInside: false,
};

const question = (standing: Partial<Standing> = {}, over: Partial<Question["gathering"]> = {}): Question => ({
  standing: { ...stranger, ...standing },
  gathering: {
    status: "scheduled",
    visibility: "public",
    format: "virtual",
    startTime,
    endTime,
    registrationOpensAt: null,
    registrationClosesAt: null,
    room: { status: "open", opensAt, isSuspended: false },
    ...over,
  },
  policy: { hasWaitingRoom: false, needsConsent: false, terms: noTerms },
  now: startTime,
});

const guest: Partial<Standing> = { registration: { status: "confirmed", side: "virtual" } };

const anyStanding = fc.record<Standing>({
  role: fc.option(fc.constantFrom(...teamRoles), { nil: null }),
  isAdmin: fc.boolean(),
  registration: fc.option(
    fc.record({ status: fc.constantFrom(...registrationStatuses), side: fc.constantFrom(...sides) }),
    { nil: null },
  ),
  isInvited: fc.boolean(),
  isBanned: fc.boolean(),
  lobby: fc.constantFrom("none", "waiting", "admitted", "denied", "removed"),
  hasConsented: fc.boolean(),
  said: fc.record({
    conducts: fc.array(fc.constantFrom("be kind", "be kinder")),
    age: fc.option(fc.constantFrom(14, 16, 18), { nil: null }),
  }),
  isInside: fc.boolean(),
});
const anyTime = fc.date({
  min: new Date("2030-05-01T12:00Z"),
  max: new Date("2030-05-02T12:00Z"),
  noInvalidDate: true,
});
const maybeTime = fc.option(anyTime, { nil: null });
const anyQuestion: fc.Arbitrary<Question> = fc.record({
  standing: anyStanding,
  gathering: fc.record({
    status: fc.constantFrom(...gatheringStatuses),
    visibility: fc.constantFrom("public", "unlisted", "invite_only", "private"),
    format: fc.constantFrom(...formats),
    startTime: fc.constant(startTime),
    endTime: fc.constant(endTime),
    registrationOpensAt: maybeTime,
    registrationClosesAt: maybeTime,
    room: fc.option(
      fc.record({ status: fc.constantFrom(...roomStatuses), opensAt: fc.constant(opensAt), isSuspended: fc.boolean() }),
      { nil: null },
    ),
  }),
  policy: fc.record({
    hasWaitingRoom: fc.boolean(),
    needsConsent: fc.boolean(),
    terms: fc.record({
      conduct: fc.constantFrom(null, "be kind", "be kinder"),
      minimumAge: fc.constantFrom(null, 14, 16, 18),
    }),
  }),
  now: anyTime,
});
const anyDoor = fc.constantFrom(...doors);
const live: Door[] = ["lobby", "room", "breakout", "stage"];

const always = (law: (q: Question, door: Door) => void) =>
  fc.assert(fc.property(anyQuestion, anyDoor, law), { numRuns: 2000 });

describe("every door", () => {
  it("always answers, and a refusal always says why", () => {
    always((q, door) => {
      const answer = mayEnter(q, door);
      expect(answer.allowed ? answer.as : answer.because).toMatch(/^[a-z_.]+$/);
    });
  });

  it("tells who may not see a gathering that there is none, and nothing else", () => {
    always((q, door) => {
      if (mayEnter(q, "page").allowed) return;
      expect(mayEnter(q, door)).toEqual({ allowed: false, because: "gathering.not_found" });
    });
  });

  it("lets a banned person see and do nothing but look at what is public", () => {
    always((q, door) => {
      if (q.standing.isBanned && door !== "page") expect(mayEnter(q, door).allowed).toBe(false);
    });
  });

  it("never lets in somebody without a role or a confirmed place, except to the page and to registering", () => {
    always((q, door) => {
      if (door === "page" || door === "register") return;
      const { role, registration } = q.standing;
      if (role === null && registration?.status !== "confirmed") expect(mayEnter(q, door).allowed).toBe(false);
    });
  });

  it("never says attendee of somebody who is none", () => {
    always((q, door) => {
      const answer = mayEnter(q, door);
      if (answer.allowed && answer.as === "attendee") expect(q.standing.registration?.status).toBe("confirmed");
      if (answer.allowed && answer.as === "host") expect(["owner", "cohost"]).toContain(q.standing.role);
    });
  });

  it("never opens a live door of a cancelled gathering, of one without a room, or to who was removed", () => {
    always((q) => {
      const shut = q.gathering.status === "cancelled" || q.gathering.format === "in_person" || !q.gathering.room;
      if (shut || q.standing.lobby === "removed" || q.standing.lobby === "denied")
        for (const door of live) expect(mayEnter(q, door).allowed).toBe(false);
    });
  });

  it("always opens the lobby where it opens the room, and the room where it opens the stage", () => {
    always((q) => {
      if (mayEnter(q, "stage").allowed) expect(mayEnter(q, "room").allowed).toBe(true);
      if (mayEnter(q, "room").allowed) expect(mayEnter(q, "lobby").allowed).toBe(true);
    });
  });

  it("never lets attendees past the lobby, the consent or the terms that a gathering asks for", () => {
    always((q) => {
      const answer = mayEnter(q, "room");
      if (!answer.allowed) return;
      if (q.policy.hasWaitingRoom && answer.as === "attendee" && !q.standing.isInside)
        expect(q.standing.lobby).toBe("admitted");
      if (q.policy.needsConsent) expect(q.standing.hasConsented).toBe(true);
      if (answer.as === "attendee") expect(leftOf(q.policy.terms, q.standing.said)).toEqual(noTerms);
    });
  });

  it("asks for the terms at the room, at what is said and at what is recorded in it alone, and never of the team", () => {
    always((q, door) => {
      const asked = {
        ...q,
        policy: { ...q.policy, terms: { conduct: "be kind", minimumAge: 16 } },
        standing: { ...q.standing, said: { conducts: [], age: 14 } },
      };
      const answer = mayEnter(asked, door);
      const isAsked = !answer.allowed && answer.because === "access.terms_needed";
      if (isAsked) {
        expect(["room", "breakout", "stage", "channel", "recording", "replay"]).toContain(door);
        if (door === "channel") expect(q.standing.isInside).toBe(false);
        expect(q.standing.registration?.status).toBe("confirmed");
        expect(q.standing.role).toBeNull();
      } else expect(mayEnter({ ...asked, policy: { ...q.policy, terms: noTerms } }, door)).toEqual(answer);
    });
  });

  it("never lets attendees hear or say anything without having accepted the terms, unless they are in already", () => {
    always((q) => {
      const answer = mayEnter(q, "channel");
      if (!answer.allowed || answer.as !== "attendee" || q.standing.isInside) return;
      expect(leftOf(q.policy.terms, q.standing.said)).toEqual(noTerms);
    });
  });

  it("never registers anybody outside the window, for the past, or uninvited where an invitation is needed", () => {
    always((q) => {
      if (!mayEnter(q, "register").allowed) return;
      const { registrationOpensAt: from, registrationClosesAt: to, visibility, status } = q.gathering;
      expect(status).toBe("scheduled");
      expect(q.now < endTime).toBe(true);
      if (q.standing.role === "owner" || q.standing.role === "cohost") return;
      expect((!from || q.now >= from) && (!to || q.now < to)).toBe(true);
      if (visibility === "invite_only" || visibility === "private")
        expect(q.standing.isInvited || q.standing.role !== null).toBe(true);
    });
  });
});

/** What a door says: as whom one may pass, or why not. */
const because = (q: Question, door: Door = "room") => {
  const answer = mayEnter(q, door);
  return answer.allowed ? answer.as : answer.because;
};

describe("the page", () => {
  it("of a private gathering is there for who was invited, until they are shut out", () => {
    const isPrivate = { visibility: "private" } as const;
    expect(because(question({ isInvited: true }, isPrivate), "page")).toBe("visitor");
    expect(because(question({ isInvited: true, isBanned: true }, isPrivate), "page")).toBe("gathering.not_found");
  });
});

describe("registering", () => {
  const at = (now: Date, over: Partial<Question["gathering"]> = {}) =>
    because({ ...question({}, over), now }, "register");
  const justBefore = (time: Date) => new Date(time.getTime() - 1);

  it("is open from its opening up to, but not including, its closing and the end", () => {
    const [registrationOpensAt, registrationClosesAt] = [opensAt, startTime];
    const window = { registrationOpensAt, registrationClosesAt };
    expect([justBefore(opensAt), opensAt, justBefore(startTime), startTime].map((now) => at(now, window))).toEqual([
      ...["registration.closed", "visitor", "visitor", "registration.closed"],
    ]);
    expect([justBefore(endTime), endTime].map((now) => at(now))).toEqual(["visitor", "registration.closed"]);
  });

  it("needs no invitation of the team", () => {
    const byInvitation = { visibility: "invite_only" } as const;
    expect(because(question({ role: "moderator" }, byInvitation), "register")).toBe("visitor");
    expect(because(question({}, byInvitation), "register")).toBe("registration.invitation_needed");
  });
});

describe("the room", () => {
  it("says to each what they can do", () => {
    expect(because(question(guest))).toBe("attendee");
    expect(because(question())).toBe("access.registration_needed");
    for (const [status, code] of [
      ["pending", "access.approval_pending"],
      ["waitlisted", "access.waitlisted"],
      ["offered", "access.offer_open"],
      ["awaiting_payment", "access.payment_due"],
      ["cancelled", "access.registration_needed"],
    ] as const)
      expect(because(question({ registration: { status, side: "virtual" } }))).toBe(code);
    const inPerson: Partial<Standing> = { registration: { status: "confirmed", side: "in_person" } };
    expect(because(question(inPerson))).toBe("access.other_side");
    expect(because(question({ ...inPerson, role: "speaker" }))).toBe("speaker");
  });

  it("names the time from which it will be open", () => {
    const early = question(guest, { room: { status: "scheduled", opensAt, isSuspended: false } });
    expect(mayEnter(early, "room")).toEqual({ allowed: false, because: "room.not_open", until: opensAt });
    expect(because(early, "lobby")).toBe("attendee");
  });

  it("keeps the team in while it is suspended, and nobody else", () => {
    const room = { status: "open" as const, opensAt, isSuspended: true };
    expect(because(question({ role: "cohost" }, { room }))).toBe("host");
    expect(because(question(guest, { room }))).toBe("room.not_open");
  });

  it("has its team wait in no lobby, and puts nobody back into it who is in", () => {
    const waits = (standing: Partial<Standing>) => {
      const q = question(standing);
      return because({ ...q, policy: { ...q.policy, hasWaitingRoom: true } });
    };
    expect([waits(guest), waits({ ...guest, lobby: "admitted" }), waits({ role: "speaker" })]).toEqual([
      ...["access.lobby_waiting", "attendee", "speaker"],
    ]);
    expect(waits({ ...guest, isInside: true })).toBe("attendee");
    expect(waits({ ...guest, isInside: true, lobby: "denied" })).toBe("access.lobby_denied");
  });

  it("gives the stage to speakers and hosts only", () => {
    expect(because(question({ role: "speaker" }), "stage")).toBe("speaker");
    expect(because(question(guest), "stage")).toBe("access.team_only");
    expect(because(question({ role: "door" }), "stage")).toBe("access.team_only");
  });
});

describe("a replay", () => {
  it("is for who had a place, on whichever side, once it is over", () => {
    const ended = { room: { status: "ended" as const, opensAt, isSuspended: false } };
    expect(mayEnter(question({ registration: { status: "confirmed", side: "in_person" } }, ended), "replay")).toEqual({
      allowed: true,
      as: "attendee",
    });
    expect(mayEnter(question(guest), "replay")).toMatchObject({ because: "room.not_open" });
    expect(because({ ...question(guest, { room: null }), now: endTime }, "replay")).toBe("attendee");
    expect(["cohost", "moderator"].map((role) => because(question({ role: role as TeamRole }), "replay"))).toEqual([
      ...["host", "room.not_open"],
    ]);
  });
});

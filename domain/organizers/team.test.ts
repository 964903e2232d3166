import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type TeamRole, teamRoles } from "#domain/entitlement/doors.ts";
import { allRights, hasRight } from "#domain/entitlement/rights.ts";
import { moveTeamInvitation, teamInvitationStatuses } from "#domain/organizers/invitations.ts";
import {
  changeRole,
  eventLadder,
  higherOf,
  type Ladder,
  type MemberRole,
  mayGive,
  mayTake,
  memberLadder,
  memberRoles,
  roleAtEvents,
} from "#domain/organizers/team.ts";

const ladders: [string, Ladder<string>][] = [
  ["an organizer", memberLadder as Ladder<string>],
  ["an event", eventLadder as Ladder<string>],
];

describe("the rights at a gathering", () => {
  it("are the owner's all, nobody's who has no role, and each somebody's", () => {
    for (const right of allRights) {
      expect(hasRight("owner", right)).toBe(true);
      expect(hasRight(null, right)).toBe(false);
    }
  });

  it("let nobody who belongs to the organizer do less than who is named for one event", () => {
    for (const role of memberRoles) {
      for (const right of allRights) {
        if (hasRight("cohost", right)) expect(hasRight(roleAtEvents(role), right)).toBe(true);
      }
    }
  });

  it("are written down: a change in this table is a change of rights", () => {
    const table = Object.fromEntries(
      teamRoles.map((role: TeamRole) => [role, allRights.filter((right) => hasRight(role, right)).join(" ")]),
    );

    expect(table).toEqual({
      owner: "edit decide seePeople keepDoor runRoom keepOrder seeAttendance seeTeam",
      cohost: "edit decide seePeople keepDoor runRoom keepOrder seeAttendance seeTeam",
      moderator: "seePeople keepOrder seeAttendance seeTeam",
      speaker: "seeTeam",
      door: "seePeople keepDoor seeTeam",
    });
  });
});

describe.each(ladders)("the roles of %s", (_name, ladder) => {
  const role = fc.constantFrom(...ladder.roles);
  const maybe = fc.option(role, { nil: null });
  const change = fc.record({ by: maybe, isSelf: fc.boolean(), from: role, to: maybe, owners: fc.nat(4) });
  const [owner = ""] = ladder.roles;

  it("never lift anybody above who lifts them, and never oneself", () => {
    fc.assert(
      fc.property(change, ({ isSelf, ...rest }) => {
        const given = { ...rest, isSelf, by: isSelf ? rest.from : rest.by };
        const decision = changeRole(ladder, given);
        if (!decision.allowed || given.to === null) return;
        const height = (one: string) => ladder.roles.length - ladder.roles.indexOf(one);
        expect(height(given.to)).toBeLessThanOrEqual(height(given.by ?? "nobody"));
      }),
    );
  });

  it("never leave a team without an owner", () => {
    fc.assert(
      fc.property(change, (given) => {
        const decision = changeRole(ladder, given);
        if (decision.allowed && given.from === owner && given.to !== owner) expect(given.owners).toBeGreaterThan(1);
      }),
    );
  });

  it("let strangers and those who may not give do nothing to others, and everybody leave but the last owner", () => {
    fc.assert(
      fc.property(change, (given) => {
        if (!given.isSelf && (given.by === null || !ladder.givers.includes(given.by)))
          expect(changeRole(ladder, given)).toEqual({ allowed: false, because: "auth.forbidden" });
        if (given.isSelf && given.by === given.from && given.to === null && given.owners > 1)
          expect(changeRole(ladder, given).allowed).toBe(true);
      }),
    );
  });

  it("ask for more whenever ownership of somebody else begins or ends", () => {
    fc.assert(
      fc.property(change, (given) => {
        const decision = changeRole(ladder, given);
        if (!decision.allowed || given.isSelf || given.from === given.to) return;
        expect(decision.isSensitive).toBe(given.from === owner || given.to === owner);
      }),
    );
  });

  it("take only from below, but for owners, and never give what could not be taken back by an owner", () => {
    fc.assert(
      fc.property(maybe, role, (by, other) => {
        if (mayTake(ladder, by, other) && by !== owner) expect(other).not.toBe(by);
        if (mayGive(ladder, by, other)) expect(mayTake(ladder, owner, other)).toBe(true);
      }),
    );
  });

  it("are never lowered by saying yes to a lower one", () => {
    fc.assert(
      fc.property(role, maybe, (given, held) => {
        const now = higherOf(ladder, given, held);
        expect(ladder.roles.indexOf(now)).toBeLessThanOrEqual(ladder.roles.indexOf(held ?? given));
      }),
    );
  });
});

it("lets admins of an organizer run their team, and its owners alone decide over owners and admins", () => {
  const may = (by: MemberRole, from: MemberRole, to: MemberRole | null) =>
    changeRole(memberLadder, { by, isSelf: false, from, to, owners: 2 }).allowed;

  expect([may("admin", "member", null), may("admin", "member", "admin")]).toEqual([true, true]);
  expect([may("admin", "admin", null), may("admin", "owner", "member")]).toEqual([false, false]);
  expect([may("owner", "owner", "admin"), may("owner", "admin", "owner"), may("member", "member", null)]).toEqual([
    true,
    true,
    false,
  ]);
});

describe("an invitation to a team", () => {
  const actions = ["accept", "decline", "withdraw", "resend", "invite"] as const;

  it("answers everything in every status, and names its status where it refuses", () => {
    for (const status of teamInvitationStatuses) {
      for (const action of actions) {
        const move = moveTeamInvitation(status, action);
        if (!move.moved) expect(move.because).toBe(`team.invitation_${status}`);
      }
    }
  });

  it("is accepted only while it is open, and opens again only by an invitation", () => {
    for (const status of teamInvitationStatuses) {
      expect(moveTeamInvitation(status, "accept").moved).toBe(status === "invited");
      if (status === "accepted" || status === "withdrawn" || status === "declined")
        expect(actions.filter((action) => leadsTo(status, action) === "invited")).toEqual(["invite"]);
    }
  });

  function leadsTo(...[status, action]: Parameters<typeof moveTeamInvitation>): string {
    const move = moveTeamInvitation(status, action);
    return move.moved ? move.to : "-";
  }
});

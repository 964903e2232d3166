import type { OpenTerms, Terms } from "#contract/terms.ts";
import {
  type Answer,
  type As,
  type Door,
  mayEnter,
  type Place,
  type Question,
  type Standing,
  type TeamRole,
  teamRoles,
  termsLeft,
} from "#domain/entitlement/doors.ts";
import { hasRight, type Right } from "#domain/entitlement/rights.ts";
import { isNothing, noTerms } from "#domain/entitlement/terms.ts";
import { type MemberRole, roleAtEvents } from "#domain/organizers/team.ts";
import * as repo from "#server/modules/access/repo.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

export { doorStatus } from "#server/modules/access/repo.ts";

/** What a caller is to a gathering, and whether a door of it opens to them. */
export interface Known {
  question: Question;
  /** Whom rooms, chats and ledgers know: the holder of the registration, or else the account. */
  personId: string | null;
  displayName: string | null;
  registrationId: string | null;
  role: TeamRole | null;
}

type Asking = Pick<Ctx, "actor" | "holds" | "now"> & { db: Ctx["db"] | TxCtx["db"] };

/** Loads what the caller is to a gathering; nothing where there is none. The only loader of a person's standing. */
export async function standingAt(ctx: Asking, gatheringId: string): Promise<Known | undefined> {
  const account = ctx.actor.kind === "user" || ctx.actor.kind === "key" ? ctx.actor : undefined;
  const row = await repo.findStanding(ctx.db, gatheringId, {
    userId: account?.userId ?? null,
    personId: account?.personId ?? null,
    registrationIds: ctx.holds.filter(({ of }) => of === "registration").map(({ id }) => id),
    invitationIds: ctx.holds.filter(({ of }) => of === "invitation").map(({ id }) => id),
  });
  if (!row) return undefined;
  const isAdmin = ctx.actor.kind === "system" || (ctx.actor.kind === "user" && ctx.actor.isAdmin);
  const standing = standingOf(row, isAdmin);
  return {
    question: { standing, gathering: placeOf(row), policy: policyOf(row), now: ctx.now() },
    personId: row.registeredPersonId ?? account?.personId ?? null,
    displayName: row.displayName,
    registrationId: row.registrationId,
    role: standing.role,
  };
}

/**
 * What a caller of whom nothing is known is to a gathering whose row is at hand, as far as its page and registering go:
 * there is nothing to load. Undefined for everybody else.
 */
export function strangerAt(ctx: Asking, gathering: Times & Omit<Place, "room" | keyof Times>): Question | undefined {
  if (ctx.actor.kind !== "anonymous" || ctx.holds.length > 0) return undefined;
  return {
    standing: nobody,
    gathering: { ...gathering, ...settled(gathering), room: null },
    policy: { hasWaitingRoom: false, needsConsent: false, terms: noTerms },
    now: ctx.now(),
  };
}

const nobody: Standing = {
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

/** Whether the caller may pass a door now; the answer for every page, token, socket and playlist. */
export async function may(ctx: Asking, gatheringId: string, door: Door): Promise<Answer> {
  const known = await standingAt(ctx, gatheringId);
  return known ? mayEnter(known.question, door) : { allowed: false, because: "gathering.not_found" };
}

/** Passes a door or throws its refusal; says as whom, and who it is. */
export async function enter(ctx: Asking, gatheringId: string, door: Door): Promise<Known & { as: As }> {
  const known = await standingAt(ctx, gatheringId);
  if (!known) throw new Problem("gathering.not_found");
  const answer = mayEnter(known.question, door);
  if (!answer.allowed) throw refusal(answer);
  return { ...known, as: answer.as };
}

/** What whoever belongs there has still to accept; null where nothing is left. */
export async function findTermsFor({ db }: Asking, gatheringId: string, known: Known): Promise<OpenTerms | null> {
  const { registrationId, question } = known;
  const left = termsLeft(question);
  if (registrationId === null || isNothing(left)) return null;
  return { ...(await wordTerms({ db }, gatheringId, left)), registrationId };
}

/** The same terms in the words in which they are put to people. */
export async function wordTerms(
  { db }: Pick<Asking, "db">,
  gatheringId: string,
  terms: Known["question"]["policy"]["terms"],
): Promise<Terms> {
  const conduct = terms.conduct === null ? undefined : await repo.findConduct(db, gatheringId);
  return { conduct: conduct ?? null, minimumAge: terms.minimumAge };
}

/** The problem that says why a door stays shut, and until when where that is known. */
export function refusal({ because, until }: Extract<Answer, { allowed: false }>): Problem {
  return new Problem(because, until ? { until: until.toISOString() } : {});
}

/** Whether the caller has a right of a gathering's team. Admins see to everything. */
export async function mayAs(ctx: Asking, gatheringId: string, right: Right): Promise<boolean> {
  const known = await standingAt(ctx, gatheringId);
  return known !== undefined && hasRightIn(known.question.standing, right);
}

/** The same for a standing that is known already. */
export const hasRightIn = ({ isAdmin, isBanned, role }: Standing, right: Right): boolean =>
  isAdmin || (!isBanned && hasRight(role, right));

function standingOf(row: repo.StandingRow, isAdmin: boolean): Standing {
  const shutOut = row.isAccountBanned || row.admissions.includes("banned");
  return {
    role: roleOf(row),
    isAdmin,
    registration:
      row.registrationStatus === null
        ? null
        : {
            status: row.registrationStatus as NonNullable<Standing["registration"]>["status"],
            side: row.side as NonNullable<Standing["registration"]>["side"],
          },
    isInvited: row.isInvited,
    isBanned: shutOut,
    lobby: lobbyOf(row.admissions),
    hasConsented: false,
    said: { conducts: row.acceptedConducts ?? [], age: row.confirmedAge },
    isInside: row.isInside,
  };
}

/** The highest role counts. Members of the organizer run its gatherings without being named for each. */
function roleOf({ roles, memberRole }: repo.StandingRow): TeamRole | null {
  const byMembership = memberRole === null ? [] : [roleAtEvents(memberRole as MemberRole)];
  const all = [...byMembership, ...(roles as TeamRole[])];
  return teamRoles.find((role) => all.includes(role)) ?? null;
}

const lobbyOf = (admissions: readonly string[]): Standing["lobby"] =>
  (["removed", "denied", "waiting", "admitted"] as const).find((one) => admissions.includes(one)) ?? "none";

const minute = 60_000;

type Times = Pick<repo.StandingRow, "startTime" | "endTime">;

/** What has no time yet is only its team's, to whom the hour is nothing. */
const settled = ({ startTime, endTime }: Times) => ({
  startTime: startTime ?? new Date(0),
  endTime: endTime ?? new Date(0),
});

function placeOf(row: repo.StandingRow): Place {
  const { startTime, endTime } = settled(row);
  const opensAt = new Date(startTime.getTime() - row.autoStartMinutes * minute);
  return {
    status: row.status as Place["status"],
    visibility: row.visibility as Place["visibility"],
    format: row.format as Place["format"],
    startTime,
    endTime,
    registrationOpensAt: row.registrationOpensAt,
    registrationClosesAt: row.registrationClosesAt,
    room: {
      status: (row.roomStatus ?? "scheduled") as NonNullable<Place["room"]>["status"],
      opensAt,
      isSuspended: row.isSuspended,
    },
  };
}

const policyOf = (row: repo.StandingRow): Question["policy"] => ({
  hasWaitingRoom: row.hasWaitingRoom,
  needsConsent: row.needsConsent,
  terms: { conduct: row.conductVersion, minimumAge: row.minimumAge },
});

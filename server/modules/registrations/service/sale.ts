import type { RegistrationOptions, TicketOption } from "#contract/registrations.ts";
import { type Pool, placesLeft } from "#domain/capacity/decide.ts";
import { mayEnter, type Question } from "#domain/entitlement/doors.ts";
import { noTerms, type Terms } from "#domain/entitlement/terms.ts";
import { admit, type Sale, within } from "#domain/registrations/admission.ts";
import { poolOf, poolsFor, type Side, sidesFor } from "#domain/registrations/places.ts";
import { standingAt, strangerAt } from "#server/modules/access/service.ts";
import { listInvitedAs as findInvitedAs } from "#server/modules/registrations/repo/invitations.ts";
import * as repo from "#server/modules/registrations/repo/sale.ts";
import { listMine } from "#server/modules/registrations/service/views.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

export type { SaleRow, TicketTypeRow } from "#server/modules/registrations/repo/sale.ts";

/** Every pool of a gathering, with the capacity it begins with. */
export function poolsOf(sale: repo.SaleRow): { key: string; capacity: number | null }[] {
  const { gatheringId } = sale;
  return [
    { key: poolOf.gathering(gatheringId), capacity: sale.capacity },
    { key: poolOf.side("in_person", gatheringId), capacity: sale.inPersonCapacity },
    { key: poolOf.side("virtual", gatheringId), capacity: sale.virtualCapacity },
    ...sale.types.map(({ id, capacity }) => ({ key: poolOf.type(id, gatheringId), capacity })),
  ];
}

/** Whether only those come who were invited. */
export const isByInvitation = ({ visibility }: Pick<repo.SaleRow, "visibility">): boolean =>
  visibility === "invite_only" || visibility === "private";

/** How many places one request may take; who was invited brings others only with a ticket of which one may have several. */
export const mostAt = (sale: Pick<repo.SaleRow, "visibility">, type: repo.TicketTypeRow): number =>
  isByInvitation(sale) && !type.allowsSeveral ? 1 : type.maxParty;

/** The addresses for which the caller is invited to an event. */
export const listInvitedAs = (ctx: Ctx, sourceId: string) =>
  findInvitedAs(ctx.db, sourceId, {
    personId: "personId" in ctx.actor ? ctx.actor.personId : null,
    ids: ctx.holds.filter(({ of }) => of === "invitation").map(({ id }) => id),
  });

/** When and how one of its tickets can be had. What has no time yet is over at once: nobody can register for it. */
export function rulesOf(sale: repo.SaleRow, type: repo.TicketTypeRow): Sale {
  return {
    ...within(sale, type),
    endTime: sale.endTime ?? new Date(0),
    needsApproval: sale.needsApproval,
    hasWaitlist: sale.hasWaitlist,
    maxParty: type.maxParty,
  };
}

/** The ticket that was named, or else the first that can be had now. */
export function chooseType(
  sale: repo.SaleRow,
  {
    ticketTypeId,
    attendees,
    unnamed,
  }: { ticketTypeId?: string | undefined; attendees: readonly unknown[]; unnamed: number },
  now: Date,
): repo.TicketTypeRow | undefined {
  if (ticketTypeId !== undefined) return sale.types.find(({ id }) => id === ticketTypeId);
  const canBeHad = (type: repo.TicketTypeRow) =>
    sidesFor(sale.format, type.side).length > 0 &&
    admit(rulesOf(sale, type), attendees.length + unnamed, now).outcome !== "refused";
  return sale.types.find(canBeHad) ?? sale.types[0];
}

/**
 * Where one comes by invitation, one invitation is one place, for the address that it was sent to. Only with a ticket of
 * which one may have several, others may be brought along.
 */
export async function refuseUninvited(
  ctx: Ctx,
  wish: Parameters<typeof chooseType>[1] & {
    attendees: readonly { email: string }[];
    sale: repo.SaleRow;
    known: { role: string | null };
  },
): Promise<void> {
  const { sale, known, attendees, unnamed } = wish;
  if (known.role !== null || !isByInvitation(sale)) return;
  const type = chooseType(sale, wish, ctx.now());
  const max = type ? mostAt(sale, type) : 1;
  if (attendees.length + unnamed > max) throw new Problem("registration.party_too_large", { max });
  const invited = await listInvitedAs(ctx, sale.sourceId);
  if (!invited.some(({ email }) => email === attendees[0]?.email)) throw new Problem("registration.invitation_needed");
}

/** What can be had at a gathering now, by whoever may see its page, and what the caller has already. */
export async function options(ctx: Ctx, source: string, occurrenceId?: string): Promise<RegistrationOptions> {
  const sale = await repo.findOffer(ctx.db, source, { occurrenceId, now: ctx.now() });
  if (!sale) throw new Problem(occurrenceId === undefined ? "event.not_found" : "gathering.not_found");
  const question = await questionAt(ctx, sale);
  if (!question || !mayEnter(question, "page").allowed) throw new Problem("event.not_found");
  // Who has no part in it is told of places asked for twice as of others: see `told_of`.
  const shown =
    question.standing.role === null
      ? (pool: repo.OfferRow["pools"][number]) => ({ ...pool, held: 0, taken: pool.told })
      : (pool: Pool) => pool;
  const pools = new Map(sale.pools.map((pool) => [pool.key, shown(pool)]));
  const tickets = sale.types.map((type) => optionOf(sale, type, pools, ctx.now()));
  const whole = poolNow(sale, poolOf.gathering(sale.gatheringId), pools);
  const invited = mayEnter(question, "register");
  const window = within(sale, { opensAt: null, closesAt: null });
  return {
    eventId: sale.sourceId,
    occurrenceId: sale.gatheringId,
    state: stateOf(sale, tickets, {
      now: ctx.now(),
      needsInvitation: !invited.allowed && invited.because === "registration.invitation_needed",
    }),
    opensAt: window.opensAt?.toISOString() ?? null,
    closesAt: window.closesAt?.toISOString() ?? null,
    needsApproval: sale.needsApproval,
    hasWaitlist: sale.hasWaitlist,
    taken: question.standing.role === null && whole.capacity === null ? null : whole.held + whole.taken,
    capacity: whole.capacity,
    sides: sidesFor(sale.format, "any").map((side) => ({ side, left: leftFor(sale, null, side, pools) })),
    ticketTypes: tickets,
    invitedAs: isByInvitation(sale) ? ((await listInvitedAs(ctx, sale.sourceId))[0] ?? null) : null,
    conductVersion: termsAt(sale, question.standing).conduct,
    minimumAge: termsAt(sale, question.standing).minimumAge,
    mine: await listMine(ctx, sale.gatheringId),
  };
}

/** What is asked of whoever comes: of the team, nothing. */
const termsAt = (sale: repo.SaleRow, { role }: Question["standing"]): Terms => (role === null ? sale : noTerms);

async function questionAt(ctx: Ctx, sale: repo.SaleRow): Promise<Question | undefined> {
  const { opensAt, closesAt, gatheringId } = sale;
  const stranger = strangerAt(ctx, { ...sale, registrationOpensAt: opensAt, registrationClosesAt: closesAt });
  return stranger ?? (await standingAt(ctx, gatheringId))?.question;
}

function stateOf(
  sale: repo.SaleRow,
  tickets: readonly TicketOption[],
  { now, needsInvitation }: { now: Date; needsInvitation: boolean },
): RegistrationOptions["state"] {
  if (sale.status === "cancelled") return "cancelled";
  if (sale.endTime && now >= sale.endTime) return "over";
  if (sale.status === "planned") return "closed";
  if (needsInvitation) return "by_invitation";
  const states = (["open", "waitlist", "sold_out", "opens_later", "closed"] as const).filter((state) =>
    tickets.some((ticket) => ticket.state === state),
  );
  return states[0] ?? "closed";
}

type Pools = ReadonlyMap<string, Pool>;

function optionOf(sale: repo.SaleRow, type: repo.TicketTypeRow, pools: Pools, now: Date): TicketOption {
  const sides = sidesFor(sale.format, type.side);
  const rules = rulesOf(sale, type);
  const lefts = sides.map((side) => leftFor(sale, type.id, side, pools));
  // Somebody may still come as long as one of the ways has room.
  const left = lefts.includes(null) ? null : Math.max(0, ...lefts.map(Number));
  return {
    id: type.id,
    name: type.name,
    description: type.description,
    priceMinor: type.priceMinor,
    currency: type.currency,
    sides,
    left,
    state: sides.length === 0 ? "closed" : ticketState(rules, left, now),
    opensAt: rules.opensAt?.toISOString() ?? null,
    closesAt: rules.closesAt?.toISOString() ?? null,
    maxParty: mostAt(sale, type),
  };
}

function ticketState(rules: Sale, left: number | null, now: Date): TicketOption["state"] {
  const answer = admit(rules, 1, now);
  if (answer.outcome === "refused") return "until" in answer && answer.until ? "opens_later" : "closed";
  if (answer.outcome === "ask" || left === null || left > 0) return "open";
  return rules.hasWaitlist ? "waitlist" : "sold_out";
}

function leftFor(sale: repo.SaleRow, ticketTypeId: string | null, side: Side, pools: Pools): number | null {
  const keys = poolsFor({ gatheringId: sale.gatheringId, ticketTypeId, side });
  const left = Math.min(...keys.map((key) => placesLeft(poolNow(sale, key, pools))));
  return left === Number.POSITIVE_INFINITY ? null : left;
}

/** A pool as it is, or as it will begin when somebody first takes from it. */
function poolNow(sale: repo.SaleRow, key: string, pools: Pools): Pool {
  const fresh = { capacity: null, held: 0, taken: 0 };
  return pools.get(key) ?? { ...fresh, ...poolsOf(sale).find((pool) => pool.key === key) };
}

import type { Participant, Registration, RegistrationDetail } from "#contract/registrations.ts";
import type { Side } from "#domain/registrations/places.ts";
import { isLiving } from "#domain/registrations/states.ts";
import { change } from "#server/modules/capacity/service.ts";
import { get as getGathering, pick } from "#server/modules/gatherings/service/reading.ts";
import { countLetter, refuseWithoutMail } from "#server/modules/identity/service/sign-up.ts";
import { letterAsked } from "#server/modules/registrations/facts.ts";
import { mayDecide } from "#server/modules/registrations/policy.ts";
import * as places from "#server/modules/registrations/repo/places.ts";
import { findSale } from "#server/modules/registrations/repo/sale.ts";
import { listOfAddress } from "#server/modules/registrations/repo/views.ts";
import { moving, offerNext, type Step } from "#server/modules/registrations/service/move.ts";
import { getParticipant } from "#server/modules/registrations/service/participants.ts";
import { poolsOf } from "#server/modules/registrations/service/sale.ts";
import { findFor, getDetail, listMine, type ViewRow } from "#server/modules/registrations/service/views.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

/** Takes a step through the turnstile of its gathering; what it frees goes to those who wait. */
async function step(ctx: Ctx, gatheringId: string, note: Step): Promise<void> {
  const sale = await findSale(ctx.db, gatheringId);
  if (!sale) throw new Problem("gathering.not_found");
  await change(ctx, { use: moving, lane: gatheringId, pools: poolsOf(sale), note, next: offerNext });
}

/** Says yes to a request: takes a place, and refuses when there is none. */
export async function approve(ctx: Ctx, id: string, note: string): Promise<Participant> {
  return decideOn(ctx, id, { action: "approve", note });
}

/** Says no to a request, with words that its letter carries. */
export async function decline(ctx: Ctx, id: string, note: string): Promise<Participant> {
  return decideOn(ctx, id, { action: "decline", note });
}

async function decideOn(ctx: Ctx, id: string, { action, note }: { action: "approve" | "decline"; note: string }) {
  const { row } = await findFor(ctx, id, mayDecide);
  // Holding a registration is no right to decide over it.
  if (!(await mayDecide(ctx, row.gatheringId))) throw new Problem("auth.forbidden");
  await step(ctx, row.gatheringId, { ids: [id], action, note, by: "organizer" });
  return getParticipant(ctx, id);
}

/** Gives a place up, or takes it back as the team. Doing it again changes nothing. */
export async function cancel(ctx: Ctx, id: string): Promise<Registration> {
  const { row, isOwn } = await findFor(ctx, id, mayDecide);
  await step(ctx, row.gatheringId, { ids: [id], action: "cancel", by: isOwn ? "attendee" : "organizer" });
  return getDetail(ctx, id);
}

/** Gives up all of the caller's own places at an event. */
export async function leave(ctx: Ctx, source: string, occurrenceId?: string): Promise<void> {
  const gathering = await pick(ctx, source, occurrenceId);
  const mine = (await listMine(ctx, gathering.id)).filter(({ status }) => isLiving(status));
  if (mine.length === 0) throw new Problem("registration.not_found");
  await step(ctx, gathering.id, { ids: mine.map(({ id }) => id), action: "cancel", by: "attendee" });
}

/** Gives up places of one gathering for somebody who is gone. */
export const giveUp = (ctx: Ctx, gatheringId: string, ids: readonly string[]): Promise<void> =>
  step(ctx, gatheringId, { ids, action: "cancel", by: "attendee" });

/** Accepts the places that are kept, for the whole party. */
export async function accept(ctx: Ctx, id: string): Promise<Registration> {
  const { row } = await findFor(ctx, id, mayDecide);
  if (row.offerEndsAt && row.offerEndsAt <= ctx.now())
    throw new Problem("registration.wrong_status", { registrationStatus: "lapsed" });
  await step(ctx, row.gatheringId, partyStep(row, { action: "accept", by: "attendee" }));
  return getDetail(ctx, id);
}

const partyStep = (row: Pick<ViewRow, "id" | "entryId">, rest: Omit<Step, "ids" | "entryId">): Step =>
  row.entryId ? { ...rest, ids: [], entryId: row.entryId } : { ...rest, ids: [row.id] };

/** Comes on another side; needs a place there, and gives the other one to who waits. */
export async function swapSide(ctx: Ctx, id: string, side: Side): Promise<RegistrationDetail> {
  const { row, isOwn } = await findFor(ctx, id, mayDecide);
  await step(ctx, row.gatheringId, { ids: [id], action: "swap", to: { side }, by: isOwn ? "attendee" : "organizer" });
  return getDetail(ctx, id);
}

/** Lets an offer lapse whose time has come; one that was accepted or made anew meanwhile stays. */
export async function lapse(ctx: Ctx, entryId: string): Promise<void> {
  const offer = await places.findOffer(ctx.db, entryId);
  // What is booked has a lane of its own.
  if (offer?.kind === "booking") return;
  const isDue = offer?.status === "offered" && offer.offerEndsAt !== null && offer.offerEndsAt <= ctx.now();
  if (!isDue || !offer.gatheringId) return;
  try {
    await step(ctx, offer.gatheringId, { ids: [], entryId, action: "lapse", by: "system" });
  } catch (error) {
    // Somebody accepted or cancelled between our look and the lock.
    if (!(error instanceof Problem)) throw error;
  }
}

const mostAtOnce = 200;

/** Cancels everybody at a gathering that was cancelled, some at a time, so that nobody else has to wait for long. */
export async function cancelAll(ctx: Ctx, gatheringId: string): Promise<void> {
  const gathering = await getGathering(ctx, gatheringId);
  if (gathering.status !== "cancelled") return;
  for (;;) {
    const ids = await places.listLivingAt(ctx.db, gatheringId, mostAtOnce);
    if (ids.length === 0) return;
    await step(ctx, gatheringId, { ids, action: "cancel", by: "system" });
  }
}

/** Sends letters again to an address for what it is registered for, at one event or at all; the answer never tells. */
export async function resend(ctx: Ctx, email: string, source?: string): Promise<{ status: "sent" }> {
  refuseWithoutMail(ctx);
  await countLetter(ctx, email);
  const gatheringId = source === undefined ? null : await findQuietly(ctx, source);
  if (gatheringId === undefined) return { status: "sent" };
  const found = await listOfAddress(ctx.db, { email, gatheringId, now: ctx.now() });
  const { requestId } = ctx.from;
  const facts = found.map(({ id, ...about }) => letterAsked({ registrationId: id, ...about, requestId }));
  await inTx(ctx, (tctx) => record(tctx, ...facts));
  return { status: "sent" };
}

/** The gathering that is meant, if there is one: a refusal would tell of private events. */
async function findQuietly(ctx: Ctx, source: string): Promise<string | undefined> {
  try {
    return (await pick(ctx, source)).id;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

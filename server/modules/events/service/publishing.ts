import { randomUUIDv7 } from "node:crypto";

import type { EventView } from "#contract/events.ts";
import type { ReviewDecision } from "#contract/reviews.ts";
import { lacksOf } from "#domain/events/complete.ts";
import type { ReviewStep } from "#domain/events/review.ts";
import type { EventStatus } from "#domain/events/states.ts";
import * as audit from "#server/modules/audit/service.ts";
import { reviewLetter } from "#server/modules/events/emails/review.ts";
import * as facts from "#server/modules/events/facts.ts";
import * as repo from "#server/modules/events/repo/event.ts";
import { findStep, insertStep, listAdmins, listTeam } from "#server/modules/events/repo/review.ts";
import { get } from "#server/modules/events/service/reading.ts";
import { reviewOf } from "#server/modules/events/service/reviews.ts";
import { planOf } from "#server/modules/events/service/views.ts";
import { cancelNow, moves, open, refuseLacks } from "#server/modules/events/service/writing.ts";
import * as lifecycle from "#server/modules/gatherings/service/lifecycle.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { post } from "#server/platform/letters.ts";
import { Problem } from "#server/platform/problem.ts";

type Opened = Awaited<ReturnType<typeof open>>;

/**
 * Publishes an event that is complete; says everything that is missing from one that is not.
 *
 * Where it has to be looked at first, it waits in review, and the note is what its reviewers read.
 */
export async function publish(ctx: Ctx, name: string, note = ""): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const opened = await open(tctx, name);
    const { event } = opened;
    const isNeeded = event.status !== "published" && (await reviewOf(tctx, event.id)).isNeeded;
    if (!moves(event, isNeeded ? "submit" : "publish")) return event.id;
    if (isNeeded) await submit(tctx, opened, note);
    else {
      if (event.status === "in_review") await take(tctx, event, "approved", note);
      await publishNow(tctx, opened);
    }
    return event.id;
  });
  return get(ctx, id);
}

async function submit(tctx: TxCtx, { event, row }: Opened, note: string): Promise<void> {
  refuseLacks(lacksOf(planOf(row), tctx.now()));
  await turn(tctx, event, "in_review");
  await take(tctx, event, "submitted", note);
}

async function publishNow(tctx: TxCtx, { event, row }: Opened): Promise<void> {
  const now = tctx.now();
  refuseLacks(lacksOf(planOf(row), now));
  await repo.update(tctx.db, { ...event, status: "published", publishedAt: now, updatedAt: now });
  await lifecycle.schedule(tctx, event.id, await repo.listHosts(tctx.db, event.id));
  await audit.record(tctx, "event.published", { kind: "event", id: event.id });
  await record(tctx, facts.published({ eventId: event.id }));
}

/** Takes an event back from review: it is a draft again. */
export async function withdraw(ctx: Ctx, name: string): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const { event } = await open(tctx, name);
    moves(event, "withdraw");
    await turn(tctx, event, "draft");
    await take(tctx, event, "withdrawn", "");
    return event.id;
  });
  return get(ctx, id);
}

const stepOf = { approve: "approved", ask_changes: "changes_asked", reject: "rejected" } as const;

/** Decides over an event that waits; what its team has changed since it was looked at is looked at again. */
export async function decide(ctx: Ctx, name: string, { decision, note, version }: ReviewDecision): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const opened = await open(tctx, name);
    const { event } = opened;
    if (event.status !== "in_review") throw new Problem("event.wrong_status");
    if (version !== undefined && version !== event.version) {
      throw new Problem("event.changed_meanwhile", { version: event.version, current: await get(tctx, event.id) });
    }
    if (decision === "approve") await publishNow(tctx, opened);
    else await turn(tctx, event, "draft");
    await take(tctx, event, stepOf[decision], note);
    return event.id;
  });
  return get(ctx, id);
}

/** Makes a published event a draft again, while nobody has registered: nobody may find a door where their seat was. */
export async function unpublish(ctx: Ctx, name: string, reason: string): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const { event } = await open(tctx, name);
    moves(event, "unpublish");
    // Waits for whoever is registering in this moment, and whoever comes after finds nothing open.
    await lifecycle.unschedule(tctx, event.id);
    if ((await repo.countPeople(tctx.db, event.id, tctx.now())).told > 0) throw new Problem("event.has_people");
    await turn(tctx, { ...event, publishedAt: null }, "draft");
    await take(tctx, event, "unpublished", reason);
    return event.id;
  });
  return get(ctx, id);
}

/** Cancels somebody else's event; its team hears why, as everybody does who registered. */
export async function cancelForOthers(ctx: Ctx, name: string, reason: string): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const { event } = await open(tctx, name);
    if (!moves(event, "cancel")) return event.id;
    await cancelNow(tctx, event, reason);
    await take(tctx, event, "cancelled", reason);
    return event.id;
  });
  return get(ctx, id);
}

const turn = (tctx: TxCtx, event: repo.EventRow, status: EventStatus): Promise<void> =>
  repo.update(tctx.db, { ...event, status, updatedAt: tctx.now() });

/** Writes down a step of the review; whoever it concerns hears of it by what follows from the fact. */
async function take(tctx: TxCtx, event: repo.EventRow, step: ReviewStep, note: string): Promise<void> {
  const stepId = randomUUIDv7();
  const byUserId = "userId" in tctx.actor ? tctx.actor.userId : null;
  await insertStep(tctx.db, { id: stepId, eventId: event.id, step, note, byUserId, at: tctx.now() });
  await audit.record(tctx, `event.review_${step}`, { kind: "event", id: event.id }, { new: { stepId } });
  await record(tctx, facts.reviewed({ eventId: event.id, stepId }));
}

/** Tells admins what waits for them, and a team what was decided over its event. */
export async function tellOfStep(ctx: Ctx, stepId: string): Promise<void> {
  const told = await findStep(ctx.db, stepId);
  if (!told || told.step === "withdrawn") return;
  const people = told.step === "submitted" ? await listAdmins(ctx.db) : await listTeam(ctx.db, told.eventId);
  await inTx(ctx, async (tctx) => {
    for (const person of people) {
      const letter = reviewLetter({ ...told, publicUrl: ctx.settings.publicUrl, person });
      await post(tctx, letter, { key: `event-review/${stepId}/${person.id}`, lane: "normal", topic: "hosting" });
    }
  });
}

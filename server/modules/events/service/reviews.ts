import type { Review } from "#contract/event-team.ts";
import type { OrganizedEvent } from "#contract/organize.ts";
import type { AdminEventQuery, WaitingEvent } from "#contract/reviews.ts";
import { needsReview } from "#domain/events/review.ts";
import { wordsOf } from "#domain/events/search.ts";
import { listOrganized, placeOf } from "#server/modules/events/repo/list.ts";
import * as repo from "#server/modules/events/repo/review.ts";
import { organizedOf } from "#server/modules/events/service/views.ts";
import { getSettings } from "#server/modules/installation/service/settings.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";

/** How the review of an event stands, for its team and for admins. */
export async function reviewOf(ctx: Ctx | TxCtx, eventId: string): Promise<Review> {
  const [{ review: rule }, found] = [await getSettings(ctx), await repo.findReview(ctx.db, eventId)];
  return {
    isNeeded: needsReview({ ...found, rule, isAdmin: isAdmin(ctx), steps: found.steps.map(({ step }) => step) }),
    isOrganizerTrusted: found.isTrusted,
    steps: found.steps.map(({ at, ...step }) => ({ ...step, at: new Date(at).toISOString() })),
  };
}

const isAdmin = ({ actor }: Ctx | TxCtx) => actor.kind === "system" || (actor.kind === "user" && actor.isAdmin);

/** Whether what an organizer begins leads to review; of one that is yet to be made nothing is known. */
export async function reviewsWhatIsBegun(ctx: Ctx, organizerId: string | undefined): Promise<boolean> {
  const [{ review: rule }, known] = [
    await getSettings(ctx),
    organizerId && (await repo.findStanding(ctx.db, organizerId)),
  ];
  return needsReview({ isTrusted: false, hasPublished: false, ...known, rule, isAdmin: isAdmin(ctx), steps: [] });
}

/** Events that wait for a decision, the one that has waited longest first. */
export async function listQueue(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ items: WaitingEvent[]; nextCursor: string | null; waiting: number }> {
  const now = ctx.now();
  const [afterStep = null] = cursor === undefined ? [] : readCursor(cursor, ["id"]);
  const rows = await repo.listWaiting(ctx.db, { now, afterStep, limit: limit + 1 });
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map((row) => ({
      ...organizedOf(row, { now, locale: ctx.locale }),
      submittedAt: row.submittedAt.toISOString(),
      isOrganizerTrusted: row.isOrganizerTrusted,
    })),
    nextCursor: rows.length > limit && last ? writeCursor([last.stepId]) : null,
    waiting: await repo.countWaiting(ctx.db),
  };
}

/** The events of all organizers, the one last changed first, of what is still to come the soonest. */
export async function listAll(
  ctx: Ctx,
  { q = "", show, limit, cursor }: AdminEventQuery,
): Promise<{ items: OrganizedEvent[]; nextCursor: string | null }> {
  const now = ctx.now();
  const [at = "", id = ""] = cursor === undefined ? [] : readCursor(cursor, ["instant", "id"]);
  const rows = await listOrganized(ctx.db, {
    scope: null,
    now,
    words: wordsOf(q),
    show,
    after: cursor === undefined ? null : { at, id },
    limit: limit + 1,
  });
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map((row) => organizedOf(row, { now, locale: ctx.locale })),
    nextCursor: rows.length > limit && last ? writeCursor(placeOf(show, last)) : null,
  };
}

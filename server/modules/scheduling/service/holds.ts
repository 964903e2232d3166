import { randomUUIDv7 } from "node:crypto";

import { findSlots, freeHosts } from "#domain/availability/slots.ts";
import * as busy from "#server/modules/scheduling/repo/busy.ts";
import * as repo from "#server/modules/scheduling/repo/event-types.ts";
import { readHosts } from "#server/modules/scheduling/service/hosts.ts";
import { inLane } from "#server/modules/scheduling/service/lane.ts";
import { durationOf, findPublic, questionOf, spanOf } from "#server/modules/scheduling/service/slots.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

const minuteMs = 60_000;
const holdMs = 5 * minuteMs;

interface Wish {
  startTime: string;
  duration?: number | undefined;
  attendeeCount: number;
  holdId?: string | undefined;
}

/**
 * Keeps a time for a visitor for five minutes, in place of the one they kept before; only what is offered to them.
 *
 * Nobody else is offered it meanwhile, except the other seats of a group.
 */
export async function hold(ctx: Ctx, at: { organizerSlug: string; eventTypeSlug: string }, wish: Wish) {
  const { id } = await findPublic(ctx, at.organizerSlug, at.eventTypeSlug);
  return inLane(id, () => inTx(ctx, (tctx) => holdWithin(tctx, id, wish)));
}

async function holdWithin(tctx: TxCtx, id: string, wish: Wish) {
  const type = await repo.lock(tctx.db, id);
  if (!type || type.deletedAt) throw new Problem("event_type.not_found");
  const duration = durationOf(type, wish.duration);
  const start = new Date(wish.startTime).getTime();
  const holdId = wish.holdId ?? randomUUIDv7();
  const asking = { from: start, to: start + 1, duration, attendeeCount: wish.attendeeCount, holdId };
  const hosts = await readHosts(tctx, type, spanOf(type, asking, tctx.now().getTime()));
  const question = questionOf(tctx, type, hosts, asking);
  const free = freeHosts(question, start).map(([first]) => first);
  const userIds = [...new Set(free.flatMap((one) => one ?? []))];
  if (findSlots(question).starts[0] !== start || free.includes(undefined)) throw new Problem("scheduling.slot_taken");
  const expiresAt = new Date(tctx.now().getTime() + holdMs);
  const end = start + duration * minuteMs;
  await busy.deleteHold(tctx.db, holdId);
  await busy.deleteExpired(tctx.db, userIds, tctx.now());
  await busy.insertHolds(
    tctx.db,
    userIds.map((userId) => ({
      id: holdId,
      userId,
      eventTypeId: type.id,
      startTime: new Date(start),
      endTime: new Date(end),
      from: new Date(start - type.rules.bufferTimeBefore * minuteMs),
      until: new Date(end + type.rules.bufferTimeAfter * minuteMs),
      seats: wish.attendeeCount,
      expiresAt,
    })),
  );
  return {
    holdId,
    startTime: new Date(start).toISOString(),
    endTime: new Date(end).toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

/** Gives a kept time back; whoever knows its id may. */
export async function release(ctx: Ctx, holdId: string): Promise<void> {
  await inTx(ctx, (tctx) => busy.deleteHold(tctx.db, holdId));
}

/** Lets go of what nobody keeps any more. */
export const forgetExpired = (ctx: Ctx): Promise<void> => busy.deleteAllExpired(ctx.db, ctx.now());

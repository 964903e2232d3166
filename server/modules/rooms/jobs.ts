import { rightChanged } from "#server/modules/access/facts.ts";
import { cancelled, changed, moved, rearranged, scheduled } from "#server/modules/gatherings/facts.ts";
import { left } from "#server/modules/identity/facts.ts";
import { endDue, ended, reminderDue, startDue, sweepDue } from "#server/modules/rooms/facts.ts";
import { noteLife, reconcile } from "#server/modules/rooms/service/engine.ts";
import { endWhenDue, follow, remindWhenDue, startWhenDue } from "#server/modules/rooms/service/lifecycle.ts";
import { closeAtEngine, enforce, enforceEverywhere } from "#server/modules/rooms/service/order.ts";
import { forgetPerson } from "#server/modules/rooms/service/visits.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { every, type Job, onFact } from "#server/platform/jobs.ts";

const setsTimers = "rooms: set the timers";
const followIt = (ctx: Ctx, { gatheringId }: { gatheringId: string }) => follow(ctx, gatheringId);

export const roomJobs: Job[] = [
  onFact(scheduled, setsTimers, followIt),
  onFact(moved, setsTimers, followIt),
  onFact(changed, setsTimers, followIt),
  onFact(rearranged, setsTimers, followIt),
  onFact(cancelled, setsTimers, followIt),
  onFact(startDue, "rooms: open", (ctx, { gatheringId }) => startWhenDue(ctx, gatheringId)),
  onFact(endDue, "rooms: end", (ctx, { gatheringId }) => endWhenDue(ctx, gatheringId)),
  onFact(reminderDue, "rooms: remind", remindWhenDue),
  onFact(ended, "rooms: send everybody away", (ctx, { gatheringId }) => closeAtEngine(ctx, gatheringId)),
  onFact(sweepDue, "rooms: look again", enforce),
  onFact(rightChanged, "rooms: who may stay", async (ctx, { gatheringId, personId }) => {
    if (gatheringId) await enforce(ctx, { gatheringId, personId });
    else if (personId) await enforceEverywhere(ctx, personId);
  }),
  onFact(left, "rooms: forget", (ctx, { personId }) => forgetPerson(ctx, personId)),
  every(60, "rooms: ledger", reconcile),
  every(10, "rooms: signs of life", noteLife),
];

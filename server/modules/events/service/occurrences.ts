import type { OccurrenceChange, OccurrencesInput } from "#contract/event-input.ts";
import type { EventView } from "#contract/events.ts";
import { disorderOf } from "#domain/events/complete.ts";
import * as audit from "#server/modules/audit/service.ts";
import * as repo from "#server/modules/events/repo/event.ts";
import { get } from "#server/modules/events/service/reading.ts";
import { open, refuseLacks, tellingOf } from "#server/modules/events/service/writing.ts";
import * as changing from "#server/modules/gatherings/service/changing.ts";
import * as lifecycle from "#server/modules/gatherings/service/lifecycle.ts";
import * as planning from "#server/modules/gatherings/service/planning.ts";
import * as gatherings from "#server/modules/gatherings/service/reading.ts";
import { setCapacities } from "#server/modules/registrations/service/ticket-types.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

type Occurrence = gatherings.Gathering;

/** Adds times to an event, with the settings and the team that it has; those of a published one are open at once. */
export async function addOccurrences(
  ctx: Ctx,
  name: string,
  { times, title, placeName, placeAddress, capacity }: OccurrencesInput,
): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const { event } = await open(tctx, name);
    if (event.status === "cancelled") throw new Problem("event.wrong_status");
    const present = await planning.lockAll(tctx, event.id);
    const [first] = present;
    // A draft without a time has one that waits for it.
    if (!first?.startTime) refuseLacks([{ at: "startTime", code: "missing" }]);
    if (!first) throw new Error("An event has no gathering.");
    const toCome = present.filter(({ endTime, status }) => status !== "cancelled" && endTime && endTime > tctx.now());
    if (toCome.length + times.length > repo.mostOccurrences) throw new Problem("occurrence.too_many");
    const planned = times.map(({ startTime, endTime }) => timesOf(tctx, first, { startTime, endTime }));
    await planning.planBeside(tctx, first, {
      title: event.title,
      times: planned,
      ownTitle: title ?? null,
      ownPlaceName: placeName ?? null,
      ownPlaceAddress: placeName ? (placeAddress ?? "") : "",
      ownCapacity: capacity ?? null,
    });
    if (event.status === "published") {
      await lifecycle.schedule(tctx, event.id, await repo.listHosts(tctx.db, event.id));
    }
    const change = { new: { times: planned.map(({ startTime }) => startTime) } };
    await audit.record(tctx, "event.times_added", { kind: "event", id: event.id }, change);
    return event.id;
  });
  return get(ctx, id);
}

/** When one is: what is left out follows from what it was, so that its length stays. */
function timesOf(
  tctx: TxCtx,
  one: Pick<Occurrence, "startTime" | "endTime" | "timeZone">,
  asked: { startTime?: string; endTime?: string },
) {
  const { startTime: start, endTime: end, timeZone } = one;
  if (!start || !end) throw new Problem("event.wrong_status");
  const startTime = asked.startTime === undefined ? start : planning.instantOf(asked.startTime, timeZone);
  const lasts = end.getTime() - start.getTime();
  const endTime =
    asked.endTime !== undefined
      ? planning.instantOf(asked.endTime, timeZone)
      : asked.startTime === undefined
        ? end
        : new Date(startTime.getTime() + lasts);
  const lacks = disorderOf({ startTime, endTime, registrationOpensAt: null, registrationClosesAt: null });
  if (endTime <= tctx.now()) lacks.push({ at: "endTime", code: "past" });
  refuseLacks(lacks);
  return planning.timesOf(startTime, endTime, timeZone);
}

/** Changes one time of an event, and what only it says; those who registered for it hear of it unless nobody shall. */
export async function changeOccurrence(
  ctx: Ctx,
  name: string,
  occurrenceId: string,
  { notify, note, overbook, ...asked }: OccurrenceChange,
): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const { event, one } = await openOne(tctx, name, occurrenceId);
    if (one.status === "cancelled") throw new Problem("gathering.cancelled");
    const own = ownOf(one, asked);
    // Pools are locked before gatherings, here as everywhere.
    if (own.ownCapacity !== one.ownCapacity) {
      const sides = { inPerson: event.inPersonCapacity, virtual: event.virtualCapacity };
      await setCapacities(tctx, one.id, { total: own.ownCapacity ?? event.capacity, ...sides }, overbook);
    }
    await changing.alter(tctx, {
      ...own,
      gatheringId: one.id,
      title: event.title,
      times: timesOf(tctx, one, asked),
      hosts: await repo.listHosts(tctx.db, event.id),
      telling: tellingOf({ notify, note }),
    });
    const subject = { kind: "gathering" as const, id: one.id };
    const times = { startTime: asked.startTime, endTime: asked.endTime, capacity: asked.capacity };
    const old = { startTime: one.startTime, endTime: one.endTime, capacity: one.ownCapacity };
    await audit.record(tctx, "event.time_changed", subject, {
      old,
      new: { ...times, notify, fields: Object.keys(asked) },
    });
    return event.id;
  });
  return get(ctx, id);
}

/** What is left out stays; a place that is taken away takes its address along. */
function ownOf(one: Occurrence, asked: OccurrenceChange): gatherings.Own {
  const given = <T>(value: T | undefined, now: T) => (value === undefined ? now : value);
  const ownPlaceName = given(asked.placeName, one.ownPlaceName);
  return {
    ownTitle: given(asked.title, one.ownTitle),
    ownPlaceName,
    ownPlaceAddress: ownPlaceName === null ? "" : given(asked.placeAddress, one.ownPlaceAddress),
    ownCapacity: given(asked.capacity, one.ownCapacity),
  };
}

/** Cancels one time of several; who registered for it is told, with the organizer's words. */
export async function cancelOccurrence(
  ctx: Ctx,
  name: string,
  occurrenceId: string,
  reason: string,
): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const { event, one } = await openOne(tctx, name, occurrenceId);
    if (event.status !== "published") throw new Problem("event.wrong_status");
    if (one.status === "cancelled") return event.id;
    if (!(await lifecycle.cancelOne(tctx, event.id, one.id, reason))) throw new Problem("occurrence.last");
    await audit.record(tctx, "event.time_cancelled", { kind: "gathering", id: one.id });
    return event.id;
  });
  return get(ctx, id);
}

/** Removes one time of a draft; what was published is cancelled instead, since people may hold tickets. */
export async function removeOccurrence(ctx: Ctx, name: string, occurrenceId: string): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const { event, one } = await openOne(tctx, name, occurrenceId);
    if (one.status !== "planned") throw new Problem("event.wrong_status");
    if ((await planning.lockAll(tctx, event.id)).length < 2) throw new Problem("occurrence.last");
    await planning.forgetOne(tctx, one.id);
    const change = { old: { startTime: one.startTime } };
    await audit.record(tctx, "event.time_removed", { kind: "event", id: event.id }, change);
    return event.id;
  });
  return get(ctx, id);
}

async function openOne(tctx: TxCtx, name: string, occurrenceId: string) {
  const { event } = await open(tctx, name);
  return { event, one: await gatherings.pick(tctx, event.id, occurrenceId) };
}

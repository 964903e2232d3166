import type { OccurrenceChange, OccurrencesInput } from "#contract/event-input.ts";
import type { EventView } from "#contract/events.ts";
import { disorderOf, overOf } from "#domain/events/complete.ts";
import * as audit from "#server/modules/audit/service.ts";
import * as repo from "#server/modules/events/repo/event.ts";
import { get } from "#server/modules/events/service/reading.ts";
import { spansBy } from "#server/modules/events/service/repeating.ts";
import { open, refuseLacks, tellingOf } from "#server/modules/events/service/writing.ts";
import * as changing from "#server/modules/gatherings/service/changing.ts";
import * as lifecycle from "#server/modules/gatherings/service/lifecycle.ts";
import * as planning from "#server/modules/gatherings/service/planning.ts";
import * as gatherings from "#server/modules/gatherings/service/reading.ts";
import { setCapacities } from "#server/modules/registrations/service/ticket-types.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

type Occurrence = gatherings.Gathering;
type Times = ReturnType<typeof planning.timesOf>;

/**
 * Adds times to an event, each said or those of a rule, with the settings and the team that it has; those of a published
 * one are open at once.
 *
 * One that begins when another does is not added a second time, so that it is safe to ask again.
 */
export async function addOccurrences(ctx: Ctx, name: string, input: OccurrencesInput) {
  const { title, placeName, placeAddress, capacity } = input;
  const { id, added } = await inTx(ctx, async (tctx) => {
    const { event } = await open(tctx, name);
    if (event.status === "cancelled") throw new Problem("event.wrong_status");
    const present = (await planning.lockAll(tctx, event.id)).filter(isOn);
    const [first] = present;
    // A draft without a time has one that waits for it.
    if (!first?.startTime) refuseLacks([{ at: "startTime", code: "missing" }]);
    if (!first) throw new Error("An event has no gathering.");
    const planned = missingOf(present, wishedTimes(tctx, first, input));
    if (planned.length === 0) return { id: event.id, added: [] };
    const toCome = present.filter(({ endTime }) => endTime && endTime > tctx.now());
    if (toCome.length + planned.length > repo.mostOccurrences) throw new Problem("occurrence.too_many");
    const added = await planning.planBeside(tctx, first, {
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
    return { id: event.id, added };
  });
  return { ...(await get(ctx, id)), added };
}

const isOn = ({ status }: Occurrence) => status !== "cancelled";

function wishedTimes(tctx: TxCtx, first: Occurrence, { times, recurrenceRule, ...by }: OccurrencesInput): Times[] {
  if (times) return times.map((asked) => timesOf(tctx, first, asked));
  const one = timesOf(tctx, first, by);
  if (recurrenceRule === undefined) return [one];
  return spansBy(recurrenceRule, one, { ...by, timeZone: first.timeZone }).map(({ start, end }) =>
    planning.timesOf(new Date(start), new Date(end), first.timeZone),
  );
}

/** What does not stand yet, each once. */
function missingOf(present: readonly Occurrence[], times: readonly Times[]): Times[] {
  const known = new Set(present.map(({ startTime }) => startTime?.getTime()));
  return times.filter(({ startTime }) => !known.has(startTime.getTime()) && known.add(startTime.getTime()));
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
  refuseLacks([...lacks, ...overOf(endTime, tctx.now(), asked)]);
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

/** Cancels some times of several; who registered for them is told, with the organizer's words. */
export async function cancelOccurrences(
  ctx: Ctx,
  name: string,
  ids: readonly string[],
  reason: string,
): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const { event, meant } = await openSome(tctx, name, ids);
    if (event.status !== "published") throw new Problem("event.wrong_status");
    if (!meant.some(isOn)) return event.id;
    const off = await lifecycle.cancelSome(tctx, event.id, ids, reason);
    if (!off) throw new Problem("occurrence.last");
    const deeds = off.map(
      (id) => ({ by: tctx, action: "event.time_cancelled", subject: { kind: "gathering", id } }) as const,
    );
    await audit.recordAll(tctx, deeds);
    return event.id;
  });
  return get(ctx, id);
}

/** Removes some times of a draft; where others have had to do with one, they are cancelled instead. */
export async function removeOccurrences(ctx: Ctx, name: string, ids: readonly string[]): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const { event, meant, others } = await openSome(tctx, name, ids);
    if (meant.some(({ status }) => status !== "planned")) throw new Problem("event.wrong_status");
    if (!others.some(isOn)) throw new Problem("occurrence.last");
    if (!(await planning.forget(tctx, ids))) await lifecycle.cancelSome(tctx, event.id, ids, "");
    const subject = { kind: "event", id: event.id } as const;
    const deeds = meant.map(
      ({ startTime }) => ({ by: tctx, action: "event.time_removed", subject, change: { old: { startTime } } }) as const,
    );
    await audit.recordAll(tctx, deeds);
    return event.id;
  });
  return get(ctx, id);
}

async function openOne(tctx: TxCtx, name: string, occurrenceId: string) {
  const { event } = await open(tctx, name);
  return { event, one: await gatherings.pick(tctx, event.id, occurrenceId) };
}

async function openSome(tctx: TxCtx, name: string, ids: readonly string[]) {
  const { event } = await open(tctx, name);
  const all = await planning.lockAll(tctx, event.id);
  const meant = all.filter(({ id }) => ids.includes(id));
  if (meant.length < new Set(ids).size) throw new Problem("gathering.not_found");
  return { event, meant, others: all.filter(({ id }) => !ids.includes(id)) };
}

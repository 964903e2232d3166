import { type Candidate, rank } from "#domain/availability/choice.ts";
import { freeHosts, type SlotsQuestion } from "#domain/availability/slots.ts";
import { type HostTime, takeTime } from "#server/modules/gatherings/service.ts";
import { listShares } from "#server/modules/scheduling/repo/bookings.ts";
import type { EventTypeRow } from "#server/modules/scheduling/repo/event-types.ts";
import type { TxCtx } from "#server/platform/ctx.ts";

const minuteMs = 60_000;

/** What a booking takes of each host's time: its own length, and the buffers around it. */
export function timeOf(start: number, duration: number, rules: EventTypeRow["rules"]): Omit<HostTime, "userId"> {
  return {
    from: new Date(start - rules.bufferTimeBefore * minuteMs),
    until: new Date(start + (duration + rules.bufferTimeAfter) * minuteMs),
  };
}

/** Who could take part, group by group, in the order in which they are asked; the same host stays where they are free. */
export async function candidatesFor(
  tctx: TxCtx,
  type: EventTypeRow,
  question: SlotsQuestion,
  { start, hostIds = [] }: { start: number; hostIds?: readonly string[] },
): Promise<string[][]> {
  const shares = await listShares(tctx.db, type.id, type.hostsSince);
  const own = new Map(type.hosts.map((host) => [host.userId, host]));
  const standingOf = (id: string): Candidate => ({
    id,
    weight: own.get(id)?.weight,
    // A stand-in is asked when the host cannot.
    priority: hostIds.includes(id) ? 1000 : own.has(id) ? own.get(id)?.priority : -1000,
    booked: shares.get(id)?.booked ?? 0,
    lastBookedAt: shares.get(id)?.lastBookedAt.getTime(),
  });
  return freeHosts(question, start).map((free) => rank([...new Set(free)].map(standingOf)).map(({ id }) => id));
}

/**
 * Takes the time of one host of each group, the next one where somebody was faster; nothing when a group has nobody left.
 *
 * What was taken before that is given back by the caller's transaction.
 */
export async function takeHosts(
  tctx: TxCtx,
  gatheringId: string,
  candidates: readonly (readonly string[])[],
  time: Omit<HostTime, "userId">,
): Promise<string[] | undefined> {
  const taken: string[] = [];
  for (const group of candidates) {
    const host = await firstToGive(tctx, gatheringId, group, { time, taken });
    if (host === undefined) return undefined;
    if (!taken.includes(host)) taken.push(host);
  }
  return taken;
}

async function firstToGive(
  tctx: TxCtx,
  gatheringId: string,
  group: readonly string[],
  { time, taken }: { time: Omit<HostTime, "userId">; taken: readonly string[] },
): Promise<string | undefined> {
  for (const userId of group) {
    if (taken.includes(userId) || (await takeTime(tctx, gatheringId, { userId, ...time }))) return userId;
  }
  return undefined;
}

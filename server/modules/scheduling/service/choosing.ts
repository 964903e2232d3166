import { type Candidate, rank } from "#domain/availability/choice.ts";
import { freeHosts, type SlotsQuestion } from "#domain/availability/slots.ts";
import { type HostTime, takeTime, takeTimes } from "#server/modules/gatherings/service/bookings.ts";
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

export type Shares = Awaited<ReturnType<typeof listShares>>;

/** How much each host of an event type was booked. */
export const sharesOf = (tctx: TxCtx, type: EventTypeRow): Promise<Shares> =>
  listShares(tctx.db, type.id, type.hostsSince);

/** Who could take part, group by group, in the order in which they are asked; the same host stays where they are free. */
export function candidatesFor(
  type: EventTypeRow,
  shares: Shares,
  question: SlotsQuestion,
  { start, hostIds = [] }: { start: number; hostIds?: readonly string[] },
): string[][] {
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

/** A time that a gathering wants of one host of each group, in the order in which they are asked. */
export interface Wanted {
  gatheringId: string;
  candidates: readonly (readonly string[])[];
  time: Omit<HostTime, "userId">;
}

/** Those who are asked first, each once. */
export const firstsOf = (candidates: Wanted["candidates"]): string[] => [
  ...new Set(candidates.flatMap(([first]) => first ?? [])),
];

/**
 * Takes the time of one host of each group, the next one where somebody was faster; nothing where a group has nobody left.
 *
 * What was taken before that is given back by the caller's transaction.
 */
export async function takeHosts(tctx: TxCtx, all: readonly Wanted[]): Promise<(string[] | undefined)[]> {
  const firsts = all.flatMap(({ gatheringId, candidates, time }) =>
    firstsOf(candidates).map((userId) => ({ gatheringId, userId, ...time })),
  );
  const given = Map.groupBy(await takeTimes(tctx, firsts), ({ gatheringId }) => gatheringId);
  const answers: (string[] | undefined)[] = [];
  for (const one of all) {
    const own = new Set(given.get(one.gatheringId)?.map(({ userId }) => userId));
    answers.push(await eachGroup(tctx, one, own));
  }
  return answers;
}

/** One host of each group, of whom some have given their time already. */
async function eachGroup(
  tctx: TxCtx,
  { gatheringId, candidates, time }: Wanted,
  own: Set<string>,
): Promise<string[] | undefined> {
  const taken = new Set<string>();
  for (const group of candidates) {
    const [first, ...others] = group;
    let host = first !== undefined && own.has(first) ? first : undefined;
    for (const userId of host === undefined ? others : []) {
      if (!own.has(userId) && !(await takeTime(tctx, gatheringId, { userId, ...time }))) continue;
      host = userId;
      break;
    }
    if (host === undefined) return undefined;
    own.add(host);
    taken.add(host);
  }
  return [...taken];
}

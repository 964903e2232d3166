import { grant, type Part, type Pools } from "#domain/capacity/decide.ts";

/** A party that waits: it gets all its places at once, or none. */
export interface Waiting {
  id: string;
  /** Grows with time; who is put forward is given an earlier one. */
  position: number;
  wants: readonly Part[];
}

/** The order of a waitlist: by position, then by id, so that there is never a tie. */
export function inTurn(one: Pick<Waiting, "id" | "position">, other: Pick<Waiting, "id" | "position">): number {
  if (one.position !== other.position) return one.position - other.position;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

/**
 * Chooses who gets an offer for the places that are free now.
 *
 * Everybody is asked in turn; a party too large for what is left is passed over and keeps its place, so that seats do
 * not stay empty on its account. Also says how the pools stand afterwards.
 */
export function nextOffers<W extends Waiting>(queue: readonly W[], pools: Pools): { offered: W[]; pools: Pools } {
  let now = pools;
  const offered = queue.toSorted(inTurn).filter(({ wants }) => {
    const { outcome, pools: after } = grant(now, { frees: [], wants });
    now = after;
    return outcome.granted;
  });
  return { offered, pools: now };
}

const hour = 3_600_000;

/** How long somebody may think about an offer: a day, less when the start is near, so that no seat stays empty. */
export function claimMinutes(now: Date, startTime: Date): number {
  const hoursLeft = (startTime.getTime() - now.getTime()) / hour;
  if (hoursLeft >= 48) return 24 * 60;
  if (hoursLeft >= 12) return 4 * 60;
  return hoursLeft >= 2 ? 60 : 15;
}

/** When an offer made now lapses: after its window, but always before the gathering is over. */
export const offerEnds = (now: Date, claimMinutes: number, endTime: Date): Date =>
  new Date(Math.min(now.getTime() + claimMinutes * 60_000, endTime.getTime()));

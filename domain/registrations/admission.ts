/** What decides whether somebody may ask for a place now, beside the pools. */
export interface Sale {
  opensAt: Date | null;
  closesAt: Date | null;
  /** Nobody registers for what is over, whatever the window says. */
  endTime: Date;
  needsApproval: boolean;
  hasWaitlist: boolean;
  /** How many places one request may take. */
  maxParty: number;
}

export type Admission =
  | { outcome: "take"; whenFull: "wait" | "refuse" }
  | { outcome: "ask" }
  | { outcome: "refused"; because: "registration.closed"; until?: Date }
  | { outcome: "refused"; because: "registration.party_too_large"; max: number };

/**
 * Decides what a request for places leads to: taking them, asking for approval, or a refusal.
 *
 * Registration is open from `opensAt` up to, but not including, `closesAt`. Who asks for approval takes no place.
 */
export function admit(sale: Sale, party: number, now: Date): Admission {
  if (sale.opensAt && now < sale.opensAt)
    return { outcome: "refused", because: "registration.closed", until: sale.opensAt };
  if (now >= closingTime(sale)) return { outcome: "refused", because: "registration.closed" };
  if (party > sale.maxParty) return { outcome: "refused", because: "registration.party_too_large", max: sale.maxParty };
  if (sale.needsApproval) return { outcome: "ask" };
  return { outcome: "take", whenFull: sale.hasWaitlist ? "wait" : "refuse" };
}

/** The first instant at which nobody can register any more. */
export const closingTime = ({ closesAt, endTime }: Pick<Sale, "closesAt" | "endTime">): Date =>
  closesAt && closesAt < endTime ? closesAt : endTime;

/** The narrower of two windows: a ticket type's within its event's. */
export const within = (
  outer: { opensAt: Date | null; closesAt: Date | null },
  inner: { opensAt: Date | null; closesAt: Date | null },
): { opensAt: Date | null; closesAt: Date | null } => ({
  opensAt: later(outer.opensAt, inner.opensAt),
  closesAt: earlier(outer.closesAt, inner.closesAt),
});

const later = (a: Date | null, b: Date | null) => (a && b ? (a > b ? a : b) : (a ?? b));
const earlier = (a: Date | null, b: Date | null) => (a && b ? (a < b ? a : b) : (a ?? b));

import { isLiving, type RegistrationStatus } from "#domain/registrations/states.ts";

/** What decides whether a seat may be somebody else's. */
export interface Seat {
  status: RegistrationStatus;
  isUnnamed: boolean;
  /** Whoever had it has been there with it. */
  wasThere: boolean;
  isCancelled: boolean;
  isOver: boolean;
  /** The organizer chooses who comes: by approval or by invitation. */
  isByChoice: boolean;
  /** Whoever has it has been shut out. */
  isShutOut: boolean;
}

export type Answer =
  | { allowed: true }
  | {
      allowed: false;
      because:
        | "access.banned"
        | "gathering.cancelled"
        | "registration.closed"
        | "registration.wrong_status"
        | "registration.not_transferable";
    };

/**
 * Decides whether a seat may be named or change hands.
 *
 * A seat without a name may be named as long as it can still come to something; one that has a name only once it is
 * sure, since a wish cannot be handed on. Where the organizer chooses who comes, a name that they have seen stays, unless
 * they change it themselves; and whoever was shut out does not come back by another address.
 */
export function mayChangeHands(seat: Seat, by: "attendee" | "organizer"): Answer {
  const no = (because: Extract<Answer, { allowed: false }>["because"]): Answer => ({ allowed: false, because });
  if (seat.isCancelled) return no("gathering.cancelled");
  if (seat.isOver) return no("registration.closed");
  if (seat.wasThere || !(seat.isUnnamed ? isLiving(seat.status) : seat.status === "confirmed"))
    return no("registration.wrong_status");
  if (seat.isShutOut && by === "attendee") return no("access.banned");
  if (seat.isByChoice && !seat.isUnnamed && by === "attendee") return no("registration.not_transferable");
  return { allowed: true };
}

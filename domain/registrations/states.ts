import { type Move, move, type StateTable } from "#domain/states/table.ts";

export const registrationStatuses = [
  "held",
  "pending",
  "awaiting_payment",
  "confirmed",
  "waitlisted",
  "offered",
  "declined",
  "expired",
  "lapsed",
  "cancelled",
] as const;
export type RegistrationStatus = (typeof registrationStatuses)[number];

export const registrationActions = [
  "submit",
  "await_payment",
  "confirm",
  "approve",
  "decline",
  "offer",
  "accept",
  "lapse",
  "expire",
  "cancel",
] as const;
export type RegistrationAction = (typeof registrationActions)[number];

type Row = Readonly<Record<RegistrationAction, RegistrationStatus | "-">>;

const nowhere: Row = {
  submit: "-",
  await_payment: "-",
  confirm: "-",
  approve: "-",
  decline: "-",
  offer: "-",
  accept: "-",
  lapse: "-",
  expire: "-",
  cancel: "-",
};

/** `approve` and `accept` lead to `confirmed`; where money is due, `await_payment` is done instead of them. */
export const registrationTable: StateTable<RegistrationStatus, RegistrationAction> = {
  held: {
    ...nowhere,
    submit: "pending",
    await_payment: "awaiting_payment",
    confirm: "confirmed",
    expire: "expired",
    cancel: "cancelled",
  },
  pending: {
    ...nowhere,
    submit: "pending",
    await_payment: "awaiting_payment",
    approve: "confirmed",
    decline: "declined",
    cancel: "cancelled",
  },
  awaiting_payment: {
    ...nowhere,
    await_payment: "awaiting_payment",
    confirm: "confirmed",
    expire: "expired",
    cancel: "cancelled",
  },
  confirmed: { ...nowhere, confirm: "confirmed", approve: "confirmed", accept: "confirmed", cancel: "cancelled" },
  waitlisted: { ...nowhere, offer: "offered", cancel: "cancelled" },
  offered: {
    ...nowhere,
    await_payment: "awaiting_payment",
    offer: "offered",
    accept: "confirmed",
    lapse: "lapsed",
    cancel: "cancelled",
  },
  declined: { ...nowhere, decline: "declined" },
  expired: { ...nowhere, expire: "expired" },
  lapsed: { ...nowhere, lapse: "lapsed" },
  cancelled: { ...nowhere, cancel: "cancelled" },
};

/** Moves a registration; doing again what is done already changes nothing and is no refusal. */
export const moveRegistration = (
  from: RegistrationStatus,
  action: RegistrationAction,
): Move<RegistrationStatus, "registration.wrong_status"> =>
  move(registrationTable, from, action, "registration.wrong_status");

/**
 * What becomes of a registration when the organizer takes back what they did: who was declined asks again, who was
 * cancelled has a place again. What people gave up themselves nobody forces on them; nothing else comes back to life.
 */
export function takenBack(
  status: RegistrationStatus,
  cancelledBy: "attendee" | "organizer" | "system" | null,
): RegistrationStatus | null {
  if (status === "declined" || status === "pending") return "pending";
  if (status === "confirmed") return "confirmed";
  return status === "cancelled" && cancelledBy === "organizer" ? "confirmed" : null;
}

/** Living registrations may still come to something; an address has at most one of them per ticket type. */
export const livingStatuses = ["held", "pending", "awaiting_payment", "confirmed", "waitlisted", "offered"] as const;

export const isLiving = (status: RegistrationStatus): boolean =>
  (livingStatuses as readonly RegistrationStatus[]).includes(status);

const places: Readonly<Record<RegistrationStatus, "held" | "taken" | "none">> = {
  held: "held",
  pending: "none",
  awaiting_payment: "held",
  confirmed: "taken",
  waitlisted: "none",
  offered: "held",
  declined: "none",
  expired: "none",
  lapsed: "none",
  cancelled: "none",
};

/** Whether a registration in this status holds a place, has taken it, or has none. */
export const placeOf = (status: RegistrationStatus): "held" | "taken" | "none" => places[status];

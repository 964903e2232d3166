import type { BookingStatus } from "#domain/availability/status.ts";
import { type Move, move, type StateTable } from "#domain/states/table.ts";

export const bookingActions = ["approve", "decline", "cancel", "move", "complete", "mark_no_show", "reopen"] as const;
export type BookingAction = (typeof bookingActions)[number];

type Row = Readonly<Record<BookingAction, BookingStatus | "-">>;

const nowhere: Row = {
  approve: "-",
  decline: "-",
  cancel: "-",
  move: "-",
  complete: "-",
  mark_no_show: "-",
  reopen: "-",
};

/** Doing again what is done changes nothing; a tombstone stays one. */
export const bookingTable: StateTable<BookingStatus, BookingAction> = {
  pending: { ...nowhere, approve: "confirmed", decline: "rejected", cancel: "cancelled", move: "pending" },
  awaiting_payment: { ...nowhere, cancel: "cancelled", move: "awaiting_payment" },
  confirmed: {
    ...nowhere,
    approve: "confirmed",
    cancel: "cancelled",
    move: "confirmed",
    complete: "completed",
    mark_no_show: "no_show",
    reopen: "confirmed",
  },
  cancelled: { ...nowhere, cancel: "cancelled" },
  rejected: { ...nowhere, decline: "rejected" },
  rescheduled: nowhere,
  completed: { ...nowhere, complete: "completed", mark_no_show: "no_show", reopen: "confirmed" },
  no_show: { ...nowhere, complete: "completed", mark_no_show: "no_show", reopen: "confirmed" },
};

/** Moves a booking from status to status. */
export const moveBooking = (from: BookingStatus, action: BookingAction): Move<BookingStatus, "booking.wrong_status"> =>
  move(bookingTable, from, action, "booking.wrong_status");

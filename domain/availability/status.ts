export const bookingStatuses = [
  "pending",
  "awaiting_payment",
  "confirmed",
  "cancelled",
  "rejected",
  "rescheduled",
  "completed",
  "no_show",
] as const;
export type BookingStatus = (typeof bookingStatuses)[number];

const holding: Readonly<Record<BookingStatus, "yes" | "no" | "unless told otherwise">> = {
  pending: "unless told otherwise",
  awaiting_payment: "yes",
  confirmed: "yes",
  cancelled: "no",
  rejected: "no",
  // The old place of a moved booking: its time is free again.
  rescheduled: "no",
  completed: "yes",
  no_show: "yes",
};

/** Whether a booking in a status takes its time (R13); a pending one does, unless its event type says otherwise. */
export const holdsTime = (status: BookingStatus, blocksWhilePending = true): boolean =>
  holding[status] === "yes" || (holding[status] === "unless told otherwise" && blocksWhilePending);

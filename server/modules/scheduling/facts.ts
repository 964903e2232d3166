import { fact } from "#server/platform/facts.ts";

interface About {
  bookingId: string;
}

interface OfParty extends About {
  attendeeId: string;
}

/** Somebody has booked, or was added to a session. */
export const booked = fact<OfParty>()("booking.booked");
/** Somebody asks for a time that its host has to say yes to. */
export const asked = fact<OfParty>()("booking.asked");
export const approved = fact<About>()("booking.approved");
export const declined = fact<About>()("booking.declined");
/** A booking has another time; the sequence keeps its letters apart. */
export const moved = fact<About & { tombstoneId: string }>()("booking.moved");
/** With the parties that were to come until then. */
export const cancelled = fact<About & { attendeeIds: string[] }>()("booking.cancelled");
/** One party of a session does not come. */
export const partyCancelled = fact<OfParty>()("booking.party_cancelled");
/** A party has said something else to what it was asked; of a series, at these of its bookings, which have the same hosts. */
export const answersChanged = fact<{ attendeeIds: string[]; change: string }>()("booking.answers_changed");
/** What became of several bookings of one series at once; they are told of together. */
export type SeriesChange = "booked" | "asked" | "approved" | "declined" | "moved" | "cancelled";
export const seriesChanged = fact<{
  seriesId: string;
  kind: SeriesChange;
  attendeeIds: string[];
  /** Keeps it apart from another change of the same kind. */
  change: string;
}>()("booking.series_changed");
/** A party no longer waits for a seat: it has left, was taken off, or there is nothing to wait for. */
export const waitlistLeft = fact<OfParty>()("booking.waitlist_left");
/** It is time to remind, unless its start is another by now. */
export const reminderDue = fact<About & { minutesBefore: number; startTime: string }>()("booking.reminder_due");

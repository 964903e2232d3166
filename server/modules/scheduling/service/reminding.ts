import { reminderDue } from "#server/modules/scheduling/facts.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { later, neverMind } from "#server/platform/facts.ts";

const minuteMs = 60_000;
/** A day and an hour before. */
const reminders = [1440, 60];

const keyOf = (bookingId: string, minutes: number) => `booking/${bookingId}/reminder/${minutes}`;

/** Sets the reminders of a booking for its time, in place of those for another; what is past is left out. */
export async function remindOf(tctx: TxCtx, bookingId: string, startTime: Date): Promise<void> {
  for (const minutesBefore of reminders) {
    const dueAt = new Date(startTime.getTime() - minutesBefore * minuteMs);
    const due = reminderDue({ bookingId, minutesBefore, startTime: startTime.toISOString() });
    if (dueAt > tctx.now()) await later(tctx, keyOf(bookingId, minutesBefore), dueAt, due);
    else await neverMind(tctx, keyOf(bookingId, minutesBefore));
  }
}

export async function forgetReminders(tctx: TxCtx, bookingId: string): Promise<void> {
  for (const minutesBefore of reminders) await neverMind(tctx, keyOf(bookingId, minutesBefore));
}

import { reminderDue } from "#server/modules/scheduling/facts.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { allLater, neverMind } from "#server/platform/facts.ts";

const minuteMs = 60_000;
/** A day and an hour before. */
const reminders = [1440, 60];

const keyOf = (bookingId: string, minutes: number) => `booking/${bookingId}/reminder/${minutes}`;

/** Sets the reminders of a booking for its time, in place of those for another; what is past is left out. */
export const remindOf = (tctx: TxCtx, bookingId: string, startTime: Date): Promise<void> =>
  remindOfAll(tctx, [{ id: bookingId, startTime }]);

export async function remindOfAll(tctx: TxCtx, bookings: readonly { id: string; startTime: Date }[]): Promise<void> {
  const all = bookings.flatMap(({ id: bookingId, startTime }) =>
    reminders.map((minutesBefore) => ({
      key: keyOf(bookingId, minutesBefore),
      dueAt: new Date(startTime.getTime() - minutesBefore * minuteMs),
      due: reminderDue({ bookingId, minutesBefore, startTime: startTime.toISOString() }),
    })),
  );
  const { past = [], ahead = [] } = Object.groupBy(all, ({ dueAt }) => (dueAt > tctx.now() ? "ahead" : "past"));
  await neverMind(tctx, ...past.map(({ key }) => key));
  await allLater(tctx, ahead);
}

export const forgetReminders = (tctx: TxCtx, bookingId: string): Promise<void> =>
  neverMind(tctx, ...reminders.map((minutesBefore) => keyOf(bookingId, minutesBefore)));

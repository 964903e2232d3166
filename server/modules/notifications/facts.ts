import { fact } from "#server/platform/facts.ts";

/** A day before a gathering begins: who comes is reminded, unless its time is another by then. */
export const reminderDue = fact<{ gatheringId: string; startTime: string }>()("notification.reminder_due");

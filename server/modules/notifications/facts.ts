import { fact } from "#server/platform/facts.ts";

/** The next part of a letter to many is due. */
export const mailingDue = fact<{ mailingId: string }>()("mailing.due");
/** A day before a gathering begins: who comes is reminded, unless its time is another by then. */
export const reminderDue = fact<{ gatheringId: string; startTime: string }>()("notification.reminder_due");

import type { NoticeKind } from "#domain/notifications/topics.ts";
import { fact } from "#server/platform/facts.ts";

/** The next part of a letter to many is due. */
export const mailingDue = fact<{ mailingId: string }>()("mailing.due");
/** A day before a gathering begins: who comes is reminded, unless its time is another by then. */
export const reminderDue = fact<{ gatheringId: string; startTime: string }>()("notification.reminder_due");

/** What a device is rung for. */
export interface Rung {
  deviceId: string;
  userId: string;
  kind: NoticeKind;
  key: string;
  /** When there was something to tell. */
  at: string;
  eventId: string | null;
  gatheringId: string | null;
  registrationId: string | null;
  mailingId: string | null;
  organizerId: string | null;
  byUserId: string | null;
  role: string | null;
}
/** A device is to be rung. */
export const rung = fact<Rung>()("notification.rung");

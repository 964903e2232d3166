import { fact } from "#server/platform/facts.ts";

interface About {
  gatheringId: string;
}

/** Somebody was in the room of a gathering: its registration may be marked as attended. */
export const attended = fact<About & { personId: string }>()("room.attended");
export const opened = fact<About>()("room.opened");
export const ended = fact<About>()("room.ended");

/** It is time to open, to end, to remind. Each looks again whether it really is. */
export const startDue = fact<About>()("room.startDue");
export const endDue = fact<About>()("room.endDue");
export const reminderDue = fact<About & { minutesBefore: number; startTime: string }>()("room.reminderDue");
/** Somebody's right to be there changed: whoever may no longer be in the room is put out of it. */
export const sweepDue = fact<About & { personId?: string }>()("room.sweepDue");

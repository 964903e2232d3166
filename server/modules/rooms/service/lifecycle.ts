import { listRsvps } from "#server/modules/rooms/repo/members.ts";
import { findGathering, type Gathering } from "#server/modules/rooms/repo/rooms.ts";
import {
  endEventConference,
  hasRoom,
  joinUrl,
  opensAt,
  scheduleConferenceStart,
  sendJoinReminders,
  startEventConference,
} from "#server/modules/rooms/service/conference.ts";
import type { Ctx } from "#server/platform/ctx.ts";

const minute = 60_000;

/** Follows a gathering that was published, moved, changed or cancelled: its timers are set anew, and a room that is open too early, or at all, is ended. */
export async function follow(ctx: Ctx, gatheringId: string): Promise<void> {
  const gathering = await findGathering(ctx.db, gatheringId);
  if (!gathering) return;
  await scheduleConferenceStart(ctx, gathering, gathering.settings.virtualConfig);
  if (gathering.roomStatus === "open" && !mayBeOpen(gathering, ctx.now())) await endEventConference(ctx, gatheringId);
}

function mayBeOpen(gathering: Gathering, now: Date): boolean {
  if (gathering.status !== "scheduled" || !hasRoom(gathering)) return false;
  const opens = opensAt(gathering);
  // A host may have opened it early; that much early it was moved away from under them.
  return opens !== null && now.getTime() >= opens.getTime() - 24 * 60 * minute;
}

/** Opens the room when its time has come, unless that has changed meanwhile. */
export async function startWhenDue(ctx: Ctx, gatheringId: string): Promise<void> {
  const gathering = await findGathering(ctx.db, gatheringId);
  if (gathering?.status !== "scheduled" || !hasRoom(gathering)) return;
  await startEventConference(ctx, gathering, gathering.settings.virtualConfig);
}

/** Ends the room when its time has come, unless it was moved or is kept open. */
export async function endWhenDue(ctx: Ctx, gatheringId: string): Promise<void> {
  const gathering = await findGathering(ctx.db, gatheringId);
  if (!gathering?.endTime || gathering.endTime > ctx.now()) return;
  if (gathering.endsAt !== null && gathering.endsAt > ctx.now()) return;
  await endEventConference(ctx, gatheringId);
}

/** Reminds whoever has an online place at that moment, unless the time of the gathering has changed or passed. */
export async function remindWhenDue(
  ctx: Ctx,
  due: { gatheringId: string; minutesBefore: number; startTime: string },
): Promise<void> {
  const gathering = await findGathering(ctx.db, due.gatheringId);
  if (gathering?.status !== "scheduled" || !hasRoom(gathering) || !gathering.startTime) return;
  if (gathering.startTime.getTime() !== new Date(due.startTime).getTime()) return;
  const lateMs = ctx.now().getTime() - gathering.startTime.getTime();
  // A worker that comes back late says nothing that is no longer so.
  if (due.minutesBefore > 0 ? lateMs >= 0 : lateMs > 10 * minute) return;
  await sendJoinReminders(ctx, gathering, await listRsvps(ctx.db, gathering.id), {
    minutesBefore: [due.minutesBefore],
    channels: ["email"],
    joinUrl: joinUrl(ctx, gathering.id),
  });
}

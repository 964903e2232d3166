import { randomUUIDv7 } from "node:crypto";

import type { BreakoutRoomConfig, EventVirtualConfig } from "#contract/gatherings.ts";
import { type EventConferenceRoom, type JoinReminderConfig, roomState } from "#contract/rooms.ts";
import { mayReopen, moveRoom, type RoomAction } from "#domain/rooms/states.ts";
import * as audit from "#server/modules/audit/service.ts";
import { joinReminder } from "#server/modules/rooms/emails/join-reminder.ts";
import { endDue, ended, opened, reminderDue, startDue } from "#server/modules/rooms/facts.ts";
import { listToRemind } from "#server/modules/rooms/repo/members.ts";
import * as repo from "#server/modules/rooms/repo/rooms.ts";
import { say } from "#server/platform/channels.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { later, neverMind, record } from "#server/platform/facts.ts";
import { post } from "#server/platform/letters.ts";
import { linkToken } from "#server/platform/links.ts";
import { Problem } from "#server/platform/problem.ts";

// The operations of `EventCallingIntegration` (source 003), by their names there. A conference starts, ends, reminds and
// is counted through them and in no other way.

type Gathering = repo.Gathering;

const minute = 60_000;
const keepOpenMs = 120 * minute;
/** So near to its end, "open" means "keep open". */
const nearEndMs = 30 * minute;
export const defaultReminders: JoinReminderConfig["minutesBefore"] = [15, 0];

export const opensAt = ({ startTime, settings }: Gathering): Date | null =>
  startTime && new Date(startTime.getTime() - settings.virtualConfig.autoStartMinutes * minute);

export const hasRoom = ({ format, settings }: Gathering): boolean =>
  format !== "in_person" && settings.virtualConfig.enabled;

export const joinUrl = ({ settings }: Ctx | TxCtx, gatheringId: string): string =>
  `${settings.publicUrl}/live/${gatheringId}`;

/**
 * Opens the room of a gathering: at its time, or because a host wants it (early, past its end, or again).
 *
 * At its time it opens once: a room that a host has ended since stays ended. Opening what is open changes nothing but
 * its end, when a host opens it near that end. A room that is kept open ends two hours after the gathering.
 */
export function startEventConference(
  ctx: Ctx,
  event: Gathering,
  virtualConfig: EventVirtualConfig,
): Promise<EventConferenceRoom> {
  const byHost = ctx.actor.kind !== "system";
  if (event.status !== "scheduled")
    throw new Problem(event.status === "cancelled" ? "gathering.cancelled" : "room.off");
  if (!hasRoom(event) || !event.startTime || !event.endTime) throw new Problem("room.off");
  if (virtualConfig.e2eeRequired) throw new Problem("feature.later");
  const { startTime, endTime } = event;
  return inTx(ctx, async (tctx) => {
    const now = tctx.now();
    const room = await repo.lockRoom(tctx.db, { id: randomUUIDv7(), gatheringId: event.id, now });
    const isOver = now >= endTime;
    const due = startTime.getTime() - virtualConfig.autoStartMinutes * minute;
    const wasEndedSince = room.endedAt !== null && room.endedAt.getTime() >= due;
    if (!byHost && (now.getTime() < due || isOver || wasEndedSince)) return conferenceOf(ctx, event, room, endTime);
    if (!mayReopen(endTime, now)) throw new Problem("room.ended");
    const action: RoomAction = room.status === "ended" ? "reopen" : "open";
    const move = moveRoom(room.status, action, endTime, now);
    if (!move.moved) throw new Problem(move.because);
    const keeps = byHost && (isOver || (room.status !== "scheduled" && now.getTime() >= endTime.getTime() - nearEndMs));
    const endsAt = keeps ? new Date(endTime.getTime() + keepOpenMs) : (event.endsAt ?? endTime);
    if (keeps || event.endsAt === null) await later(tctx, endKey(event.id), endsAt, endDue({ gatheringId: event.id }));
    if (move.changed) {
      await repo.openRoom(tctx.db, room.id, now);
      await record(tctx, opened({ gatheringId: event.id }));
      await audit.record(tctx, "room.open", { kind: "room", id: room.id }, { old: { status: room.status } });
    }
    if (move.changed || keeps) {
      await say(tctx, roomState, { gatheringId: event.id }, "opened", { closesAt: endsAt.toISOString() });
    }
    return conferenceOf(ctx, event, { ...room, status: "open", openedAt: room.openedAt ?? now }, endsAt);
  });
}

/**
 * Ends the conference for everybody, and returns where its recording is: nowhere, as long as nothing is recorded.
 *
 * Ending what is ended, or what never began, changes nothing.
 */
export async function endEventConference(ctx: Ctx, gatheringId: string): Promise<string | null> {
  await inTx(ctx, async (tctx) => {
    const now = tctx.now();
    const room = await repo.lockRoom(tctx.db, { id: randomUUIDv7(), gatheringId, now });
    await neverMind(tctx, endKey(gatheringId));
    if (room.status !== "open") return;
    await repo.endRoom(tctx.db, room.id, now);
    await say(tctx, roomState, { gatheringId }, "ended", {});
    await record(tctx, ended({ gatheringId }));
    await audit.record(tctx, "room.end", { kind: "room", id: room.id }, { old: { status: room.status } });
  });
  return null;
}

/** Sends each of these people the way into the room: that it begins soon, or that it has begun. Once per time of the gathering. */
export async function sendJoinReminders(
  ctx: Ctx,
  event: Gathering,
  rsvpPubkeys: string[],
  config: JoinReminderConfig,
): Promise<void> {
  const { startTime } = event;
  if (!startTime || !config.channels.includes("email")) return;
  for (let at = 0; at < rsvpPubkeys.length; at += 50) {
    const guests = await listToRemind(ctx.db, event.id, rsvpPubkeys.slice(at, at + 50));
    await inTx(ctx, async (tctx) => {
      for (const guest of guests) {
        const token = linkToken(ctx.settings.secrets.links, {
          kind: "registration",
          id: guest.registrationId,
          version: guest.linkVersion,
        });
        for (const minutesBefore of config.minutesBefore) {
          const letter = joinReminder({
            locale: guest.locale,
            publicUrl: ctx.settings.publicUrl,
            to: { address: guest.email, name: guest.name },
            title: event.title,
            startTime,
            timeZone: event.timeZone,
            isLive: minutesBefore === 0,
            // The guest's own page signs them in by its address and has the one big button that leads on.
            joinUrl: `${ctx.settings.publicUrl}/t/${token}`,
          });
          const key = `join-reminder-${minutesBefore}/${guest.registrationId}/${event.sequence}`;
          await post(tctx, letter, { key, lane: "normal", topic: "reminders" });
        }
      }
    });
  }
}

/** Sets the timers of a conference, in the place of those that stood: when it opens, ends, and when people are reminded. */
export function scheduleConferenceStart(
  ctx: Ctx,
  event: Gathering,
  virtualConfig: EventVirtualConfig,
  config: Pick<JoinReminderConfig, "minutesBefore"> = { minutesBefore: defaultReminders },
): Promise<void> {
  const { id: gatheringId, startTime, endTime } = event;
  return inTx(ctx, async (tctx) => {
    const isComing = event.status === "scheduled" && hasRoom(event) && endTime !== null && endTime > ctx.now();
    if (!isComing || !startTime || !endTime) {
      await neverMind(tctx, startKey(gatheringId));
      for (const minutes of config.minutesBefore) await neverMind(tctx, reminderKey(gatheringId, minutes));
      return;
    }
    const start = new Date(startTime.getTime() - virtualConfig.autoStartMinutes * minute);
    await later(tctx, startKey(gatheringId), start, startDue({ gatheringId }));
    const isKeptOpen = event.roomStatus === "open" && event.endsAt !== null && event.endsAt > endTime;
    if (!isKeptOpen) await later(tctx, endKey(gatheringId), endTime, endDue({ gatheringId }));
    for (const minutesBefore of config.minutesBefore) {
      const dueAt = new Date(startTime.getTime() - minutesBefore * minute);
      const about = { gatheringId, minutesBefore, startTime: startTime.toISOString() };
      // Whoever registers a moment before it begins needs no letter that it begins.
      if (dueAt.getTime() < ctx.now().getTime() - minute)
        await neverMind(tctx, reminderKey(gatheringId, minutesBefore));
      else await later(tctx, reminderKey(gatheringId, minutesBefore), dueAt, reminderDue(about));
    }
  });
}

/**
 * Divides people among smaller rooms. Refused until breakouts are built, as every switch for them is.
 *
 * @public One of the operations of the calling integration, which keeps its names.
 */
export async function createBreakoutRooms(_ctx: Ctx, _eventId: string, _config: BreakoutRoomConfig): Promise<string[]> {
  throw new Problem("feature.later");
}

const startKey = (gatheringId: string) => `room/start/${gatheringId}`;
const endKey = (gatheringId: string) => `room/end/${gatheringId}`;
const reminderKey = (gatheringId: string, minutes: number) => `room/remind/${minutes}/${gatheringId}`;

function conferenceOf(
  ctx: Ctx,
  event: Gathering,
  room: { id: string; status: repo.Gathering["roomStatus"]; openedAt: Date | null },
  endsAt: Date,
): EventConferenceRoom {
  return {
    id: room.id,
    eventId: event.eventId,
    gatheringId: event.id,
    status: room.status,
    joinUrl: joinUrl(ctx, event.id),
    startedAt: (room.openedAt ?? event.startTime ?? endsAt).getTime(),
    endsAt: endsAt.getTime(),
    recording: false,
    e2ee: false,
  };
}

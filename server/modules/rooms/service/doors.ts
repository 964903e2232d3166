import { channelName } from "#contract/channel.ts";
import type { ProblemCode } from "#contract/problems.ts";
import type { MediaPass, RoomView } from "#contract/rooms.ts";
import { people } from "#contract/rooms.ts";
import { pageAt } from "#domain/gatherings/address.ts";
import { mayReopen } from "#domain/rooms/states.ts";
import { EngineAway, LiveKit } from "#server/gateways/livekit.ts";
import { enter, findTermsFor } from "#server/modules/access/service.ts";
import * as gatherings from "#server/modules/gatherings/service/reading.ts";
import { askRoomDoors, mayKeepOrder, mayRunRoom, maySeeAttendance, personMay } from "#server/modules/rooms/policy.ts";
import { findMember, findName, listPeople } from "#server/modules/rooms/repo/members.ts";
import { findGathering, findRoom, type Gathering } from "#server/modules/rooms/repo/rooms.ts";
import { countHere, isHere } from "#server/modules/rooms/repo/visits.ts";
import { hasRoom, joinUrl, opensAt } from "#server/modules/rooms/service/conference.ts";
import {
  getVirtualAttendanceStats,
  identityOf,
  listAttendance,
  personOf,
  readIdentity,
} from "#server/modules/rooms/service/visits.ts";
import { seqOf } from "#server/platform/channels.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { faultIn } from "#server/platform/health.ts";
import { Problem } from "#server/platform/problem.ts";

const passSeconds = 600;
const knockMs = 60_000;
/** Whoever has knocked since then still waits before the door. */
export const waitingSince = (ctx: Pick<Ctx, "now">): Date => new Date(ctx.now().getTime() - knockMs);

/** As many people as one room carries; the engine counts connections, of which some people bring two. */
export const mostPeople = 100;
const mostConnections = 160;

/** What the join button, the green room and the room need to know before anybody is in. */
export async function viewRoom(ctx: Ctx, gatheringId: string): Promise<RoomView> {
  const asked = await askRoomDoors(ctx, gatheringId);
  const gathering = await findGathering(ctx.db, gatheringId);
  if (!asked?.page.allowed || !gathering) throw new Problem("gathering.not_found");
  const { known, room, as } = asked;
  const { state, progress, fault } = ctx.gateways.media.status();
  const mayRun = await mayRunRoom(ctx, gatheringId);
  const off = offBecause(gathering, state === "ready");
  const because = off ?? (room.allowed ? null : room.because);
  const ends = gathering.endsAt ?? gathering.endTime;
  return {
    gatheringId,
    eventId: gathering.eventId,
    title: gathering.title,
    startTime: gathering.startTime?.toISOString() ?? null,
    endTime: gathering.endTime?.toISOString() ?? null,
    timeZone: gathering.timeZone,
    state: off ? "off" : because === "access.lobby_waiting" ? "waiting_room" : stateOf(gathering, ctx.now()),
    status: gathering.roomStatus,
    opensAt: opensAt(gathering)?.toISOString() ?? null,
    closesAt: ends?.toISOString() ?? null,
    isWaiting: because === "access.lobby_waiting" && (await hasKnocked(ctx, gathering, known.personId)),
    mayJoin: because === null,
    because,
    me:
      known.personId && as
        ? { personId: known.personId, displayName: await nameOf(ctx, known.displayName, known.personId), as }
        : null,
    terms: as ? await findTermsFor(ctx, gatheringId, known) : null,
    mayStart: mayRun && gathering.endTime !== null && mayReopen(gathering.endTime, ctx.now()),
    chat: gathering.settings.chat.enabled,
    media: { state, progress, reason: mayRun && fault ? faultIn(ctx.locale, fault) : undefined },
    joinUrl: joinUrl(ctx, gatheringId),
    pageUrl: gathering.slug ? pageAt(gathering.slug, gatheringId) : "/me",
    attendanceUrl:
      mayRun && gathering.slug ? `/organize/events/${gathering.eventId}/attendance?occurrence_id=${gatheringId}` : null,
    now: ctx.now().toISOString(),
  };
}

/** The same by the event's id or slug. */
export async function viewRoomOf(ctx: Ctx, idOrSlug: string, occurrenceId: string | undefined): Promise<RoomView> {
  const { id } = await gatherings.pick(ctx, idOrSlug, occurrenceId);
  return viewRoom(ctx, id);
}

function offBecause(gathering: Gathering, isMediaReady: boolean): ProblemCode | null {
  if (gathering.status === "cancelled") return "gathering.cancelled";
  return hasRoom(gathering) && isMediaReady ? null : "room.off";
}

async function hasKnocked(ctx: Ctx, { roomId }: Gathering, personId: string | null): Promise<boolean> {
  const member = roomId && personId ? await findMember(ctx.db, roomId, personId) : undefined;
  return member?.admission === "waiting" && member.updatedAt > waitingSince(ctx);
}

function stateOf({ roomStatus, endTime }: Gathering, now: Date): RoomView["state"] {
  if (roomStatus === "open") return "live";
  // Where nobody was there to open it, it is over all the same.
  return roomStatus === "ended" || (endTime !== null && now >= endTime) ? "ended" : "not_started";
}

/** Gives the caller a pass to the room: for this person, this device, this room, and ten minutes. */
export async function join(ctx: Ctx, gatheringId: string, device: string): Promise<MediaPass> {
  const known = await enter(ctx, gatheringId, "room");
  const gathering = await findGathering(ctx.db, gatheringId);
  if (!gathering?.roomId || !hasRoom(gathering) || !known.personId) throw new Problem("room.off");
  const { personId, as } = known;
  if (as === "attendee") await assertPlace(ctx, gathering, personId);
  const member = await findMember(ctx.db, gathering.roomId, personId);
  const identity = identityOf(personId, device);
  try {
    const token = await new LiveKit(ctx.gateways.media).pass({
      room: gathering.roomId,
      identity,
      name: await nameOf(ctx, known.displayName, personId),
      attributes: { as },
      canSpeak: !member?.muted,
      seconds: passSeconds,
    });
    const expiresAt = new Date(ctx.now().getTime() + passSeconds * 1000).toISOString();
    return { gatheringId, identity, as, token, expiresAt };
  } catch (error) {
    if (error instanceof EngineAway) throw new Problem("room.off", { media: ctx.gateways.media.status().state });
    throw error;
  }
}

async function assertPlace(ctx: Ctx, gathering: Gathering, personId: string): Promise<void> {
  const most = Math.min(mostPeople, gathering.settings.virtualConfig.maxVirtualAttendees ?? mostPeople);
  if ((await countHere(ctx.db, gathering.id)) < most || (await isHere(ctx.db, gathering.id, personId))) return;
  throw new Problem("room.full");
}

const nameOf = async (ctx: Ctx, displayName: string | null, personId: string): Promise<string> =>
  displayName ?? (await findName(ctx.db, personId)) ?? "";

/** The answer to a connect on its way to the engine: the room is there, or the status and code of a refusal. */
export type ConnectAnswer = { allowed: true } | { allowed: false; status: 401 | 403 | 503; code: ProblemCode };

/** Asks the door for whoever bears this pass, at every connect: the engine itself takes no pass back. */
export async function mayConnect(ctx: Ctx, token: string): Promise<ConnectAnswer> {
  const engine = new LiveKit(ctx.gateways.media);
  try {
    const pass = await engine.readPass(token);
    const who = pass && readIdentity(pass.identity);
    const room = who && (await findRoom(ctx.db, pass.room));
    if (!who || !room) return { allowed: false, status: 401, code: "auth.required" };
    const answer = await personMay(ctx, room.gatheringId, who.personId, "room");
    if (!answer.allowed) return { allowed: false, status: 403, code: answer.because };
    // After a restart the engine has forgotten its rooms, and a client that meets none gives up for good.
    await engine.ensureRoom(room.id, mostConnections);
    return { allowed: true };
  } catch (error) {
    if (error instanceof EngineAway) return { allowed: false, status: 503, code: "room.off" };
    throw error;
  }
}

/** Who is in the room; those who were shut out of it are for hosts to see. */
export async function listRoomPeople(ctx: Ctx, gatheringId: string) {
  await enter(ctx, gatheringId, "channel");
  // Read before the list: what is told after this number can only repeat what the list knows.
  const seq = await seqOf(ctx.db, channelName(people.name, { gatheringId }));
  const items = (await listPeople(ctx.db, gatheringId)).map(personOf);
  const shown = (await mayKeepOrder(ctx, gatheringId)) ? items : items.filter(({ isHere }) => isHere);
  return { items: shown, nextCursor: null, seq };
}

/** Where an event plays: its room, with a pass while it is open; before that, when it opens; else the refusal of the door. */
export async function stream(ctx: Ctx, idOrSlug: string, occurrenceId: string | undefined) {
  const { id } = await gatherings.pick(ctx, idOrSlug, occurrenceId);
  const asked = await askRoomDoors(ctx, id);
  if (!asked?.page.allowed) throw new Problem("event.not_found");
  const { room, as } = asked;
  const url = joinUrl(ctx, id);
  if (!room.allowed && room.because === "room.not_open" && as) {
    return { kind: "room" as const, url, opensAt: room.until?.toISOString() };
  }
  const { token, expiresAt } = await join(ctx, id, "stream");
  return { kind: "room" as const, url, token, expiresAt };
}

/** Who was there and for how long, for those who run it. */
export async function attendance(
  ctx: Ctx,
  idOrSlug: string,
  { occurrence_id, ...page }: { occurrence_id?: string; limit: number; cursor?: string },
) {
  const { id, sourceId } = await gatherings.pick(ctx, idOrSlug, occurrence_id);
  if (!(await maySeeAttendance(ctx, id))) {
    const asked = await askRoomDoors(ctx, id);
    throw new Problem(asked?.page.allowed ? "auth.forbidden" : "event.not_found");
  }
  return {
    gatheringId: id,
    stats: await getVirtualAttendanceStats(ctx, id),
    ...(await listAttendance(ctx, id, { eventId: sourceId, ...page })),
  };
}

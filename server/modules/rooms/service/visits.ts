import { randomUUIDv7 } from "node:crypto";

import { people, type RoomPerson, type VirtualAttendance } from "#contract/rooms.ts";
import { endOf, type Stay, secondsOf, statsOf } from "#domain/attendance/stats.ts";
import type { Participant } from "#server/gateways/livekit.ts";
import { attended } from "#server/modules/rooms/facts.ts";
import { listPeople, type PersonRow } from "#server/modules/rooms/repo/members.ts";
import { findGathering, lockRoom } from "#server/modules/rooms/repo/rooms.ts";
import * as repo from "#server/modules/rooms/repo/visits.ts";
import { say } from "#server/platform/channels.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { say as words } from "#server/platform/words.ts";

/** One connection, as the engine tells of it. */
export interface Connection {
  sid: string;
  device: string;
  name: string;
  as: string;
  /** When it came or went. */
  at: Date;
  joinedAt: Date;
}

const isPerson = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whom an identity is of: `<person id>#<device>`. Nobody where it is not one of ours. */
export function readIdentity(identity: string): { personId: string; device: string } | undefined {
  const [personId = "", device = ""] = identity.split("#");
  return isPerson.test(personId) ? { personId, device } : undefined;
}

export const identityOf = (personId: string, device: string): string => `${personId}#${device}`;

/** How the engine's words about a participant read in our ledger. */
export function connectionOf(ctx: Ctx, participant: Participant, msAgo: number): Connection | undefined {
  const who = readIdentity(participant.identity);
  if (!who) return undefined;
  const now = ctx.now().getTime();
  const joinedAt = new Date(now - participant.joinedMsAgo);
  const at = new Date(Math.max(joinedAt.getTime(), now - msAgo));
  const { sid, name, attributes } = participant;
  return { sid, device: who.device, name, as: attributes.as ?? "attendee", at, joinedAt };
}

/**
 * Notes that somebody came into the room of a gathering, or left it (source 003).
 *
 * Keyed by the connection's own id: told twice, late or in the wrong order, the ledger ends the same. Returns nothing for
 * a gathering that has no room.
 */
export function trackVirtualAttendee(
  ctx: Ctx,
  gatheringId: string,
  pubkey: string,
  action: "join" | "leave",
  connection: Connection,
): Promise<VirtualAttendance | null> {
  return inTx(ctx, async (tctx) => {
    const gathering = await findGathering(tctx.db, gatheringId);
    if (!gathering?.roomId) return null;
    await lockRoom(tctx.db, { id: gathering.roomId, gatheringId, now: ctx.now() });
    const wasHere = await repo.isHere(tctx.db, gatheringId, pubkey);
    const { sid, device, name, as, at, joinedAt } = connection;
    const id = randomUUIDv7();
    const visit = {
      id,
      roomId: gathering.roomId,
      gatheringId,
      personId: pubkey,
      device,
      displayName: name,
      role: as,
      sid,
    };
    const { isNew } = await repo.noteVisit(tctx.db, visit, {
      joinedAt,
      leftAt: action === "leave" ? at : undefined,
      seenAt: at,
    });
    if (isNew) await record(tctx, attended({ gatheringId, personId: pubkey }));
    await tellPresence(tctx, gatheringId, pubkey, wasHere);
    const stay = { joinedAt, leftAt: action === "leave" ? at : null, lastSeenAt: at };
    return {
      id,
      eventId: gathering.eventId,
      pubkey,
      name,
      joinedAt: joinedAt.getTime(),
      leftAt: stay.leftAt?.getTime(),
      durationSeconds: secondsOf({ ...stay, person: pubkey }),
    };
  });
}

/** Tells the room that somebody came or went: not for each of their devices, only for the first and the last. */
export async function tellPresence(
  tctx: TxCtx,
  gatheringId: string,
  personId: string,
  wasHere: boolean,
): Promise<void> {
  if ((await repo.isHere(tctx.db, gatheringId, personId)) !== wasHere) await tellPerson(tctx, gatheringId, personId);
}

/** Tells the room how somebody stands in it now. */
export async function tellPerson(tctx: TxCtx, gatheringId: string, personId: string): Promise<void> {
  const [row] = await listPeople(tctx.db, gatheringId, personId);
  if (row) await say(tctx, people, { gatheringId }, "changed", personOf(row));
}

export function personOf({ personId, name, role, isHere, muted, admission }: PersonRow): RoomPerson {
  return {
    personId,
    name,
    as: role as RoomPerson["as"],
    isHere,
    isMuted: muted,
    isOut: admission === "waiting" || admission === "admitted" ? null : admission,
  };
}

const mostVisits = 5000;
/** The ledger hears of everybody each ten seconds; who was heard of since then is still there. */
export const freshMs = 25_000;

/** Who was in the room of a gathering, for how long, and how many at once (source 003). */
export async function getVirtualAttendanceStats(ctx: Ctx, gatheringId: string) {
  const { stays, names, here } = await readLedger(ctx, gatheringId);
  const stats = statsOf(stays);
  return {
    ...stats,
    attendees: stats.attendees.map((attendee) => ({
      ...attendee,
      name: names.get(attendee.pubkey) ?? "",
      isHere: here.has(attendee.pubkey),
    })),
  };
}

/** The ledger of a gathering, newest first: one row for each connection. */
export async function listAttendance(
  ctx: Ctx,
  gatheringId: string,
  { eventId, limit, cursor }: { eventId: string; limit: number; cursor?: string },
): Promise<{ items: VirtualAttendance[]; nextCursor: string | null }> {
  const { visits } = await readLedger(ctx, gatheringId);
  // By when they came; in which order they were last heard of changes under whoever turns the pages.
  const rows = visits.filter(({ id }) => !cursor || id < cursor).toSorted((one, other) => (one.id < other.id ? 1 : -1));
  const items = rows.slice(0, limit).map(({ id, stay, name }) => ({
    id,
    eventId,
    pubkey: stay.person,
    name,
    joinedAt: stay.joinedAt.getTime(),
    leftAt: stay.leftAt?.getTime(),
    durationSeconds: secondsOf(stay),
  }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

async function readLedger(ctx: Ctx, gatheringId: string) {
  const rows = await repo.listVisits(ctx.db, gatheringId, mostVisits);
  const now = ctx.now();
  const visits = rows.map((row) => {
    const isHere = row.leftAt === null && now.getTime() - row.lastSeenAt.getTime() < freshMs;
    const stay: Stay = {
      person: row.personId,
      joinedAt: row.joinedAt ?? row.lastSeenAt,
      leftAt: row.leftAt,
      lastSeenAt: isHere ? now : row.lastSeenAt,
    };
    return { id: row.id, name: row.name, stay: { ...stay, lastSeenAt: endOf(stay) }, isHere };
  });
  return {
    visits,
    stays: visits.map(({ stay }) => stay),
    // Newest first, so the oldest name would win; the one that counts is the last they had.
    names: new Map(visits.toReversed().map(({ stay, name }) => [stay.person, name])),
    here: new Set(visits.filter(({ isHere }) => isHere).map(({ stay }) => stay.person)),
  };
}

/** Takes the name of somebody who is gone from the ledger; that somebody was there stays. */
export const forgetPerson = (ctx: Ctx, personId: string): Promise<void> =>
  repo.erasePerson(ctx.db, personId, words(ctx.locale, "privacy.nameless"));

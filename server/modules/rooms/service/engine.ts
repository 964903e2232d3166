import { EngineAway, LiveKit, type Participant } from "#server/gateways/livekit.ts";
import { findRoom, listLivelyRooms, lockRoom } from "#server/modules/rooms/repo/rooms.ts";
import * as repo from "#server/modules/rooms/repo/visits.ts";
import { closeAtEngine, enforce } from "#server/modules/rooms/service/order.ts";
import {
  connectionOf,
  freshMs,
  readIdentity,
  tellPresence,
  trackVirtualAttendee,
} from "#server/modules/rooms/service/visits.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** Hears what the engine tells: signed over these very bytes, else refused. Once noted, it is never told again. */
export async function hearEngine(ctx: Ctx, bytes: Uint8Array, authorization: string | undefined): Promise<void> {
  const sign = await new LiveKit(ctx.gateways.media).readSign(bytes, authorization).catch(() => undefined);
  if (!sign) throw new Problem("webhook.unsigned");
  const { participant, kind } = sign;
  if (!participant || (kind !== "joined" && kind !== "left")) return;
  const who = readIdentity(participant.identity);
  const room = who && (await findRoom(ctx.db, sign.room));
  const connection = connectionOf(ctx, participant, sign.msAgo);
  if (!who || !room || !connection) return;
  await trackVirtualAttendee(ctx, room.gatheringId, who.personId, kind === "joined" ? "join" : "leave", connection);
  // Whoever was let in a moment before a host decided otherwise is met here.
  if (kind === "joined") await enforce(ctx, { gatheringId: room.gatheringId, personId: who.personId });
}

/**
 * Brings every ledger in line with who is really there: notes whom no webhook told of, and closes the visits of those whom
 * a killed engine or browser took along, at their last sign of life.
 */
export async function reconcile(ctx: Ctx): Promise<void> {
  for await (const { room, present } of whoIsThere(ctx)) {
    for (const participant of present) {
      const who = readIdentity(participant.identity);
      const connection = connectionOf(ctx, participant, 0);
      if (who && connection) await trackVirtualAttendee(ctx, room.gatheringId, who.personId, "join", connection);
    }
    await closeLost(ctx, room, new Set(present.map(({ sid }) => sid)));
    if (present.length > 0) {
      await enforce(ctx, { gatheringId: room.gatheringId });
      await closeAtEngine(ctx, room.gatheringId);
    }
  }
}

/** Notes that whoever is there is alive: what a crash takes from a ledger is the time since then. */
export async function noteLife(ctx: Ctx): Promise<void> {
  for await (const { present } of whoIsThere(ctx)) {
    await repo.noteLife(
      ctx.db,
      present.map(({ sid }) => sid),
      ctx.now(),
    );
  }
}

/** Room by room who is connected, as long as the engine answers. */
async function* whoIsThere(ctx: Ctx) {
  for (const room of await listLivelyRooms(ctx.db)) {
    let present: Participant[];
    try {
      present = await new LiveKit(ctx.gateways.media).participants(room.id);
    } catch (error) {
      if (error instanceof EngineAway) return;
      throw error;
    }
    yield { room, present };
  }
}

function closeLost(ctx: Ctx, room: { id: string; gatheringId: string }, present: ReadonlySet<string>): Promise<void> {
  return inTx(ctx, async (tctx) => {
    const now = ctx.now();
    await lockRoom(tctx.db, { id: room.id, gatheringId: room.gatheringId, now });
    // A visit that was noted a moment ago may be too new for the list that was asked for before it.
    const open = await repo.listOpenVisits(tctx.db, room.id, new Date(now.getTime() - freshMs));
    const lost = open.filter(({ sid }) => !present.has(sid));
    await repo.closeVisits(
      tctx.db,
      lost.map(({ sid }) => sid),
    );
    for (const personId of new Set(lost.map((visit) => visit.personId))) {
      await tellPresence(tctx, room.gatheringId, personId, true);
    }
  });
}

import { randomUUIDv7 } from "node:crypto";
import { type Lobby, lobby, type RoomView, roomState } from "#contract/rooms.ts";

import { enter, refusal } from "#server/modules/access/service.ts";
import { askRoomDoors, mayKeepOrder } from "#server/modules/rooms/policy.ts";
import * as repo from "#server/modules/rooms/repo/members.ts";
import { lockRoom } from "#server/modules/rooms/repo/rooms.ts";
import { viewRoom, waitingSince } from "#server/modules/rooms/service/doors.ts";
import { say } from "#server/platform/channels.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/**
 * Asks to be let into a room that has a waiting room; where one may go in already, it changes nothing.
 *
 * Whoever knocks waits for a minute from their last knock: who has gone without a word stands before no door.
 */
export async function knock(ctx: Ctx, gatheringId: string): Promise<RoomView> {
  const asked = await askRoomDoors(ctx, gatheringId);
  if (!asked?.page.allowed) throw new Problem("gathering.not_found");
  const { room: door, known } = asked;
  if (!door.allowed && door.because !== "access.lobby_waiting") throw refusal(door);
  const { personId } = known;
  if (!door.allowed && personId) {
    await inTx(ctx, async (tctx) => {
      const now = tctx.now();
      const { id: roomId } = await lockRoom(tctx.db, { id: randomUUIDv7(), gatheringId, now });
      const before = await repo.findMember(tctx.db, roomId, personId);
      // A host may have answered meanwhile.
      if (before && before.admission !== "waiting") return;
      const muted = before?.muted ?? false;
      await repo.setMember(tctx.db, { roomId, personId, admission: "waiting", muted, by: null, now });
      const isNew = !before || before.updatedAt <= waitingSince(ctx);
      if (isNew) await say(tctx, lobby, { gatheringId }, "changed", {});
    });
  }
  return viewRoom(ctx, gatheringId);
}

/** Waits no longer; who does not wait changes nothing. */
export async function leaveLobby(ctx: Ctx, gatheringId: string): Promise<void> {
  const { personId } = await enter(ctx, gatheringId, "foyer");
  if (!personId) return;
  await inTx(ctx, async (tctx) => {
    const wasThere = await repo.stopWaiting(tctx.db, gatheringId, personId);
    if (wasThere) await say(tctx, lobby, { gatheringId }, "changed", {});
  });
}

/** Who waits before the room, for those who let people in. */
export async function listLobby(ctx: Ctx, gatheringId: string): Promise<Lobby> {
  if (!(await mayKeepOrder(ctx, gatheringId))) throw new Problem("auth.forbidden");
  return { items: await repo.listWaiting(ctx.db, gatheringId, waitingSince(ctx)), nextCursor: null };
}

/** Tells whoever waited, and all who might have answered too, that they were answered. */
export async function tellAnswer(tctx: TxCtx, about: { gatheringId: string; personId: string }): Promise<void> {
  const { gatheringId, personId } = about;
  await say(tctx, lobby, { gatheringId }, "changed", {});
  await say(tctx, roomState, { gatheringId }, "answered", { personId });
}

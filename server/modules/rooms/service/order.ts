import { randomUUIDv7 } from "node:crypto";

import type { RoomPerson } from "#contract/rooms.ts";
import { EngineAway, LiveKit, type Permissions } from "#server/gateways/livekit.ts";
import { rightChanged } from "#server/modules/access/facts.ts";
import * as audit from "#server/modules/audit/service.ts";
import { sweepDue } from "#server/modules/rooms/facts.ts";
import { mayKeepOrder, mayRunRoom, personMay } from "#server/modules/rooms/policy.ts";
import * as repo from "#server/modules/rooms/repo/members.ts";
import { findGathering, listOpenRoomsOf, lockRoom } from "#server/modules/rooms/repo/rooms.ts";
import { endEventConference, startEventConference } from "#server/modules/rooms/service/conference.ts";
import { listLobby, tellAnswer } from "#server/modules/rooms/service/lobby.ts";
import { personOf, readIdentity, tellPerson } from "#server/modules/rooms/service/visits.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { later, record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

interface About {
  gatheringId: string;
  personId: string;
}

/** Takes the microphone from somebody until it is given back; it holds on all of their devices and after coming again. */
export async function mute(ctx: Ctx, about: About, muted: boolean): Promise<RoomPerson> {
  await assertKeepsOrder(ctx, about.gatheringId);
  const person = await decide(ctx, about, muted ? "room.mute" : "room.unmute", (before) => ({
    admission: before?.admission ?? "admitted",
    muted,
  }));
  await enforce(ctx, about);
  return person;
}

/** Ends the screen that somebody shares, on all of their devices. It takes no right away: they may share another. */
export async function stopScreen(ctx: Ctx, about: About): Promise<RoomPerson> {
  await assertKeepsOrder(ctx, about.gatheringId);
  const person = await decide(ctx, about, "room.stop_screen", (before) => ({
    admission: before?.admission ?? "admitted",
    muted: before?.muted ?? false,
  }));
  await enforce(ctx, about, { canShare: false });
  await enforce(ctx, about);
  return person;
}

/** Puts somebody out of the room; a host may let them back in. */
export const remove = (ctx: Ctx, about: About): Promise<RoomPerson> => shutOut(ctx, about, "removed");

/** Shuts somebody out of the whole gathering: its room, its chat, and whatever they connect with. */
export const ban = (ctx: Ctx, about: About): Promise<RoomPerson> => shutOut(ctx, about, "banned");

/** Turns somebody away who waits before the room; a host may let them in all the same. */
export const deny = (ctx: Ctx, about: About): Promise<RoomPerson> => shutOut(ctx, about, "denied");

/** Lets somebody in who waits before the room, or was shut out of it. */
export async function admit(ctx: Ctx, about: About): Promise<RoomPerson> {
  await assertKeepsOrder(ctx, about.gatheringId);
  return decide(ctx, about, "room.admit", (before) => ({ admission: "admitted", muted: before?.muted ?? false }));
}

/** Lets everybody in who waits before the room; what another host has just said to one of them stands. */
export async function admitAll(ctx: Ctx, gatheringId: string): Promise<{ items: RoomPerson[] }> {
  const items: RoomPerson[] = [];
  for (const { personId } of (await listLobby(ctx, gatheringId)).items)
    items.push(
      await decide(ctx, { gatheringId, personId }, "room.admit", (before) =>
        before && before.admission !== "waiting" ? null : { admission: "admitted", muted: before?.muted ?? false },
      ),
    );
  return { items: items.filter(({ isOut }) => isOut === null) };
}

/** Opens the room early, keeps it open, or reopens it. */
export async function start(ctx: Ctx, gatheringId: string) {
  if (!(await mayRunRoom(ctx, gatheringId))) throw new Problem("auth.forbidden");
  const gathering = await findGathering(ctx.db, gatheringId);
  if (!gathering) throw new Problem("gathering.not_found");
  return startEventConference(ctx, gathering, gathering.settings.virtualConfig);
}

/** Ends the room for everybody in it. */
export async function end(ctx: Ctx, gatheringId: string): Promise<{ recordingUrl: string | null }> {
  if (!(await mayRunRoom(ctx, gatheringId))) throw new Problem("auth.forbidden");
  const recordingUrl = await endEventConference(ctx, gatheringId);
  await closeAtEngine(ctx, gatheringId);
  return { recordingUrl };
}

async function assertKeepsOrder(ctx: Ctx, gatheringId: string): Promise<void> {
  if (!(await mayKeepOrder(ctx, gatheringId))) throw new Problem("auth.forbidden");
}

const shutting = { denied: "room.deny", removed: "room.remove", banned: "room.ban" } as const;

async function shutOut(ctx: Ctx, about: About, admission: keyof typeof shutting): Promise<RoomPerson> {
  await assertKeepsOrder(ctx, about.gatheringId);
  const target = await personMay(ctx, about.gatheringId, about.personId, "channel");
  // Hosts are shut out by taking their role away, not by each other's click; nobody shuts themselves out.
  const isHost = target.allowed && target.as === "host";
  const isSelf = ctx.actor.kind === "user" && ctx.actor.personId === about.personId;
  if (isHost || isSelf) throw new Problem("auth.forbidden");
  const person = await decide(ctx, about, shutting[admission], (before) => ({
    admission,
    muted: before?.muted ?? false,
  }));
  await enforce(ctx, about);
  return person;
}

type Decision = Pick<NonNullable<Awaited<ReturnType<typeof repo.findMember>>>, "admission" | "muted">;

function decide(
  ctx: Ctx,
  { gatheringId, personId }: About,
  action: Extract<audit.Action, `room.${string}`>,
  /** Nothing where what was decided before stands. */
  decisionOn: (before: Decision | undefined) => Decision | null,
): Promise<RoomPerson> {
  return inTx(ctx, async (tctx) => {
    const asker = await repo.findAsker(tctx.db, personId, gatheringId);
    const [known] = await repo.listPeople(tctx.db, gatheringId, personId);
    // Only who has something to do with this gathering: a host is no search for strangers.
    if (!asker || (!known && asker.registrationIds.length === 0)) throw new Problem("person.not_found");
    const now = tctx.now();
    const room = await lockRoom(tctx.db, { id: randomUUIDv7(), gatheringId, now });
    const before = await repo.findMember(tctx.db, room.id, personId);
    const decision = decisionOn(before);
    if (decision) {
      const by = tctx.actor.kind === "user" ? tctx.actor.userId : null;
      await repo.setMember(tctx.db, { roomId: room.id, personId, ...decision, by, now });
      await audit.record(
        tctx,
        action,
        { kind: "room", id: room.id },
        { old: before ? { admission: before.admission, muted: before.muted } : {}, new: { personId, ...decision } },
      );
      // The others in the room have not met who waited before it, or was turned away there.
      if (before?.admission === "waiting" || before?.admission === "denied")
        await tellAnswer(tctx, { gatheringId, personId });
      else await tellPerson(tctx, gatheringId, personId);
      if (decision.admission !== (before?.admission ?? "admitted"))
        await record(tctx, rightChanged({ gatheringId, personId }));
      await sweepAgain(tctx, { gatheringId, personId });
    }
    const [row] = await repo.listPeople(tctx.db, gatheringId, personId);
    if (!row) throw new Error("A person who was decided on is not there.");
    return personOf(row);
  });
}

/** A connect that was allowed just before may arrive just after: we look again after one and after three seconds. */
async function sweepAgain(tctx: TxCtx, about: About): Promise<void> {
  for (const seconds of [1, 3]) {
    const key = `room/sweep/${about.gatheringId}/${about.personId}/${seconds}`;
    await later(tctx, key, new Date(tctx.now().getTime() + seconds * 1000), sweepDue(about));
  }
}

/**
 * Makes the engine agree with what was decided: whoever may not be in the room is put out of it, whoever is muted has no
 * microphone. All of the people there, or one of them with every device. Left for later when the engine is away.
 */
export async function enforce(
  ctx: Ctx,
  about: { gatheringId: string; personId?: string },
  forNow: Pick<Permissions, "canShare"> = {},
): Promise<void> {
  const gathering = await findGathering(ctx.db, about.gatheringId);
  if (!gathering?.roomId) return;
  const engine = new LiveKit(ctx.gateways.media);
  try {
    for (const { identity } of await engine.participants(gathering.roomId)) {
      const who = readIdentity(identity);
      if (!who || (about.personId && who.personId !== about.personId)) continue;
      const answer = await personMay(ctx, about.gatheringId, who.personId, "room");
      if (!answer.allowed) await engine.remove(gathering.roomId, identity);
      else {
        const member = await repo.findMember(ctx.db, gathering.roomId, who.personId);
        if (member) await engine.permit(gathering.roomId, identity, { canSpeak: !member.muted, ...forNow });
      }
    }
  } catch (error) {
    if (!(error instanceof EngineAway)) throw error;
  }
}

/** The same for one person in every open room that they could be in, now and a moment later. */
export async function enforceEverywhere(ctx: Ctx, personId: string): Promise<void> {
  for (const gatheringId of await listOpenRoomsOf(ctx.db, personId)) {
    await inTx(ctx, (tctx) => sweepAgain(tctx, { gatheringId, personId }));
    await enforce(ctx, { gatheringId, personId });
  }
}

/** Sends everybody away at the engine; what it cannot be told now, the ledger's routine tells it. */
export async function closeAtEngine(ctx: Ctx, gatheringId: string): Promise<void> {
  const gathering = await findGathering(ctx.db, gatheringId);
  if (!gathering?.roomId || gathering.roomStatus === "open") return;
  try {
    await new LiveKit(ctx.gateways.media).closeRoom(gathering.roomId);
  } catch (error) {
    if (!(error instanceof EngineAway)) throw error;
  }
}

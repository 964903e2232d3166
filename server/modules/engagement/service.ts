import { randomUUIDv7 } from "node:crypto";

import { channelName } from "#contract/channel.ts";
import { chat, type Message } from "#contract/engagement.ts";
import { enter } from "#server/modules/access/service.ts";
import * as audit from "#server/modules/audit/service.ts";
import * as repo from "#server/modules/engagement/repo.ts";
import { blot, blotPerson, seqOf, say as tell } from "#server/platform/channels.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { countTry } from "#server/platform/limits.ts";
import { Problem } from "#server/platform/problem.ts";
import { say as words } from "#server/platform/words.ts";

const messagesPerMinute = 30;

/** Whoever belongs to a gathering takes part in its chat, unless it is switched off. */
async function takePart(ctx: Ctx, gatheringId: string, door: "channel" | "foyer" = "channel") {
  const known = await enter(ctx, gatheringId, door);
  if (!(await repo.isChatOn(ctx.db, gatheringId))) throw new Problem("chat.off");
  if (!known.personId) throw new Problem("access.registration_needed");
  return { ...known, personId: known.personId };
}

/** As above, for who wants to be heard: somebody who was put out of the room, or turned away, may read on, no more. */
async function takeFloor(ctx: Ctx, gatheringId: string) {
  const known = await takePart(ctx, gatheringId);
  const { lobby } = known.question.standing;
  if (lobby === "removed") throw new Problem("room.removed");
  if (lobby === "denied") throw new Problem("access.lobby_denied");
  await countTry(ctx, `chat ${known.personId}`, messagesPerMinute);
  return known;
}

/**
 * Says something in the chat of a gathering; everybody there hears it in the same order.
 *
 * Sent again under the same mark, as after a cut, it is said once.
 */
export async function say(ctx: Ctx, gatheringId: string, input: { text: string; nonce?: string }): Promise<Message> {
  const { personId, displayName, as } = await takeFloor(ctx, gatheringId);
  const message = {
    id: input.nonce ?? randomUUIDv7(),
    personId,
    displayName: displayName ?? (await repo.findName(ctx.db, personId)),
    text: input.text,
  };
  const at = ctx.now();
  const channel = channelName(chat.name, { gatheringId });
  try {
    const seq = await inTx(ctx, async (tctx) => {
      const said = { ...message, as, at: at.toISOString(), editedAt: null, deletedAt: null };
      const number = await tell(tctx, chat, { gatheringId }, "said", said);
      const row = { ...message, gatheringId, channel, seq: number, role: as, createdAt: at };
      if (!(await repo.insertMessage(tctx.db, row))) throw new SaidBefore();
      return number;
    });
    return messageOf({ ...message, seq, role: as, createdAt: at, editedAt: null, deletedAt: null });
  } catch (error) {
    if (!(error instanceof SaidBefore)) throw error;
    const before = await repo.findMessage(ctx.db, gatheringId, message.id);
    if (before?.personId === personId) return messageOf(before);
    throw new Problem("request.invalid", { fields: [{ at: "body.nonce", code: "taken" }] });
  }
}

/** Takes the transaction back: the message is there already. */
class SaidBefore extends Error {}

/** Changes one's own words; what they were is nowhere kept. */
export async function edit(ctx: Ctx, gatheringId: string, id: string, text: string): Promise<Message> {
  const { personId } = await takeFloor(ctx, gatheringId);
  return inTx(ctx, async (tctx) => {
    const message = await repo.lockMessage(tctx.db, gatheringId, id);
    if (!message || message.deletedAt) throw new Problem("message.not_found");
    if (message.personId !== personId) throw new Problem("auth.forbidden");
    const editedAt = tctx.now();
    await repo.updateText(tctx.db, id, text, editedAt);
    await blot(tctx, chat, { gatheringId }, { id, since: message.seq, over: { text } });
    await tell(tctx, chat, { gatheringId }, "edited", { id, text, editedAt: editedAt.toISOString() });
    return messageOf({ ...message, text, editedAt });
  });
}

/** Deletes one's own words, or as a host anybody's: from the list, and from the history of the channel. */
export async function remove(ctx: Ctx, gatheringId: string, id: string): Promise<void> {
  // Nobody has to accept anything first to take back what they said.
  const { personId, as } = await takePart(ctx, gatheringId, "foyer");
  await inTx(ctx, async (tctx) => {
    const message = await repo.lockMessage(tctx.db, gatheringId, id);
    if (!message) throw new Problem("message.not_found");
    const isOwn = message.personId === personId;
    if (!isOwn && as !== "host" && as !== "moderator") throw new Problem("auth.forbidden");
    if (message.deletedAt) return;
    const deletedAt = tctx.now();
    await repo.emptyMessage(tctx.db, id, personId, deletedAt);
    await blot(tctx, chat, { gatheringId }, { id, since: message.seq, over: { text: "" } });
    await tell(tctx, chat, { gatheringId }, "deleted", { id, deletedAt: deletedAt.toISOString() });
    if (!isOwn)
      await audit.record(tctx, "message.delete", { kind: "message", id }, { old: { personId: message.personId } });
  });
}

/** What was said, newest first, and the number from which the channel goes on. */
export async function listMessages(ctx: Ctx, gatheringId: string, page: { limit: number; cursor?: string }) {
  await takePart(ctx, gatheringId);
  const before = page.cursor === undefined ? null : Number(page.cursor);
  if (before !== null && !Number.isSafeInteger(before)) {
    throw new Problem("request.invalid", {
      fields: [{ at: "query.cursor", code: "cursor" }],
    });
  }
  const channel = channelName(chat.name, { gatheringId });
  // Read before the messages: what comes after it on the channel can only repeat what this list knows.
  const seq = await seqOf(ctx.db, channel);
  const rows = await repo.listMessages(ctx.db, { channel, before, limit: page.limit + 1 });
  const items = rows.slice(0, page.limit).map(messageOf);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > page.limit && last ? String(last.seq) : null, seq };
}

const messageOf = ({ role, createdAt, editedAt, deletedAt, ...message }: repo.MessageRow): Message => ({
  ...message,
  as: role as Message["as"],
  at: createdAt.toISOString(),
  editedAt: editedAt?.toISOString() ?? null,
  deletedAt: deletedAt?.toISOString() ?? null,
});

/** Whether the caller may listen to the chat. */
export const mayListen = (ctx: Ctx, gatheringId: string): Promise<boolean> =>
  takePart(ctx, gatheringId).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Problem) return false;
      throw error;
    },
  );

/** Takes the name of somebody who is gone from all they said; the words stay as long as the event's. */
export function forgetPerson(ctx: Ctx, personId: string): Promise<void> {
  const displayName = words(ctx.locale, "privacy.nameless");
  return inTx(ctx, async (tctx) => {
    const channels = await repo.erasePerson(tctx.db, personId, displayName);
    await blotPerson(tctx, channels, { personId, over: { displayName } });
  });
}

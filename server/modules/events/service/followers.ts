import { followedLetter } from "#server/modules/events/emails/followed.ts";
import * as repo from "#server/modules/events/repo/event.ts";
import { listFollowers } from "#server/modules/events/repo/follower.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { post, unsubscribeLink } from "#server/platform/letters.ts";

const mostAtOnce = 500;

/** Writes to those who follow an event's organizer and want such letters, each once, if anybody may find it and it is still to come. */
export async function tellFollowers(ctx: Ctx, eventId: string): Promise<void> {
  const event = await repo.findView(ctx.db, eventId, { now: ctx.now() });
  if (event?.status !== "published" || event.visibility !== "public") return;
  const { startTime, endTime, organizerId } = event;
  if (!startTime || !endTime || endTime <= ctx.now()) return;
  const { publicUrl } = ctx.settings;
  for (let after: string | null = null; ; ) {
    const part = await listFollowers(ctx.db, { organizerId, after, limit: mostAtOnce });
    await inTx(ctx, async (tctx) => {
      for (const follower of part) {
        const stopUrl = unsubscribeLink(tctx, follower.personId, "following");
        const letter = followedLetter({ follower, event: { ...event, startTime, endTime }, publicUrl, stopUrl });
        const key = `event-followed/${eventId}/${follower.id}`;
        await post(tctx, letter, { key, lane: "bulk", topic: "following" });
      }
    });
    after = part.at(-1)?.id ?? null;
    if (part.length < mostAtOnce) return;
  }
}

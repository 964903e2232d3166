import { followedLetter } from "#server/modules/events/emails/followed.ts";
import * as repo from "#server/modules/events/repo/event.ts";
import { listFollowers } from "#server/modules/events/repo/follower.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { post } from "#server/platform/letters.ts";
import { linkToken } from "#server/platform/links.ts";

const mostAtOnce = 500;

/** Writes to those who follow an event's organizer, each once, if anybody may find it and it is still to come. */
export async function tellFollowers(ctx: Ctx, eventId: string): Promise<void> {
  const event = await repo.findView(ctx.db, eventId, { now: ctx.now() });
  if (event?.status !== "published" || event.visibility !== "public") return;
  const { startTime, endTime, organizerId } = event;
  if (!startTime || !endTime || endTime <= ctx.now()) return;
  const { publicUrl, secrets } = ctx.settings;
  for (let after: string | null = null; ; ) {
    const part = await listFollowers(ctx.db, { organizerId, after, limit: mostAtOnce });
    await inTx(ctx, async (tctx) => {
      for (const follower of part) {
        const token = linkToken(secrets.links, { kind: "follow", id: follower.followId, version: 1 });
        const stopUrl = `${publicUrl}/unfollow/${token}`;
        const letter = followedLetter({ follower, event: { ...event, startTime, endTime }, publicUrl, stopUrl });
        await post(tctx, letter, { key: `event-followed/${eventId}/${follower.id}`, lane: "bulk" });
      }
    });
    after = part.at(-1)?.id ?? null;
    if (part.length < mostAtOnce) return;
  }
}

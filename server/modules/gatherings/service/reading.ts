import { may } from "#server/modules/access/service.ts";
import { icsWriter } from "#server/modules/gatherings/calendar.ts";
import type { Gathering } from "#server/modules/gatherings/repo/gatherings.ts";
import * as repo from "#server/modules/gatherings/repo/gatherings.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

export { icsForAll, icsWriter } from "#server/modules/gatherings/calendar.ts";
export {
  type Gathering,
  meantFirst,
  nameOf,
  type Own,
  overAt,
  placeOf,
  type Telling,
} from "#server/modules/gatherings/repo/gatherings.ts";

/**
 * Says which gathering a path means: the named occurrence of an event, given by id or slug; when none is named, the one
 * that is on, else the next, else the last.
 *
 * Does not ask whether the caller may know of it: the door is for `access`.
 */
export async function pick(ctx: Ctx | TxCtx, source: string, occurrenceId?: string): Promise<Gathering> {
  if (occurrenceId === undefined) {
    const meant = await repo.findMeant(ctx.db, source, ctx.now());
    if (!meant) throw new Problem("event.not_found");
    return meant;
  }
  const named = await repo.findOfSource(ctx.db, source, occurrenceId);
  if (!named) throw new Problem("gathering.not_found");
  return named;
}

export async function get(ctx: Ctx | TxCtx, gatheringId: string): Promise<Gathering> {
  const gathering = await repo.find(ctx.db, gatheringId);
  if (!gathering) throw new Problem("gathering.not_found");
  return gathering;
}

/** Whether it is over: at its end, or as soon as a host ended the room that is all there is of it. */
export const isOver = async (ctx: Ctx | TxCtx, gatheringId: string): Promise<boolean> =>
  (await repo.listOver(ctx.db, [gatheringId], ctx.now())).length > 0;

/** The gatherings of a source that people may still come to, with what only they allow. */
export const listComing = (ctx: Ctx | TxCtx, sourceId: string): Promise<{ id: string; ownCapacity: number | null }[]> =>
  repo.listComing(ctx.db, sourceId, ctx.now());

/** The calendar file of an event for whoever may see its page; what has no time yet has none. */
export async function calendar(ctx: Ctx, source: string, occurrenceId?: string): Promise<string> {
  const gathering = await pick(ctx, source, occurrenceId);
  const answer = await may(ctx, gathering.id, "page");
  if (!answer.allowed || !gathering.startTime) throw new Problem("event.not_found");
  ctx.reply.header("content-disposition", 'attachment; filename="event.ics"');
  return (await icsWriter(ctx, gathering))();
}

/** What is to come that only this account runs: of organizers that would have no owner without it. The soonest first. */
export async function upcomingOf(ctx: Ctx | TxCtx, userId: string) {
  const rows = await repo.listBound(ctx.db, userId, ctx.now());
  return rows.map(({ startTime, ...row }) => ({ ...row, startTime: startTime.toISOString() }));
}

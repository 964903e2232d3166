import type { OwnPlacesQuery } from "#contract/own-places.ts";
import type { OwnBooking } from "#contract/scheduling-bookings.ts";
import { listPartiesOf } from "#server/modules/scheduling/repo/bookings.ts";
import { ownBookingsOf } from "#server/modules/scheduling/service/booking-views.ts";
import { membersOf } from "#server/modules/scheduling/service/managing.ts";
import { type Ctx, userOf } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";

/**
 * What was booked with the address that the caller's account has verified; what is to come soonest first, else the
 * newest first. Links that this browser has opened make nothing anybody's own.
 */
export async function listOwn(
  ctx: Ctx,
  { when, before, limit, cursor }: OwnPlacesQuery,
): Promise<{ items: OwnBooking[]; nextCursor: string | null }> {
  const [at = "", id = ""] = cursor === undefined ? [] : readCursor(cursor, ["instant", "id"]);
  const after = cursor === undefined ? null : { at, id };
  const filter = { when, before: before ? new Date(before) : null, after, limit: limit + 1, now: ctx.now() };
  const parties = await listPartiesOf(ctx.db, userOf(ctx).personId, filter);
  const shown = parties.slice(0, limit);
  const last = parties.length > limit ? shown.at(-1) : undefined;
  const ids = shown.map((party) => party.id);
  const members = new Map((await membersOf(ctx, ids)).map((member) => [member.party.id, member]));
  return {
    items: await ownBookingsOf(
      ctx,
      ids.flatMap((one) => members.get(one) ?? []),
    ),
    nextCursor: last ? writeCursor([last.startTime.toISOString(), last.id]) : null,
  };
}

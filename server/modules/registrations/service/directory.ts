import { enter } from "#server/modules/access/service.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { pick } from "#server/modules/gatherings/service/reading.ts";
import * as repo from "#server/modules/registrations/repo/directory.ts";
import { cursorOf, findFor, getDetail, readCursor } from "#server/modules/registrations/service/views.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** Those who want to be seen by the others, for whoever belongs there: names that they chose, and nothing else. */
export async function listAttendees(
  ctx: Ctx,
  source: string,
  { occurrence_id, limit, cursor }: { occurrence_id?: string; limit: number; cursor?: string },
) {
  const gathering = await pick(ctx, source, occurrence_id);
  const known = await enter(ctx, gathering.id, "foyer");
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await repo.listListed(ctx.db, gathering.id, { after, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map(({ id, displayName }) => ({ displayName, isMe: id === known.registrationId })),
    nextCursor: last ? cursorOf(last.since, last.id) : null,
    count: await repo.countListed(ctx.db, gathering.id),
  };
}

/** Lets the others see somebody, or no longer: from the next look on. Theirs alone to say, not the team's. */
export async function setListing(
  ctx: Ctx,
  id: string,
  listing: { isListed: boolean; displayName?: string },
): Promise<{ isListed: boolean; displayName: string }> {
  const { row } = await findFor(ctx, id, async () => false);
  if (row.personId === null || (listing.isListed && row.status !== "confirmed"))
    throw new Problem("registration.wrong_status", { registrationStatus: row.status });
  await inTx(ctx, async (tctx) => {
    await repo.setListing(tctx.db, id, listing, tctx.now());
    const { isListed } = listing;
    await audit(
      tctx,
      "registration.listing",
      { kind: "registration", id },
      { old: { isListed: row.isListed }, new: { isListed } },
    );
  });
  return (await getDetail(ctx, id)).listing;
}

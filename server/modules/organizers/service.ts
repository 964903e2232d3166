import { randomBytes, randomUUIDv7 } from "node:crypto";

import { slugFrom } from "#domain/events/slug.ts";
import { hueOf } from "#domain/look/tone.ts";
import * as audit from "#server/modules/audit/service.ts";
import * as repo from "#server/modules/organizers/repo.ts";
import { type Ctx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

export type { Membership } from "#server/modules/organizers/repo.ts";

/** The organizers that the caller belongs to, the one last used first. */
export const listMine = (ctx: Ctx): Promise<repo.Membership[]> => repo.listOfMember(ctx.db, userOf(ctx).userId);

/**
 * Says for which organizer the caller works: the named one, else the one last used. Whoever has none gets one by itself,
 * the first time; however often they begin at once, it is the same.
 */
export async function workFor(tctx: TxCtx, organizerId?: string): Promise<repo.Membership> {
  const { userId } = userOf(tctx);
  const mine = await repo.listOfMember(tctx.db, userId);
  const one = organizerId === undefined ? mine[0] : mine.find(({ id }) => id === organizerId);
  if (one) {
    await repo.touchMember(tctx.db, one.id, userId, tctx.now());
    return one;
  }
  if (organizerId !== undefined) throw new Problem("organizer.not_found");
  return makePersonal(tctx);
}

async function makePersonal(tctx: TxCtx): Promise<repo.Membership> {
  const { userId } = userOf(tctx);
  const { name, timeZone } = await repo.findUser(tctx.db, userId);
  const id = randomUUIDv7();
  const base = slugFrom(name, "host");
  for (const slug of [base, `${base}-${randomBytes(3).toString("hex")}`]) {
    const one = { id, slug, name, hue: hueOf(id), timeZone };
    if (!(await repo.insertPersonal(tctx.db, { ...one, userId, now: tctx.now() }))) continue;
    await repo.insertMember(tctx.db, { organizerId: id, userId, role: "owner", now: tctx.now() });
    await audit.record(tctx, "organizer.made", { kind: "organizer", id });
    return { ...one, role: "owner" };
  }
  // Another request of the same account was faster; ours waited for it to commit.
  const [made] = await repo.listOfMember(tctx.db, userId);
  if (!made) throw new Error("An account has neither got an organizer nor one already.");
  return made;
}

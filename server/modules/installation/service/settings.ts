import type { InstallationChange, InstallationSettings } from "#contract/installation.ts";
import * as audit from "#server/modules/audit/service.ts";
import * as repo from "#server/modules/installation/repo.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { findSettings } from "#server/platform/house.ts";
import { Problem } from "#server/platform/problem.ts";

/** There is one installation; the log knows it by this. */
export const subject = { kind: "installation", id: "00000000-0000-7000-8000-000000000000" } as const;

/** What the people who run this installation decided. */
export const getSettings = (ctx: Pick<Ctx | TxCtx, "db">): Promise<InstallationSettings> => findSettings(ctx.db);

/** Changes settings; what is left out stays. */
export function changeSettings(ctx: Ctx, change: InstallationChange): Promise<InstallationSettings> {
  // Nobody shall rely on limits that do not hold yet.
  if (change.plans === "tiers") {
    throw new Problem("feature.later", { fields: [{ at: "body.plans", code: "later" }] });
  }
  return inTx(ctx, async (tctx) => {
    await repo.lockSettings(tctx.db);
    const before = await getSettings(tctx);
    const after = { ...before, ...change };
    await repo.writeSettings(tctx.db, after, tctx.now());
    await audit.record(tctx, "installation.changed", subject, { old: before, new: after });
    return after;
  });
}

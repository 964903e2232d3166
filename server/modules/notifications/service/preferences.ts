import type { Preferences, WishesInput } from "#contract/notifications.ts";
import { isFixed, topics, ways, wishesOf } from "#domain/notifications/topics.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import * as repo from "#server/modules/notifications/repo/mutes.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

const fixed = topics.flatMap((topic) => ways.filter((way) => isFixed(topic, way)).map((way) => ({ topic, way })));

/** How somebody is told of what. */
async function preferencesOf({ db }: Pick<Ctx | TxCtx, "db">, personId: string): Promise<Preferences> {
  return { wishes: wishesOf(await repo.listMutes(db, personId)), fixed };
}

export const getPreferences = (ctx: Ctx): Promise<Preferences> => preferencesOf(ctx, userOf(ctx).personId);

/** Switches off, or on again, how the account that asks is told of topics; what is left out stays as it is. */
export function prefer(ctx: Ctx, input: WishesInput): Promise<Preferences> {
  const { userId, personId } = userOf(ctx);
  const wishes = topics.flatMap((topic) =>
    ways.flatMap((way) => {
      const isTold = input[topic]?.[way];
      return isTold === undefined ? [] : [{ topic, way, isTold }];
    }),
  );
  if (wishes.some(({ topic, way, isTold }) => !isTold && isFixed(topic, way))) throw new Problem("notification.fixed");
  return inTx(ctx, async (tctx) => {
    if (wishes.length > 0) {
      await repo.setMutes(tctx.db, personId, wishes, tctx.now());
      await audit(tctx, "notification.preferred", { kind: "user", id: userId }, { new: input });
    }
    return preferencesOf(tctx, personId);
  });
}

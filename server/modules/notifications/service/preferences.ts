import type { LetterWishes, Preferences, WishesInput } from "#contract/notifications.ts";
import { isFixed, isTold, type Topic, topics, ways, wishesOf } from "#domain/notifications/topics.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import * as repo from "#server/modules/notifications/repo/mutes.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { readLinkToken } from "#server/platform/links.ts";
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

/** Whose letters a link is about: of a living link only, and of a mailbox that is still somebody's. */
async function readerOf(ctx: Ctx, token: string): Promise<{ personId: string; email: string }> {
  const link = readLinkToken(ctx.settings.secrets.links, token);
  const email = link?.kind === "unsubscribe" ? await repo.findEmail(ctx.db, link.id) : undefined;
  if (!link || !email) throw new Problem("auth.link_invalid");
  return { personId: link.id, email };
}

/** Shows which letters an address gets. */
export async function openWishes(ctx: Ctx, token: string): Promise<LetterWishes> {
  const { personId, email } = await readerOf(ctx, token);
  const mutes = await repo.listMutes(ctx.db, personId);
  const open = topics.filter((topic) => !isFixed(topic, "letter"));
  return { email, topics: open.map((topic) => ({ topic, isTold: isTold(mutes, topic, "letter") })) };
}

/** Stops the letters about a topic, or has them again; for who holds one of them, signed in or not. */
export async function setWish(ctx: Ctx, wish: { token: string; topic: Topic; isTold: boolean }): Promise<LetterWishes> {
  const { token, topic } = wish;
  const { personId } = await readerOf(ctx, token);
  if (isFixed(topic, "letter")) throw new Problem("notification.fixed");
  await inTx(ctx, async (tctx) => {
    await repo.setMutes(tctx.db, personId, [{ topic, way: "letter", isTold: wish.isTold }], tctx.now());
    const change = { new: { topic, letter: wish.isTold } };
    await audit(tctx, "notification.preferred", { kind: "person", id: personId }, change);
  });
  return openWishes(ctx, token);
}

/** Forgets what somebody who is gone was told, and did not want to be told. */
export const forgetPerson = (ctx: Ctx, { personId, userId }: { personId: string; userId?: string }): Promise<void> =>
  repo.erasePerson(ctx.db, personId, userId ?? null);

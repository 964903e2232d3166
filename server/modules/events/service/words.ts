import { deleteUnsaid, findUnsaid } from "#server/modules/events/repo/listed-words.ts";
import type { Ctx } from "#server/platform/ctx.ts";

const atOnce = 2000;

/** Forgets the words that no listed event says any more, so that none of them is offered for one that was mistyped. */
export async function forgetWords({ db }: Ctx): Promise<void> {
  let after = "";
  for (let found = await findUnsaid(db, after, atOnce); found; found = await findUnsaid(db, after, atOnce)) {
    if (found.unsaid.length > 0) await deleteUnsaid(db, found.unsaid);
    after = found.last;
  }
}

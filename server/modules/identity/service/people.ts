import { type PersonRow, upsertPeople } from "#server/modules/identity/repo/people.ts";
import type { TxCtx } from "#server/platform/ctx.ts";

export { invitationsCookie } from "#server/modules/identity/sessions.ts";

/** Somebody behind an address, with the account that has verified it, if any. */
export type Person = PersonRow;

/** Knows people by their addresses from now on; returns them by address. A name that is known already stays. */
export async function knowPeople(
  tctx: TxCtx,
  people: readonly { email: string; name: string }[],
): Promise<Map<string, Person>> {
  if (people.length === 0) return new Map();
  const found = await upsertPeople(tctx.db, people, tctx.now());
  return new Map(found.map((person) => [person.email, person]));
}

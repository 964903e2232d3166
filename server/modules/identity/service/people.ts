import { randomUUIDv7 } from "node:crypto";

import { findPeople, type PersonRow, upsertPeople } from "#server/modules/identity/repo/people.ts";
import type { TxCtx } from "#server/platform/ctx.ts";

export { invitationsCookie } from "#server/modules/identity/sessions.ts";

/** Somebody behind an address, with the account that has verified it, if any. */
export type Person = PersonRow;

/**
 * Finds people by their addresses, and makes none. Whom nobody has named before has an id already, which `knowPeople` makes
 * theirs unless somebody else was faster.
 */
export async function meetPeople(tctx: TxCtx, emails: readonly string[]): Promise<Map<string, Person>> {
  const found = new Map((await findPeople(tctx.db, emails)).map((person) => [person.email, person]));
  const stranger = (email: string): Person => ({ id: randomUUIDv7(), email, userId: null, isBanned: false });
  return new Map([...new Set(emails)].map((email) => [email, found.get(email) ?? stranger(email)]));
}

/** Knows people by their addresses from now on; returns them by address. A name that is known already stays. */
export async function knowPeople(
  tctx: TxCtx,
  people: readonly { id?: string; email: string; name: string }[],
): Promise<Map<string, Person>> {
  if (people.length === 0) return new Map();
  const found = await upsertPeople(tctx.db, people, tctx.now());
  return new Map(found.map((person) => [person.email, person]));
}

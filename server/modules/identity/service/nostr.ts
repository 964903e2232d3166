import type { NostrKey } from "#contract/nostr.ts";
import type { RawBody } from "#contract/route.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { npubOf, readProof } from "#server/modules/identity/nostr.ts";
import * as accounts from "#server/modules/identity/repo/accounts.ts";
import * as repo from "#server/modules/identity/repo/nostr.ts";
import { needConfirmed } from "#server/modules/identity/service/confirming.ts";
import { type Entered, enter, letIn } from "#server/modules/identity/service/entering.ts";
import { tellOwner } from "#server/modules/identity/service/telling.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/**
 * Signs in with a linked Nostr key; a second factor is asked for as after a password.
 *
 * A key that opens nothing and one that was not shown as it should be get the same answer.
 */
export async function signInByKey(ctx: Ctx, raw: RawBody, wish: { token?: string }): Promise<Entered> {
  const search = wish.token === undefined ? "" : `?token=${wish.token}`;
  const pubkey = await prove(ctx, raw, { method: "POST", path: `/auth/nostr${search}` });
  const userId = await repo.findByKey(ctx.db, pubkey);
  const account = userId && (await accounts.findEntrant(ctx.db, userId));
  if (!account) throw new Problem("nostr.refused");
  return letIn(ctx, (tctx) => enter(tctx, account, { by: "nostr" }));
}

/** Lets a Nostr key open the account that asks, instead of the one before; not one that opens another account. */
export async function linkKey(ctx: Ctx, raw: RawBody): Promise<NostrKey> {
  const { userId } = await needConfirmed(ctx);
  const pubkey = await prove(ctx, raw, { method: "PUT", path: "/me/nostr-key" });
  await inTx(ctx, async (tctx) => {
    await repo.holdKey(tctx.db, pubkey);
    const owner = await repo.findByKey(tctx.db, pubkey);
    if (owner === userId) return;
    // Whose it is, is nobody else's business.
    if (owner !== undefined) throw new Problem("nostr.refused");
    await repo.updateKey(tctx.db, userId, pubkey, tctx.now());
    await audit(tctx, "identity.key_linked", { kind: "user", id: userId });
    await tell(tctx, userId, "keyLinked", pubkey);
  });
  return { npub: npubOf(pubkey) };
}

/** Unlinks the Nostr key of the account that asks; it opens nothing here any more. */
export async function unlinkKey(ctx: Ctx): Promise<void> {
  const { userId } = await needConfirmed(ctx);
  await inTx(ctx, async (tctx) => {
    const pubkey = await repo.findKey(tctx.db, userId);
    if (pubkey === undefined) throw new Problem("nostr.not_found");
    await repo.updateKey(tctx.db, userId, null, tctx.now());
    await audit(tctx, "identity.key_unlinked", { kind: "user", id: userId });
    await tell(tctx, userId, "keyUnlinked", pubkey);
  });
}

/** The key that this request is signed with; the same signature is not taken twice. */
async function prove(ctx: Ctx, raw: RawBody, { method, path }: { method: string; path: string }): Promise<string> {
  // Not the host that was asked: a signature for another house must open nothing here.
  const urls = ["/api/v1", "/api"].map((base) => ctx.settings.publicUrl + base + path);
  const proof = await readProof(raw, { urls, method, now: ctx.now() });
  if (!proof || !(await repo.spendProof(ctx.db, proof))) throw new Problem("nostr.refused");
  return proof.pubkey;
}

async function tell(tctx: TxCtx, userId: string, change: "keyLinked" | "keyUnlinked", pubkey: string): Promise<void> {
  const account = await accounts.findCredentials(tctx.db, userId);
  if (account) await tellOwner(tctx, account, change, { key: `${npubOf(pubkey).slice(0, 16)}…` });
}

import { randomUUIDv7 } from "node:crypto";

import type { LinkedAccount, ProviderEndInput } from "#contract/security.ts";
import { PersonName } from "#contract/values.ts";
import { record as audit, recordOwn } from "#server/modules/audit/service.ts";
import { verified } from "#server/modules/identity/facts.ts";
import { addressOf, type Known, newVerifier, whoCameBack } from "#server/modules/identity/providers.ts";
import * as accounts from "#server/modules/identity/repo/accounts.ts";
import * as repo from "#server/modules/identity/repo/linked-accounts.ts";
import { deleteSignUps } from "#server/modules/identity/repo/sign-ups.ts";
import { needConfirmed } from "#server/modules/identity/service/confirming.ts";
import { type Entered, enter, letIn } from "#server/modules/identity/service/entering.ts";
import { profileOf } from "#server/modules/identity/service/profile.ts";
import { tellOwner } from "#server/modules/identity/service/telling.ts";
import { beginStep, endStep } from "#server/modules/identity/steps.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";
import type { SignInProvider } from "#server/platform/sign-in-providers.ts";

/** The houses whose accounts open accounts here. */
export const listProviders = async ({ settings }: Ctx) => ({
  items: settings.signInProviders.map(({ id, name }) => ({ id, name })),
  nextCursor: null,
});

function providerOf({ settings }: Pick<Ctx, "settings">, id: string): SignInProvider {
  const provider = settings.signInProviders.find((one) => one.id === id);
  if (!provider) throw new Problem("provider.not_found");
  return provider;
}

const redirectUri = ({ settings }: Pick<Ctx, "settings">, id: string) =>
  `${settings.publicUrl}/sign-in/with/${id}/done`;

/** Begins to sign in with an account elsewhere; for who is signed in, to link it. */
export async function beginProvider(ctx: Ctx, id: string, next: string): Promise<{ url: string; step: string }> {
  const provider = providerOf(ctx, id);
  const userId = ctx.actor.kind === "anonymous" ? null : (await needConfirmed(ctx)).userId;
  const verifier = newVerifier();
  const step = await beginStep(ctx, "provider", { userId, provider: id, secret: verifier, next });
  const going = { redirectUri: redirectUri(ctx, id), state: step, verifier };
  const url = await addressOf(provider, going).catch((error: unknown) => refuse(ctx, provider, error));
  return { url, step };
}

/**
 * Ends the way through a house elsewhere.
 *
 * An account is found by what is linked, else by an address that the house there has verified; an address that it has
 * not verified opens nothing and makes nothing.
 */
export async function endProvider(ctx: Ctx, id: string, { search }: ProviderEndInput): Promise<Entered> {
  const provider = providerOf(ctx, id);
  const state = new URLSearchParams(search).get("state") ?? "";
  const step = await endStep(ctx, "provider", state);
  if (step.provider !== id) throw new Problem("auth.link_invalid");
  const going = { redirectUri: redirectUri(ctx, id), state, verifier: step.secret };
  const known = await whoCameBack(provider, search, going).catch((error: unknown) => refuse(ctx, provider, error));
  if (step.userId !== null) return linkMine(ctx, provider, known, { userId: step.userId, next: step.next });
  return letIn(ctx, async (tctx) => {
    const account = await accountFor(tctx, provider, known);
    return enter(tctx, account, { by: "provider", next: step.next });
  });
}

function refuse(ctx: Ctx, { id }: SignInProvider, error: unknown): never {
  ctx.log.warn({ err: error, provider: id }, "a sign-in elsewhere was not answered as it should be");
  throw new Problem("provider.refused");
}

async function linkMine(
  ctx: Ctx,
  provider: SignInProvider,
  known: Known,
  { userId, next }: { userId: string; next: string },
): Promise<Entered> {
  const { actor } = ctx;
  // Whoever began it must be the one who ends it.
  if (actor.kind !== "user" || actor.userId !== userId) throw new Problem("auth.link_invalid");
  return inTx(ctx, async (tctx) => {
    const before = await repo.findLinked(tctx.db, provider.id, known.subject);
    if (before?.userId !== userId) await link(tctx, userId, provider, known);
    return { user: await profileOf(tctx.db, userId), next: next || null, sessionId: actor.sessionId };
  });
}

async function accountFor(tctx: TxCtx, provider: SignInProvider, known: Known) {
  const before = await repo.findLinked(tctx.db, provider.id, known.subject);
  if (before) await repo.touchLinked(tctx.db, before.id, tctx.now());
  const userId = before?.userId ?? (await byAddress(tctx, provider, known));
  const account = await accounts.findEntrant(tctx.db, userId);
  if (!account) throw new Problem("provider.refused");
  return account;
}

async function byAddress(tctx: TxCtx, provider: SignInProvider, known: Known): Promise<string> {
  const email = known.email?.trim().toLowerCase();
  if (!email || !known.isVerified) throw new Problem("provider.unverified");
  const account = await accounts.findByEmail(tctx.db, email);
  const userId = account?.id ?? (await makeAccount(tctx, email, known.name));
  await link(tctx, userId, provider, known);
  return userId;
}

async function makeAccount(tctx: TxCtx, email: string, name: string): Promise<string> {
  const [userId, now] = [randomUUIDv7(), tctx.now()];
  const called = PersonName.safeParse(name.slice(0, 120)).data ?? email.split("@")[0] ?? email;
  const row = { email, name: called, passwordHash: null, locale: tctx.locale, timeZone: "UTC", now };
  if (!(await accounts.insertUser(tctx.db, { ...row, id: userId }))) throw new Problem("provider.refused");
  const personId = await accounts.linkPerson(tctx.db, { ...row, id: randomUUIDv7(), userId });
  await deleteSignUps(tctx.db, email);
  await recordOwn(tctx, "identity.verified", userId);
  await record(tctx, verified({ userId, personId }));
  return userId;
}

async function link(tctx: TxCtx, userId: string, provider: SignInProvider, known: Known): Promise<void> {
  const row = { id: randomUUIDv7(), userId, provider: provider.id, subject: known.subject, now: tctx.now() };
  const isLinked = await repo.insertLinked(tctx.db, { ...row, label: known.email ?? known.name });
  if (!isLinked) throw new Problem("provider.taken");
  await recordOwn(tctx, "identity.account_linked", userId, { new: { provider: provider.id } });
  await tell(tctx, userId, "accountLinked", provider.name);
}

/** Lists what the account that asks has linked. */
export async function listLinked(ctx: Ctx): Promise<{ items: LinkedAccount[]; nextCursor: null }> {
  const rows = await repo.listLinked(ctx.db, userOf(ctx).userId);
  const items = rows.map(({ createdAt, lastUsedAt, provider, ...row }) => ({
    ...row,
    provider,
    name: nameOf(ctx, provider),
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }));
  return { items, nextCursor: null };
}

/** Unlinks an account elsewhere; it opens nothing here any more. A letter's link always does. */
export async function unlink(ctx: Ctx, id: string): Promise<void> {
  const { userId } = await needConfirmed(ctx);
  await inTx(ctx, async (tctx) => {
    const provider = await repo.deleteLinked(tctx.db, userId, id);
    if (provider === undefined) throw new Problem("provider.not_found");
    await audit(tctx, "identity.account_unlinked", { kind: "user", id: userId }, { old: { provider } });
    await tell(tctx, userId, "accountUnlinked", nameOf(tctx, provider));
  });
}

/** What it is called, as long as it is configured. */
const nameOf = ({ settings }: Pick<Ctx, "settings">, id: string) =>
  settings.signInProviders.find((one) => one.id === id)?.name ?? id;

async function tell(
  tctx: TxCtx,
  userId: string,
  change: "accountLinked" | "accountUnlinked",
  provider: string,
): Promise<void> {
  const account = await accounts.findCredentials(tctx.db, userId);
  if (account) await tellOwner(tctx, account, change, { provider });
}

import { randomUUIDv7 } from "node:crypto";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";

import type { AddPasskeyInput, PasskeyStep, PasskeyView, UsePasskeyInput } from "#contract/security.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import * as accounts from "#server/modules/identity/repo/accounts.ts";
import * as repo from "#server/modules/identity/repo/passkeys.ts";
import { needConfirmed, noteConfirmed } from "#server/modules/identity/service/confirming.ts";
import { type Entered, enter, letIn } from "#server/modules/identity/service/entering.ts";
import { tellOwner } from "#server/modules/identity/service/telling.ts";
import { beginStep, endStep } from "#server/modules/identity/steps.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { findHouse } from "#server/platform/house.ts";
import { Problem } from "#server/platform/problem.ts";

/** A passkey belongs to the house by its host, and answers to its address alone. */
const houseOf = ({ settings }: Pick<Ctx, "settings">) => {
  const { hostname, origin } = new URL(settings.publicUrl);
  return { rpID: hostname, expectedRPID: hostname, expectedOrigin: origin };
};

/** Begins to make a passkey for the account that asks: what its device is to be told. */
export async function beginPasskey(ctx: Ctx): Promise<PasskeyStep> {
  const { userId } = await needConfirmed(ctx);
  const account = await accounts.findCredentials(ctx.db, userId);
  if (!account) throw new Problem("auth.required");
  const known = await repo.listPasskeys(ctx.db, userId);
  const options = await generateRegistrationOptions({
    rpName: await findHouse(ctx.db),
    rpID: houseOf(ctx).rpID,
    userName: account.email ?? account.name,
    userDisplayName: account.name,
    userID: new Uint8Array(Buffer.from(userId.replaceAll("-", ""), "hex")),
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    // Found by the device itself, so that nobody need type an address; and never by touch alone.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return { step: await beginStep(ctx, "new_passkey", { userId, secret: options.challenge }), options: { ...options } };
}

/** Keeps the passkey that a device has made. */
export async function addPasskey(ctx: Ctx, { step, name, response }: AddPasskeyInput): Promise<PasskeyView> {
  const { userId } = await needConfirmed(ctx);
  const begun = await endStep(ctx, "new_passkey", step);
  if (begun.userId !== userId) throw new Problem("auth.link_invalid");
  const { credential, isSynced } = await readNew(ctx, begun.secret, response as unknown as RegistrationResponseJSON);
  return inTx(ctx, async (tctx) => {
    const id = randomUUIDv7();
    const row = {
      id,
      userId,
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
      name,
      isSynced,
      now: tctx.now(),
    };
    if (!(await repo.insertPasskey(tctx.db, row))) throw new Problem("passkey.refused");
    await audit(tctx, "identity.passkey_added", { kind: "user", id: userId }, { new: { passkeyId: id } });
    await tell(tctx, userId, "passkeyAdded", name);
    return { id, name, isSynced, createdAt: row.now.toISOString(), lastUsedAt: null };
  });
}

async function readNew(ctx: Ctx, challenge: string, response: RegistrationResponseJSON) {
  const { expectedOrigin, expectedRPID } = houseOf(ctx);
  const asked = { response, expectedChallenge: challenge, expectedOrigin, expectedRPID };
  const read = await verifyRegistrationResponse(asked).catch(() => undefined);
  if (!read?.verified) throw new Problem("passkey.refused");
  const { credential, credentialBackedUp } = read.registrationInfo;
  return { credential, isSynced: credentialBackedUp };
}

/** Begins to sign in, or to confirm, with a passkey; whose it is, its device will say. */
export async function askPasskey(ctx: Ctx): Promise<PasskeyStep> {
  const options = await generateAuthenticationOptions({ rpID: houseOf(ctx).rpID, userVerification: "required" });
  return { step: await beginStep(ctx, "passkey", { secret: options.challenge }), options: { ...options } };
}

/** Signs in with a passkey; it is possession and knowledge in one, so no second factor is asked for. */
export async function usePasskey(ctx: Ctx, input: UsePasskeyInput): Promise<Entered> {
  const shown = await readShown(ctx, input);
  const account = await accounts.findEntrant(ctx.db, shown.passkey.userId);
  if (!account) throw new Problem("passkey.refused");
  return letIn(ctx, async (tctx) => {
    await touch(tctx, shown);
    return enter(tctx, account, { by: "passkey", isWhole: true });
  });
}

/** Takes a passkey of the account that asks instead of its password; see `needConfirmed`. */
export async function confirmByPasskey(ctx: Ctx, input: UsePasskeyInput): Promise<void> {
  const shown = await readShown(ctx, input);
  if (shown.passkey.userId !== userOf(ctx).userId) throw new Problem("passkey.refused");
  await inTx(ctx, async (tctx) => {
    await touch(tctx, shown);
    await noteConfirmed(tctx);
  });
}

interface Shown {
  passkey: repo.Passkey;
  counter: number;
}

/** Of two who show the same count at once, one has a copy: only the first is let in. */
async function touch(tctx: TxCtx, { passkey, counter }: Shown): Promise<void> {
  if (!(await repo.touchPasskey(tctx.db, passkey.id, counter, tctx.now()))) throw new Problem("passkey.refused");
}

async function readShown(ctx: Ctx, { step, response }: UsePasskeyInput): Promise<Shown> {
  const { secret } = await endStep(ctx, "passkey", step);
  const passkey = typeof response.id === "string" ? await repo.findPasskey(ctx.db, response.id) : undefined;
  if (!passkey) throw new Problem("passkey.refused");
  const { expectedOrigin, expectedRPID } = houseOf(ctx);
  const read = await verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponseJSON,
    expectedChallenge: secret,
    expectedOrigin,
    expectedRPID,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.counter,
      transports: passkey.transports,
    },
  }).catch(() => undefined);
  if (!read?.verified) throw new Problem("passkey.refused");
  return { passkey, counter: read.authenticationInfo.newCounter };
}

/** Lists the passkeys of the account that asks, newest first. */
export async function listPasskeys(ctx: Ctx): Promise<{ items: PasskeyView[]; nextCursor: null }> {
  const rows = await repo.listPasskeys(ctx.db, userOf(ctx).userId);
  const items = rows.map(({ id, name, isSynced, createdAt, lastUsedAt }) => ({
    id,
    name,
    isSynced,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }));
  return { items, nextCursor: null };
}

/** Calls a passkey of the account that asks by another name. */
export async function renamePasskey(ctx: Ctx, id: string, name: string): Promise<void> {
  const { userId } = userOf(ctx);
  await inTx(ctx, async (tctx) => {
    if (!(await repo.renamePasskey(tctx.db, userId, id, name))) throw new Problem("passkey.not_found");
    await audit(tctx, "identity.passkey_renamed", { kind: "user", id: userId }, { new: { passkeyId: id } });
  });
}

/** Forgets a passkey of the account that asks; it opens nothing any more. */
export async function removePasskey(ctx: Ctx, id: string): Promise<void> {
  const { userId } = await needConfirmed(ctx);
  await inTx(ctx, async (tctx) => {
    const name = await repo.deletePasskey(tctx.db, userId, id);
    if (name === undefined) throw new Problem("passkey.not_found");
    await audit(tctx, "identity.passkey_removed", { kind: "user", id: userId }, { old: { passkeyId: id } });
    await tell(tctx, userId, "passkeyRemoved", name);
  });
}

async function tell(
  tctx: Parameters<typeof tellOwner>[0],
  userId: string,
  change: "passkeyAdded" | "passkeyRemoved",
  passkey: string,
): Promise<void> {
  const account = await accounts.findCredentials(tctx.db, userId);
  if (account) await tellOwner(tctx, account, change, { passkey });
}

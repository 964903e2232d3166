import { fileUrl } from "#contract/files.ts";
import type { Me, MeInput } from "#contract/identity.ts";
import type { Viewer } from "#contract/page.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { discard, takePicture } from "#server/modules/files/service.ts";
import * as repo from "#server/modules/identity/repo/accounts.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import type { Db } from "#server/platform/db.ts";
import { Problem } from "#server/platform/problem.ts";
import { locales } from "#server/platform/words.ts";

/** Shows the account that asks as itself. */
export const getMe = (ctx: Ctx): Promise<Me> => profileOf(ctx.db, userOf(ctx).userId);

/** Shows an account as its owner sees it. */
export async function profileOf(db: Db, userId: string): Promise<Me> {
  const found = await repo.findProfile(db, userId);
  if (!found) throw new Error("The account of a session is gone.");
  const { pictureId, createdAt, email, role, ...rest } = found;
  return {
    ...rest,
    email: email ?? "",
    role: role as Me["role"],
    pictureUrl: pictureId ? fileUrl(pictureId, 640) : null,
    createdAt: createdAt.toISOString(),
  };
}

/** Changes name, language or zone of the account that asks; what is left out stays. */
export function changeMe(ctx: Ctx, input: MeInput): Promise<Me> {
  const { userId } = userOf(ctx);
  if (input.locale !== undefined && !locales.includes(input.locale)) throw refusedField("locale");
  return inTx(ctx, async (tctx) => {
    const before = await profileOf(tctx.db, userId);
    await repo.updateProfile(tctx.db, userId, { ...input, now: tctx.now() });
    const after = await profileOf(tctx.db, userId);
    const settings = ({ locale, timeZone }: Me) => ({ locale, timeZone });
    const change = { old: settings(before), new: settings(after) };
    await audit(tctx, "identity.profile_changed", { kind: "user", id: userId }, change);
    return after;
  });
}

/** Gives the account that asks another picture, or none; the one before is thrown away. */
export async function setPicture(ctx: Ctx, bytes: Uint8Array | null): Promise<Me> {
  const { userId } = userOf(ctx);
  const pictureId = bytes && (await takePicture(ctx, bytes, "picture")).id;
  const [me, before] = await inTx(ctx, async (tctx) => {
    const old = await repo.setPicture(tctx.db, userId, pictureId, tctx.now());
    const change = { old: { pictureId: old }, new: { pictureId } };
    await audit(tctx, "identity.picture_changed", { kind: "user", id: userId }, change);
    return [await profileOf(tctx.db, userId), old];
  });
  if (before !== null) await discard(ctx, before);
  return me;
}

const refusedField = (name: string) =>
  new Problem("request.invalid", {
    fields: [{ at: `body.${name}`, code: "invalid_value" }],
  });

/** Who looks at a page, for its frame; one query, and none for strangers. */
export async function viewerOf(ctx: Ctx): Promise<Viewer | null> {
  if (ctx.actor.kind !== "user") return null;
  const { userId, isAdmin } = ctx.actor;
  const found = await repo.findViewer(ctx.db, userId);
  if (!found) return null;
  const { pictureId, ...rest } = found;
  return { userId, isAdmin, ...rest, pictureUrl: pictureId ? fileUrl(pictureId, 640) : null };
}

/** Makes the account with this address an admin; says when it is one already, and when nobody has that address. */
export async function makeAdmin(ctx: Ctx, email: string): Promise<"made" | "already" | "unknown"> {
  const account = await repo.findByEmail(ctx.db, email.trim().toLowerCase());
  if (!account) return "unknown";
  return inTx(ctx, async (tctx) => {
    const made = await repo.raiseRole(tctx.db, account.id, "admin", tctx.now());
    if (!made) return "already";
    await audit(tctx, "identity.role_changed", { kind: "user", id: account.id }, { new: { role: "admin" } });
    return "made";
  });
}

/** Notes that somebody organizes from now on. */
export async function becomeOrganizer(tctx: TxCtx, userId: string): Promise<void> {
  const raised = await repo.raiseRole(tctx.db, userId, "organizer", tctx.now());
  if (raised) await audit(tctx, "identity.role_changed", { kind: "user", id: userId }, { new: { role: "organizer" } });
}

import type { Account, AccountQuery, BanInput } from "#contract/accounts.ts";
import { fileUrl } from "#contract/files.ts";
import { rightChanged } from "#server/modules/access/facts.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { banOver } from "#server/modules/identity/facts.ts";
import * as repo from "#server/modules/identity/repo/governing.ts";
import { deleteSessions } from "#server/modules/identity/repo/sessions.ts";
import { postReset } from "#server/modules/identity/service/passwords.ts";
import { refuseWithoutMail } from "#server/modules/identity/service/sign-up.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";
import { later, neverMind, record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

/** Accounts, the newest first; a term is found in names and addresses. */
export async function listAccounts(
  ctx: Ctx,
  { q = "", show, limit, cursor }: AccountQuery,
): Promise<{ items: Account[]; nextCursor: string | null }> {
  const [before = null] = cursor === undefined ? [] : readCursor(cursor, ["id"]);
  const rows = await repo.listAccounts(ctx.db, { term: q.toLowerCase(), show, before, limit: limit + 1 });
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(viewOf),
    nextCursor: rows.length > limit && last ? writeCursor([last.id]) : null,
  };
}

export async function getAccount(ctx: Ctx | TxCtx, id: string): Promise<Account> {
  const row = await repo.findAccount(ctx.db, id);
  if (!row) throw new Problem("user.not_found");
  return viewOf(row);
}

/** Gives an account another role; it holds with its next request. The last admin stays one. */
export function changeRole(ctx: Ctx, id: string, role: Account["role"]): Promise<Account> {
  return govern(ctx, id, async (tctx, before) => {
    if (before.role === role) return;
    if (before.role === "admin") await refuseLastAdmin(tctx, id);
    await repo.updateRole(tctx.db, id, role, tctx.now());
    const change = { old: { role: before.role }, new: { role } };
    await audit(tctx, "identity.role_changed", { kind: "user", id }, change);
    await record(tctx, rightChanged({ personId: before.personId }));
  });
}

/**
 * Closes an account, for good or until a time: every session ends, and with the fact its sockets and calls.
 *
 * Banning again writes the reason and the end anew.
 */
export function ban(ctx: Ctx, id: string, { reason, until }: BanInput): Promise<Account> {
  const end = until === undefined ? null : new Date(until);
  if (end && end <= ctx.now()) {
    throw new Problem("request.invalid", {
      fields: [{ at: "body.until", code: "past" }],
    });
  }
  return govern(ctx, id, async (tctx, before) => {
    if (before.role === "admin") await refuseLastAdmin(tctx, id);
    const now = tctx.now();
    await repo.updateBan(tctx.db, id, { since: before.bannedAt ?? now, until: end, reason }, now);
    if (end) await later(tctx, banKey(id), end, banOver({ userId: id }));
    else await neverMind(tctx, banKey(id));
    await deleteSessions(tctx.db, id, undefined);
    await audit(tctx, "identity.banned", { kind: "user", id }, { new: { until: end, fields: ["reason"] } });
    await record(tctx, rightChanged({ personId: before.personId }));
  });
}

/** Opens an account again; its owner signs in as before. */
export function unban(ctx: Ctx, id: string): Promise<Account> {
  return govern(ctx, id, (tctx, before) => liftBan(tctx, id, before));
}

/** Lifts a ban whose time is over, unless it was prolonged meanwhile. */
export async function endBanWhenDue(ctx: Ctx, userId: string): Promise<void> {
  await inTx(ctx, async (tctx) => {
    const before = await repo.lockAccount(tctx.db, userId);
    if (before?.bannedUntil && before.bannedUntil <= tctx.now()) await liftBan(tctx, userId, before);
  });
}

/** Sends an account the letter that leads to a new password. */
export async function sendPasswordLetter(ctx: Ctx, id: string): Promise<void> {
  refuseWithoutMail(ctx);
  await govern(ctx, id, async (tctx, { email, name, locale, credentialsVersion }) => {
    if (email === null) throw new Problem("user.not_found");
    await postReset(tctx, email, { id, name, locale, credentialsVersion });
    await audit(tctx, "identity.password_letter_sent", { kind: "user", id });
  });
}

const banKey = (userId: string) => `user/${userId}/ban`;

async function liftBan(tctx: TxCtx, id: string, { bannedAt, personId }: repo.Governed): Promise<void> {
  if (!bannedAt) return;
  await repo.updateBan(tctx.db, id, null, tctx.now());
  await neverMind(tctx, banKey(id));
  await audit(tctx, "identity.unbanned", { kind: "user", id });
  await record(tctx, rightChanged({ personId }));
}

function govern(ctx: Ctx, id: string, act: (tctx: TxCtx, before: repo.Governed) => Promise<void>): Promise<Account> {
  return inTx(ctx, async (tctx) => {
    const before = await repo.lockAccount(tctx.db, id);
    if (!before) throw new Problem("user.not_found");
    await act(tctx, before);
    return getAccount(tctx, id);
  });
}

async function refuseLastAdmin(tctx: TxCtx, id: string): Promise<void> {
  if (!(await repo.hasOtherAdmin(tctx.db, id))) throw new Problem("user.last_admin");
}

const viewOf = ({ pictureId, email, bannedAt, bannedUntil, banReason, ...row }: repo.AccountRow): Account => ({
  ...row,
  email: email ?? "",
  pictureUrl: pictureId ? fileUrl(pictureId, 640) : null,
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  ban: bannedAt && {
    since: bannedAt.toISOString(),
    until: bannedUntil?.toISOString() ?? null,
    reason: banReason,
  },
});

import { randomUUIDv7 } from "node:crypto";
import { type Zippable, zipSync } from "fflate";

import type { DataExport } from "#contract/privacy.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { readOwn } from "#server/modules/files/service.ts";
import { needConfirmed } from "#server/modules/identity/service/confirming.ts";
import { exportReadyLetter } from "#server/modules/privacy/emails/export-ready.ts";
import { exportAsked } from "#server/modules/privacy/facts.ts";
import * as repo from "#server/modules/privacy/repo/exports.ts";
import { findSubject, heldTables, listHeld, type Subject } from "#server/modules/privacy/repo/holdings.ts";
import { readAnswers } from "#server/modules/questions/service/answers.ts";
import { type Ctx, inTx, userOf } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { post } from "#server/platform/letters.ts";
import { withoutLinkTokens } from "#server/platform/links.ts";
import { Problem } from "#server/platform/problem.ts";

const week = 7 * 86_400_000;
const keyOf = (id: string) => `export/${id}.zip`;

/** Asks for a file of all that the house knows of the account; while one is being made, that is the one. */
export async function askForExport(ctx: Ctx): Promise<DataExport> {
  const { userId } = await needConfirmed(ctx);
  return inTx(ctx, async (tctx) => {
    const made = await repo.insertExport(tctx.db, { id: randomUUIDv7(), userId, now: tctx.now() });
    if (made) {
      await audit(tctx, "privacy.export_asked", { kind: "user", id: userId }, { new: { exportId: made.id } });
      await record(tctx, exportAsked({ exportId: made.id }));
    }
    const [newest] = made ? [made] : await repo.listExports(tctx.db, userId, tctx.now());
    if (!newest) throw new Error("A file is being made and is not there.");
    return viewOf(newest);
  });
}

/** Lists the account's files that are made or being made, newest first. */
export async function listExports(ctx: Ctx): Promise<{ items: DataExport[]; nextCursor: null }> {
  const rows = await repo.listExports(ctx.db, userOf(ctx).userId, ctx.now());
  return { items: rows.map(viewOf), nextCursor: null };
}

/** The file itself, for who has just shown once more that it is theirs. */
export async function readExport(ctx: Ctx, id: string): Promise<AsyncIterable<Uint8Array>> {
  const { userId } = await needConfirmed(ctx);
  const found = await repo.findExport(ctx.db, id);
  if (found?.userId !== userId || !found.endsAt || found.endsAt <= ctx.now()) throw new Problem("export.not_found");
  const bytes = await ctx.gateways.files.find(keyOf(id));
  if (!bytes) throw new Problem("export.not_found");
  await inTx(ctx, (tctx) =>
    audit(tctx, "privacy.export_read", { kind: "user", id: userId }, { new: { exportId: id } }),
  );
  ctx.reply.header("cache-control", "no-store");
  ctx.reply.header("content-disposition", 'attachment; filename="plenary-data.zip"');
  return bytes;
}

/** Makes the file that somebody asked for, and writes to them that it lies ready. */
export async function makeExport(ctx: Ctx, id: string): Promise<void> {
  const asked = await repo.findExport(ctx.db, id);
  const who = asked && !asked.readyAt ? await findSubject(ctx.db, asked.userId) : undefined;
  if (!who) return;
  const bytes = zipSync({ ...(await tablesOf(ctx, who)), ...(await uploadsOf(ctx, who)) });
  await ctx.gateways.files.put(keyOf(id), bytes);
  const readyAt = ctx.now();
  await inTx(ctx, async (tctx) => {
    const row = { id, bytes: bytes.byteLength, readyAt, endsAt: new Date(readyAt.getTime() + week) };
    if (!(await repo.setReady(tctx.db, row))) return;
    const to = { address: who.email, name: who.name };
    const letter = exportReadyLetter({ locale: who.locale, publicUrl: tctx.settings.publicUrl, to });
    await post(tctx, letter, { key: `export/${id}`, lane: "normal" });
  });
}

async function tablesOf(ctx: Ctx, who: Subject): Promise<Zippable> {
  const files: Zippable = {};
  for (const table of heldTables) {
    const rows = await listHeld(ctx.db, table, who);
    if (rows.length === 0) continue;
    const readable = table === "question_answers" ? await withWords(ctx, rows) : rows;
    files[`${table}.json`] = Buffer.from(withoutSecrets(table, readable));
  }
  return files;
}

/** Answers beside what was asked; what is sealed here is open to whoever said it. */
async function withWords(ctx: Ctx, rows: Record<string, unknown>[]): Promise<Record<string, unknown>[]> {
  const idOf = (row: Record<string, unknown>) => String(row.registration_id);
  const said = await readAnswers(ctx, rows.map(idOf), { withSensitive: true });
  return rows.map(({ sealed: _sealed, ...row }) => ({ ...row, answers: said.get(idOf(row)) ?? [] }));
}

/** Links in letters open things, and so do the codes of letters that sign in: those are for the mailbox alone. */
function withoutSecrets(table: string, rows: Record<string, unknown>[]): string {
  const kept = table === "letters" ? rows.map((row) => (row.lane === "urgent" ? { ...row, ...wordless } : row)) : rows;
  return withoutLinkTokens(JSON.stringify(kept, null, 2));
}

const wordless = { subject: null, text: null };

async function uploadsOf(ctx: Ctx, { userId }: Subject): Promise<Zippable> {
  const files: Zippable = {};
  // Pictures are packed as well as they can be.
  for await (const { name, bytes } of readOwn(ctx, userId)) files[`uploads/${name}`] = [bytes, { level: 0 }];
  return files;
}

/** Removes files whose week is over. */
export const removeOld = (ctx: Ctx): Promise<void> => remove(ctx, { before: ctx.now() });

/** Removes the files of an account that is gone. */
export const removeExportsOf = (ctx: Ctx, userId: string): Promise<void> => remove(ctx, { userId });

async function remove(ctx: Ctx, which: Parameters<typeof repo.listToRemove>[1]): Promise<void> {
  for (const { id } of await repo.listToRemove(ctx.db, which)) {
    await ctx.gateways.files.remove(keyOf(id));
    await repo.deleteExport(ctx.db, id);
  }
}

const viewOf = ({ id, bytes, askedAt, readyAt, endsAt }: repo.ExportRow): DataExport => ({
  id,
  bytes,
  askedAt: askedAt.toISOString(),
  readyAt: readyAt?.toISOString() ?? null,
  endsAt: endsAt?.toISOString() ?? null,
});

import type { SentLetter } from "#contract/mailbox.ts";
import type { Attachment } from "#server/gateways/mail.ts";
import * as repo from "#server/modules/mailbox/repo.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** Letters open doors: only where nobody but this machine can ask, and no mail server takes them, are they shown. */
function refuseOutside(ctx: Ctx): void {
  if (ctx.gateways.mail.kind !== "mailbox" || !ctx.settings.isLoopback) throw new Problem("route.not_found");
}

/** Lists letters, newest first; `to` finds addresses that contain it. */
export async function listLetters(
  ctx: Ctx,
  { to, limit, cursor }: { to?: string; limit: number; cursor?: string },
): Promise<{ items: SentLetter[]; nextCursor: string | null }> {
  refuseOutside(ctx);
  const rows = await repo.listLetters(ctx.db, { to: to?.trim(), before: cursor, most: limit + 1 });
  const items = rows.slice(0, limit).map(viewOf);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Shows one letter. */
export async function getLetter(ctx: Ctx, id: string): Promise<SentLetter> {
  return viewOf(await load(ctx, id));
}

/** Hands out what a letter carries, to be saved: it is never opened as a page of ours. */
export async function readAttachment(ctx: Ctx, id: string, number: number): Promise<Uint8Array> {
  const attachment = attachmentsOf(await load(ctx, id))[number];
  if (!attachment) throw new Problem("route.not_found");
  const { mediaType, name, base64, contentId } = attachment;
  ctx.reply.header("content-type", mediaType);
  const how = contentId && mediaType.startsWith("image/") ? "inline" : "attachment";
  ctx.reply.header("content-disposition", `${how}; filename*=UTF-8''${encodeURIComponent(name)}`);
  return Buffer.from(base64, "base64");
}

type Row = NonNullable<Awaited<ReturnType<typeof repo.findLetter>>>;

async function load(ctx: Ctx, id: string): Promise<Row> {
  refuseOutside(ctx);
  const letter = await repo.findLetter(ctx.db, id);
  if (!letter) throw new Problem("route.not_found");
  return letter;
}

const attachmentsOf = ({ attachments }: Row) => attachments as unknown as Attachment[];

const viewOf = (row: Row): SentLetter => ({
  ...row,
  status: row.status as SentLetter["status"],
  createdAt: row.createdAt.toISOString(),
  attachments: attachmentsOf(row).map(({ name, mediaType, contentId, base64 }, number) => ({
    name,
    mediaType,
    contentId: contentId ?? null,
    bytes: Buffer.byteLength(base64, "base64"),
    url: `/api/v1/dev/letters/${row.id}/attachments/${number}`,
  })),
});

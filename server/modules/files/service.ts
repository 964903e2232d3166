import { randomUUIDv7 } from "node:crypto";

import { pictureWidths } from "#contract/files.ts";
import { may } from "#server/modules/access/service.ts";
import * as audit from "#server/modules/audit/service.ts";
import { repaint } from "#server/modules/files/pictures.ts";
import * as repo from "#server/modules/files/repo.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

type Width = (typeof pictureWidths)[number];

const keyOf = (storageKey: string, width: Width) => `${storageKey}_${width}.webp`;

/**
 * Takes a picture into the house: painted anew in our widths, without whatever else was in the file.
 *
 * To be called before the transaction that shows it somewhere; a picture that nothing shows is seen by its owner alone.
 */
export async function takePicture(
  ctx: Ctx,
  bytes: Uint8Array,
  purpose: repo.FileRow["purpose"],
): Promise<{ id: string }> {
  const { variants, width, height } = await repaint(bytes);
  const id = randomUUIDv7();
  const storageKey = `${purpose}/${id}`;
  for (const variant of variants) await ctx.gateways.files.put(keyOf(storageKey, variant.width), variant.bytes);
  const size = variants.reduce((sum, variant) => sum + variant.bytes.byteLength, 0);
  const ownerId = "userId" in ctx.actor ? ctx.actor.userId : null;
  await inTx(ctx, async (tctx) => {
    await repo.insert(tctx.db, { id, ownerId, purpose, storageKey, bytes: size, width, height }, tctx.now());
    await audit.record(tctx, "file.taken", { kind: "file", id }, { new: { purpose, bytes: size } });
  });
  return { id };
}

/** The bytes of a picture for whoever may see what it belongs to. What all may see, caches may keep. */
export async function read(ctx: Ctx, id: string, width: Width = 1600): Promise<AsyncIterable<Uint8Array>> {
  const file = await repo.findFor(ctx.db, id);
  if (!file || !(file.isShown || (await isSeenBy(ctx, file)))) throw new Problem("file.not_found");
  const bytes = await ctx.gateways.files.find(keyOf(file.storageKey, width));
  // Thrown away a moment ago, or lost with a disk.
  if (!bytes) throw new Problem("file.not_found");
  ctx.reply.header("cache-control", file.isShown ? "public, max-age=604800, immutable" : "private, max-age=300");
  return bytes;
}

async function isSeenBy(ctx: Ctx, { ownerId, gatheringId }: { ownerId: string | null; gatheringId: string | null }) {
  if ("userId" in ctx.actor && ctx.actor.userId === ownerId) return true;
  return gatheringId !== null && (await may(ctx, gatheringId, "page")).allowed;
}

/** Throws a picture away, unless something still shows it. */
export async function discard(ctx: Ctx, id: string): Promise<void> {
  const storageKey = await inTx(ctx, async (tctx) => {
    const key = await repo.deleteUnused(tctx.db, id);
    if (key !== undefined) await audit.record(tctx, "file.discarded", { kind: "file", id });
    return key;
  });
  if (storageKey === undefined) return;
  for (const width of pictureWidths) await ctx.gateways.files.remove(keyOf(storageKey, width));
}

/** Throws away what an account brought and nothing shows any more. */
export async function discardOf(ctx: Ctx, userId: string): Promise<void> {
  for (const id of await repo.listOwned(ctx.db, userId)) await discard(ctx, id);
}

const unusedKeptMs = 86_400_000;
const atOnce = 200;

/** Throws away what was taken in and never shown: the request that brought it ended in the middle. */
export async function discardUnused(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - unusedKeptMs);
  let ids: string[];
  do {
    ids = await repo.listUnused(ctx.db, before, atOnce);
    for (const id of ids) await discard(ctx, id);
  } while (ids.length === atOnce);
}

/** The pictures that an account brought, as wide as we have them. */
export async function* readOwn(ctx: Ctx, userId: string): AsyncGenerator<{ name: string; bytes: Uint8Array }> {
  for (const id of await repo.listOwned(ctx.db, userId)) {
    const file = await repo.findFor(ctx.db, id);
    const stored = file && (await ctx.gateways.files.find(keyOf(file.storageKey, 1600)));
    if (!stored) continue;
    const chunks: Uint8Array[] = [];
    for await (const chunk of stored) chunks.push(chunk);
    yield { name: `${file.purpose}-${id}.webp`, bytes: Buffer.concat(chunks) };
  }
}

import sharp from "sharp";

import { pictureWidths } from "#contract/files.ts";
import { Problem } from "#server/platform/problem.ts";

export interface Picture {
  /** One for each width, the widest last. */
  variants: { width: (typeof pictureWidths)[number]; bytes: Buffer }[];
  width: number;
  height: number;
}

const mostPixels = 50_000_000;
const readable = new Set(["jpeg", "png", "webp", "gif", "heif", "tiff"]);

/**
 * Paints a picture anew from what somebody sent: whatever else was in the file, such as where it was taken, stays
 * behind. One at a time, so that large pictures cannot take all of our memory.
 */
export function repaint(bytes: Uint8Array): Promise<Picture> {
  const turn = queue.then(() => paint(bytes));
  queue = turn.catch(() => undefined);
  return turn;
}

let queue: Promise<unknown> = Promise.resolve();

/** How pictures begin. Whatever else there is to paint, drawings and documents, is never even opened. */
const beginnings = /^(\xff\xd8\xff|\x89PNG|GIF8|RIFF.{4}WEBP|II\*\0|MM\0\*|.{4}ftyp)/s;

async function paint(bytes: Uint8Array): Promise<Picture> {
  if (!beginnings.test(Buffer.from(bytes.subarray(0, 12)).toString("latin1"))) throw new Problem("file.unreadable");
  try {
    const source = sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", pages: 1 });
    const { format } = await source.metadata();
    if (!readable.has(format)) throw new Problem("file.unreadable");
    const widest = await sharp(await source.rotate().toBuffer())
      .resize({ width: Math.max(...pictureWidths), height: 2000, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true });
    const variants = await Promise.all(pictureWidths.map((width) => narrowed(widest.data, width)));
    return { variants, width: widest.info.width, height: widest.info.height };
  } catch (error) {
    // Whatever the painter cannot read is no picture to us; what else could go wrong here is memory.
    if (error instanceof Problem) throw error;
    throw new Problem("file.unreadable");
  }
}

async function narrowed(widest: Buffer, width: (typeof pictureWidths)[number]) {
  if (width === Math.max(...pictureWidths)) return { width, bytes: widest };
  const bytes = await sharp(widest).resize({ width, withoutEnlargement: true }).webp({ quality: 80 }).toBuffer();
  return { width, bytes };
}

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

/** Paints the icons of the installed program from our own mark: `npm run icons`. */

const house = join(import.meta.dirname, "..");
const folder = join(house, "web/public/icons");
const mark = readFileSync(join(house, "web/public/icon.svg"));
const paper = "#fcfaf6";

mkdirSync(folder, { recursive: true });
await paint("icon-192", { size: 192, mark: 0.92 });
await paint("icon-512", { size: 512, mark: 0.92 });
// What is cut into any shape keeps its middle four fifths only; Apple lays it on black unless it has a ground.
await paint("maskable-512", { size: 512, mark: 0.56, ground: paper });
await paint("apple-180", { size: 180, mark: 0.72, ground: paper });

async function paint(name: string, icon: { size: number; mark: number; ground?: string }): Promise<void> {
  const { size, ground = "#fcfaf600" } = icon;
  const inner = Math.round(size * icon.mark);
  const drawn = await sharp(mark, { density: inner }).resize(inner, inner).png().toBuffer();
  await sharp({ create: { width: size, height: size, channels: 4, background: ground } })
    .composite([{ input: drawn, gravity: "center" }])
    .png({ palette: true, effort: 10 })
    .toFile(join(folder, `${name}.png`));
  console.log(`${name}.png is painted.`);
}

import { fileURLToPath } from "node:url";
import sharp from "sharp";

import { toHex } from "#domain/look/colour.ts";
import { coverOf } from "#domain/look/hemicycle.ts";
import { toneOf } from "#domain/look/tone.ts";

/** What stands on the picture beside a link to an event. */
export interface Preview {
  /** What its cover is drawn from. */
  id: string;
  hue: number;
  /** The uploaded cover; without one it is drawn. */
  coverId: string | null;
  title: string;
  when: string;
  where: string;
  organizer: string;
}

// What those who show links ask for.
const [width, height] = [1200, 630];
const [margin, side] = [60, 440];
const column = width - side - 2 * margin;
const mostTitle = 310;

const mostKept = 60;
const kept = new Map<string, Promise<Uint8Array>>();

/** The picture beside a link; painted once for the same words, as long as it is asked for. */
export function previewOf(one: Preview, readCover: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const key = JSON.stringify(one);
  const known = kept.get(key);
  if (known) return known;
  const painted = paint(one, readCover);
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? "");
  kept.set(key, painted);
  painted.catch(() => kept.delete(key));
  return painted;
}

async function paint(one: Preview, readCover: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const { accent } = toneOf(one.hue, "light");
  const cover = one.coverId === null ? Buffer.from(drawn(one.id, one.hue)) : await readCover();
  const [organizer, title, when, where] = await Promise.all([
    lineOf(one.organizer, { ...sans, size: 28, colour: inkSoft }),
    titleOf(one.title),
    shortened(one.when, { ...sans, size: 29, colour: toHex(accent) }, 90),
    lineOf(one.where, { ...plain, size: 27, colour: inkSoft }),
  ]);
  const bottom = height - margin - where.height;
  return sharp({ create: { width, height, channels: 3, background: paper } })
    .composite([
      { input: await sharp(cover).resize(side, height, { fit: "cover" }).toBuffer(), left: width - side, top: 0 },
      at(organizer, margin),
      at(title, margin + organizer.height + 30),
      at(when, bottom - when.height - 14),
      at(where, bottom),
    ])
    .png({ palette: one.coverId === null })
    .toBuffer();
}

const [paper, ink, inkSoft] = [
  { l: 0.985, c: 0.006, h: 85 },
  { l: 0.23, c: 0.02, h: 265 },
  { l: 0.46, c: 0.02, h: 265 },
].map(toHex) as [string, string, string];

// The layout engine reads plain font files only, so those of the pages, which are packed for browsers, do not serve.
const serif = {
  family: "Fraunces SemiBold",
  file: import.meta.resolve("@expo-google-fonts/fraunces/600SemiBold/Fraunces_600SemiBold.ttf"),
};
const sans = {
  family: "Instrument Sans SemiBold",
  file: import.meta.resolve("@expo-google-fonts/instrument-sans/600SemiBold/InstrumentSans_600SemiBold.ttf"),
};
const plain = {
  family: "Instrument Sans Medium",
  file: import.meta.resolve("@expo-google-fonts/instrument-sans/500Medium/InstrumentSans_500Medium.ttf"),
};

interface Style {
  family: string;
  file: string;
  size: number;
  colour: string;
}

interface Block {
  bytes: Buffer;
  width: number;
  height: number;
}

const at = ({ bytes, width, height }: Block, top: number) => ({
  input: bytes,
  raw: { width, height, channels: 4 as const },
  left: margin,
  top,
});

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** Little pictures: no font of ours has them, and few machines do. */
const pictures =
  /(?:(?![\u00a9\u00ae\u2122])\p{Extended_Pictographic}|\p{Regional_Indicator})(?:[\ufe0f\u20e3]|\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic})*/gu;
/** As markup takes it: escaped, and without signs that are none. */
const marked = (text: string) =>
  text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu, " ").replace(/[&<>]/g, (sign) => signs[sign] ?? sign);

/** A text as wide as its column, over as many lines as it takes. */
async function block(given: string, { family, file, size, colour }: Style): Promise<Block> {
  const text = given.replace(pictures, " ").replace(/ {2,}/g, " ").trim();
  // Ink that nobody sees cannot be measured.
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(text)) return { bytes: Buffer.alloc(4), width: 1, height: 1 };
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${colour}">${marked(text)}</span>`,
      font: `${family}, ${size}`,
      fontfile: fileURLToPath(file),
      width: column,
      wrap: "word-char",
      dpi: 72,
      rgba: true,
    },
  })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

const lineOf = (text: string, style: Style) => shortened(text, style, style.size * 1.5);

const titleSizes = [76, 66, 58, 50];

/** The title as large as it may stand; the longest is cut after its last word that fits. */
async function titleOf(title: string): Promise<Block> {
  for (const size of titleSizes) {
    const whole = await block(title, { ...serif, size, colour: ink });
    if (whole.height <= mostTitle) return whole;
  }
  return shortened(title, { ...serif, size: 50, colour: ink }, mostTitle);
}

async function shortened(text: string, style: Style, most: number): Promise<Block> {
  let made = await block(text, style);
  for (let length = text.length; made.height > most && length > 1; ) {
    length = Math.floor(length * 0.9);
    made = await block(`${text.slice(0, length).replace(/\s+\S*$|[\s\p{P}\p{Cs}]+$/u, "")}…`, style);
  }
  return made;
}

function drawn(id: string, hue: number): string {
  const cover = coverOf(id, side, height);
  const { seat } = cover;
  const colour = (l: number, c: number, h: number) => toHex({ l, c, h: ((h % 360) + 360) % 360 });
  const own = colour(0.86, 0.15, hue > 40 && hue < 110 ? 175 : 82);
  const stops = [
    [0, colour(0.56, 0.105, hue)],
    [0.5, colour(0.41, 0.085, hue + cover.turn * 0.4)],
    [1, colour(0.26, 0.06, hue + cover.turn)],
  ].map(([offset, stop]) => `<stop offset="${offset}" stop-color="${stop}"/>`);
  const dashes = `stroke-linecap="round" stroke-dasharray="0.001 ${cover.gap - 0.001}"`;
  const seats = (bands: typeof cover.quiet, stroke: string, opacity: number) => {
    const rows = bands.map(({ d, size }) => `<path d="${d}" stroke-width="${size}"/>`);
    return `<g fill="none" stroke="${stroke}" opacity="${opacity}" ${dashes}>${rows.join("")}</g>`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${height}">
    <radialGradient id="g" cx="${cover.light.x}%" cy="${cover.light.y}%" r="115%">${stops.join("")}</radialGradient>
    <rect width="${side}" height="${height}" fill="url(#g)"/>
    ${seats(cover.quiet, colour(0.82, 0.07, hue), 0.3)}${seats(cover.bright, colour(0.93, 0.045, hue + 15), 1)}
    <circle cx="${seat.x}" cy="${seat.y}" r="${seat.size * 1.5}" fill="${own}" opacity="0.22"/>
    <circle cx="${seat.x}" cy="${seat.y}" r="${seat.size * 0.62}" fill="${own}"/>
  </svg>`;
}

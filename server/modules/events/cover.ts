import sharp from "sharp";

import { toHex } from "#domain/look/colour.ts";
import { coverOf } from "#domain/look/hemicycle.ts";

// What those who show links ask for.
const width = 1200;
const height = 630;

const mostKept = 100;
const kept = new Map<string, Promise<Uint8Array>>();

/** The cover that the page draws, as a picture; drawn once for an id and a hue, as long as it is asked for. */
export function drawnCover(id: string, hue: number): Promise<Uint8Array> {
  const key = `${id} ${hue}`;
  const known = kept.get(key);
  if (known) return known;
  const drawn = sharp(Buffer.from(svgOf(id, hue)))
    .png({ palette: true })
    .toBuffer();
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? "");
  kept.set(key, drawn);
  drawn.catch(() => kept.delete(key));
  return drawn;
}

function svgOf(id: string, hue: number): string {
  const cover = coverOf(id, width, height);
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
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <radialGradient id="g" cx="${cover.light.x}%" cy="${cover.light.y}%" r="115%">${stops.join("")}</radialGradient>
    <rect width="${width}" height="${height}" fill="url(#g)"/>
    ${seats(cover.quiet, colour(0.82, 0.07, hue), 0.3)}${seats(cover.bright, colour(0.93, 0.045, hue + 15), 1)}
    <circle cx="${seat.x}" cy="${seat.y}" r="${seat.size * 1.5}" fill="${own}" opacity="0.22"/>
    <circle cx="${seat.x}" cy="${seat.y}" r="${seat.size * 0.62}" fill="${own}"/>
  </svg>`;
}

import { type Colour, contrast, css, shown } from "#domain/look/colour.ts";
import { numberOf } from "#domain/look/seed.ts";

/** What an event or an organizer wears in one scheme; every pair of ground and text reaches 4.5:1. */
export interface Tone {
  /** The colour of buttons and marks, and of links on the page. */
  accent: Colour;
  /** Text on `accent`. */
  onAccent: Colour;
  /** A quiet ground, on which `accent` can be read too. */
  wash: Colour;
}

/** The page's own grounds, as in `web/app.css`; a test holds the two together. */
export const paper = { light: { l: 0.985, c: 0.006, h: 85 }, dark: { l: 0.19, c: 0.015, h: 265 } } as const;

// A little above 4.5, since browsers round each colour to eight bits a channel.
const readable = 4.6;

/**
 * The hue of a thing that chose none, always the same for the same seed.
 *
 * Leaves out the yellow-greens, which turn to mud when they are dark enough to be read, and the red that means live.
 */
export function hueOf(seed: string): number {
  const degrees = 40 + numberOf(seed, "hue") * 260;
  return Math.round(degrees < 75 ? degrees : degrees + 65) % 360;
}

/** Clamps a hue, and a chroma if one is wished, to a tone whose every text can be read in the given scheme. */
export function toneOf(hue: number, scheme: "light" | "dark", chroma = 0.11): Tone {
  const h = ((hue % 360) + 360) % 360;
  const c = Math.min(Math.max(chroma, 0.03), 0.16);
  const dark = scheme === "dark";
  const wash = shown(dark ? { l: 0.27, c: c * 0.35, h } : { l: 0.945, c: c * 0.3, h });
  const onAccent = shown(dark ? { l: 0.19, c: 0.02, h } : { l: 0.99, c: 0.006, h });
  const grounds = [paper[scheme], wash, onAccent];
  const step = dark ? 0.01 : -0.01;
  let accent = shown({ l: dark ? 0.74 : 0.54, c, h });
  while (accent.l > 0 && accent.l < 1 && !grounds.every((ground) => contrast(accent, ground) >= readable)) {
    accent = shown({ l: accent.l + step, c, h });
  }
  return { accent, onAccent, wash };
}

/** The tone as CSS variables that follow the reader's scheme; set on any element, they colour all that is inside. */
export function toneVariables(hue: number): Record<"--accent" | "--on-accent" | "--wash", string> {
  const light = toneOf(hue, "light");
  const dark = toneOf(hue, "dark");
  const both = (part: keyof Tone) => `light-dark(${css(light[part])}, ${css(dark[part])})`;
  return { "--accent": both("accent"), "--on-accent": both("onAccent"), "--wash": both("wash") };
}

import { readFileSync } from "node:fs";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type Colour, contrast, linear, shown, toHex } from "#domain/look/colour.ts";
import { hueOf, paper, toneOf } from "#domain/look/tone.ts";

const anyHue = fc.double({ min: -720, max: 720, noNaN: true });
const anyChroma = fc.double({ min: 0, max: 0.4, noNaN: true });
const schemes = fc.constantFrom("light", "dark");

describe("toneOf", () => {
  it("can be read in every pair of text and ground, whatever hue and chroma are wished", () => {
    fc.assert(
      fc.property(anyHue, anyChroma, schemes, (hue, chroma, scheme) => {
        const { accent, onAccent, wash } = toneOf(hue, scheme, chroma);
        for (const ground of [paper[scheme], wash, onAccent]) {
          expect(contrast(accent, ground)).toBeGreaterThanOrEqual(4.5);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("never leaves what a plain screen can show", () => {
    fc.assert(
      fc.property(anyHue, anyChroma, schemes, (hue, chroma, scheme) => {
        for (const colour of Object.values(toneOf(hue, scheme, chroma))) {
          for (const part of linear(colour)) expect(part).toBeGreaterThan(-0.002);
        }
      }),
    );
  });
});

describe("hueOf", () => {
  it("is the same for the same seed, and never red or muddy", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const hue = hueOf(seed);
        expect(hueOf(seed)).toBe(hue);
        expect((hue >= 40 && hue < 76) || (hue >= 139 && hue <= 360) || hue < 6).toBe(true);
      }),
    );
  });

  it("differs for neighbouring ids", () => {
    const hues = new Set(Array.from({ length: 40 }, (_, n) => hueOf(`0192f0c4-7b13-7d1e-9a11-00000000000${n}`)));
    expect(hues.size).toBeGreaterThan(25);
  });
});

describe("shown", () => {
  it("takes away no more chroma than it must", () => {
    const shy = { l: 0.5, c: 0.05, h: 200 };
    expect(shown(shy)).toEqual(shy);
    expect(shown({ l: 0.5, c: 0.4, h: 200 }).c).toBeLessThan(0.12);
  });
});

describe("the colours of app.css", () => {
  const sheet = readFileSync(new URL("../../web/app.css", import.meta.url), "utf8");

  const token = (name: string, scheme: "light" | "dark"): Colour => {
    const both = new RegExp(`--${name}: (.*);`).exec(sheet)?.[1] ?? "";
    const found = [...both.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)];
    const [, l, c, h] = (scheme === "dark" ? found.at(-1) : found[0]) ?? [];
    return { l: Number(l), c: Number(c), h: Number(h) };
  };

  const pairs = [
    ...["ink", "ink-soft", "accent", "good", "warn", "bad"].flatMap((text) =>
      ["paper", "surface", "sunken"].map((ground) => [text, ground, 4.5] as const),
    ),
    ["on-accent", "accent", 4.5],
    ["on-live", "live", 4.5],
    ...["accent", "good", "warn", "bad"].map(
      (mood) => [mood, mood === "accent" ? "wash" : `${mood}-wash`, 4.5] as const,
    ),
    ...["wash", "good-wash", "warn-wash", "bad-wash"].map((ground) => ["ink", ground, 4.5] as const),
    ["edge", "surface", 3],
    ["edge", "paper", 3],
  ] as const;

  for (const scheme of ["light", "dark"] as const) {
    it.each(pairs)(`show %s on %s in ${scheme} with a contrast of at least %d`, (text, ground, least) => {
      expect(contrast(token(text, scheme), token(ground, scheme))).toBeGreaterThanOrEqual(least);
    });

    it(`have the paper that the tones reckon with in ${scheme}`, () => {
      expect(token("paper", scheme)).toEqual(paper[scheme]);
    });
  }
});

describe("toHex", () => {
  it("knows white, black and a red, and cuts off what a plain screen cannot show", () => {
    const colours = [
      { l: 1, c: 0, h: 0 },
      { l: 0, c: 0, h: 0 },
      { l: 0.628, c: 0.2577, h: 29.23 },
      { l: 0.628, c: 0.4, h: 29.23 },
    ];
    expect(colours.map(toHex)).toEqual(["#ffffff", "#000000", "#ff0000", "#ff0000"]);
  });
});

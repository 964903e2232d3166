/** A colour as OKLCH: lightness 0–1, chroma 0–0.4, hue in degrees. */
export interface Colour {
  l: number;
  c: number;
  h: number;
}

/**
 * Converts to linear sRGB; parts outside 0–1 cannot be shown on a plain screen.
 */
export function linear({ l, c, h }: Colour): [number, number, number] {
  const angle = (h * Math.PI) / 180;
  const a = c * Math.cos(angle);
  const b = c * Math.sin(angle);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

/** Writes a colour as `#rrggbb`, for what does not know OKLCH; what a plain screen cannot show is cut off. */
export const toHex = (colour: Colour): string =>
  `#${linear(shown(colour))
    .map((part) => Math.round(255 * squeeze(Math.min(1, Math.max(0, part)))))
    .map((part) => part.toString(16).padStart(2, "0"))
    .join("")}`;

const squeeze = (part: number) => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);

/** Takes away only as much chroma as a plain screen cannot show, so that what is computed is what is seen. */
export function shown({ l, c, h }: Colour): Colour {
  if (fits({ l, c, h })) return { l, c, h };
  let low = 0;
  let high = c;
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    if (fits({ l, c: middle, h })) low = middle;
    else high = middle;
  }
  return { l, c: low, h };
}

const fits = (colour: Colour) => linear(colour).every((part) => part >= -0.0005 && part <= 1.0005);

/** Relative luminance as WCAG 2 defines it. */
export function luminance(colour: Colour): number {
  const [r, g, b] = linear(colour).map((part) => Math.min(1, Math.max(0, part))) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast as WCAG 2 defines it, from 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));

export const css = ({ l, c, h }: Colour) => `oklch(${round(l, 4)} ${round(c, 4)} ${round(h, 1)})`;

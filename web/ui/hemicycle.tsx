import { type Band, coverOf, dotArc, dotsTaken, type Row, rowsOf, takenOf } from "#domain/look/hemicycle.ts";
import { hueOf } from "#domain/look/tone.ts";
import { kept } from "#web/platform/kept.ts";
import { useFill, useWords } from "#web/platform/words.ts";

// A drawing is one text: as many elements would cost who renders it as much as the page around it.

/** Seats stand ten apart, so that two decimals are enough; this is how wide each is. */
const apart = 10;
const dot = 6.6;

/** A row as an arc of dots over the start side, with `seats` of its places drawn. */
function rowArc({ radius, seats: places }: Row, seats: number, colour: string): string {
  if (seats === 0) return "";
  const step = places > 1 ? Math.PI / (places - 1) : 1;
  const from = places > 1 ? Math.PI : Math.PI * 1.5;
  const { d, pathLength } = dotArc({ x: 0, y: 0, radius: radius * apart, from, step, dots: seats, size: dot });
  return `<path d="${d}" pathLength="${pathLength}" stroke="var(--${colour})"/>`;
}

const hall = kept((dots: number, taken: number) => {
  const rows = rowsOf(dots);
  const filled = takenOf(rows, taken);
  const reach = Math.max(2, rows.at(-1)?.radius ?? 0) * apart + dot / 2 + 0.5;
  const arcs = rows.map((row, index) => rowArc(row, row.seats, "line") + rowArc(row, filled[index] ?? 0, "accent"));
  return {
    viewBox: [-reach, -reach, 2 * reach, reach + dot / 2 + 0.5].map((part) => part.toFixed(2)).join(" "),
    drawing: { __html: arcs.join("") },
  };
});

/** A hall of `dots` seats, `taken` of them filled from the start side. It says nothing by itself: a number stands beside it. */
export function Hall({ dots, taken, className = "" }: { dots: number; taken: number; className?: string }) {
  const { viewBox, drawing } = hall(dots, taken);
  return (
    <svg
      viewBox={viewBox}
      aria-hidden="true"
      className={`rtl:-scale-x-100 ${className}`}
      fill="none"
      strokeWidth={dot}
      strokeDasharray="0.001 0.999"
      strokeLinecap="round"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn from numbers
      dangerouslySetInnerHTML={drawing}
    />
  );
}

interface FullnessProps {
  /** `null`: not told. */
  taken: number | null;
  /** `null`: there is room for everybody. */
  capacity: number | null;
  size?: "sm" | "md";
}

/** How full a place is: seats that fill, and the number in words beside them. */
export function Fullness({ taken, capacity, size = "md" }: FullnessProps) {
  const words = useWords("ui.seats");
  const fill = useFill();
  if (taken === null) return null;
  if (capacity === null) return <span className="text-sm text-ink-soft">{fill(words.open, { taken })}</span>;
  const dots = Math.min(capacity, size === "sm" ? 14 : 46);
  const left = capacity - taken;
  return (
    <span className="inline-flex items-center gap-3 align-middle">
      <Hall dots={dots} taken={dotsTaken(taken, capacity, dots)} className={size === "sm" ? "h-5" : "h-9"} />
      <span className="text-sm tabular">
        <span className="font-medium">{left <= 0 ? words.full : fill(words.left, { n: left })}</span>
        {size === "md" && <span className="block text-xs text-ink-soft">{fill(words.taken, { taken, capacity })}</span>}
      </span>
    </span>
  );
}

const drawn = kept((seed: string, hue: number, width: number, height: number) => {
  const { light, turn, gap, quiet, bright, seat } = coverOf(seed, width, height);
  const ground = `g${seed.replace(/\W/g, "")}`;
  const depths = [
    { offset: 0, colour: `0.56 0.105 ${hue}` },
    { offset: 0.5, colour: `0.41 0.085 ${hue + turn * 0.4}` },
    { offset: 1, colour: `0.26 0.06 ${hue + turn}` },
  ];
  const stops = depths.map(({ offset, colour }) => `<stop offset="${offset}" stop-color="oklch(${colour})"/>`);
  const gradient = `id="${ground}" cx="${light.x}%" cy="${light.y}%" r="115%"`;
  const yours = `cx="${seat.x}" cy="${seat.y}" fill="oklch(0.86 0.15 ${hue > 40 && hue < 110 ? 175 : 82})"`;
  const parts = [
    `<radialGradient ${gradient}>${stops.join("")}</radialGradient>`,
    `<rect width="${width}" height="${height}" fill="url(#${ground})"/>`,
    seats(quiet, gap, `stroke="oklch(0.82 0.07 ${hue})" opacity="0.3"`),
    seats(bright, gap, `stroke="oklch(0.93 0.045 ${hue + 15})"`),
    `<circle ${yours} r="${seat.size * 1.5}" opacity="0.22"/>`,
    `<circle ${yours} r="${seat.size * 0.62}"/>`,
  ];
  return { __html: parts.join("") };
});

function seats(bands: readonly Band[], gap: number, look: string): string {
  const rows = bands.map(({ d, size }) => `<path d="${d}" stroke-width="${size}"/>`);
  return `<g fill="none" stroke-linecap="round" stroke-dasharray="0.001 ${gap - 0.001}" ${look}>${rows.join("")}</g>`;
}

interface CoverProps {
  /** The thing's id: the same id gives the same picture for ever. */
  seed: string;
  hue?: number;
  className?: string;
  width?: number;
  height?: number;
}

/** The picture of something that has none: rows of seats in its own hue, one of which is yours. Decoration, unseen by ears. */
export function Cover({ seed, hue = hueOf(seed), className = "", width = 480, height = 270 }: CoverProps) {
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className={`block size-full ${className}`}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn from numbers
      dangerouslySetInnerHTML={drawn(seed, hue, width, height)}
    />
  );
}

import {
  type Band,
  coverOf,
  type DotArc,
  dotArc,
  dotsTaken,
  type Row,
  rowsOf,
  takenOf,
} from "#domain/look/hemicycle.ts";
import { hueOf } from "#domain/look/tone.ts";
import { kept } from "#web/platform/kept.ts";
import { useFill, useWords } from "#web/platform/words.ts";

function Arc({ arc, ...look }: { arc: DotArc; stroke: string; opacity?: number }) {
  return (
    <path
      d={arc.d}
      pathLength={arc.pathLength}
      strokeWidth={arc.size}
      strokeDasharray="0.001 0.999"
      strokeLinecap="round"
      fill="none"
      {...look}
    />
  );
}

/** Seats stand ten apart, so that two decimals are enough; this is how wide each is. */
const apart = 10;
const dot = 6.6;

/** A row as an arc of dots over the start side, with `seats` of its places drawn. */
function rowArc({ radius, seats: places }: Row, seats: number): DotArc {
  const step = places > 1 ? Math.PI / (places - 1) : 1;
  const from = places > 1 ? Math.PI : Math.PI * 1.5;
  return dotArc({ x: 0, y: 0, radius: radius * apart, from, step, dots: seats, size: dot });
}

const hall = kept((dots: number, taken: number) => {
  const rows = rowsOf(dots);
  return { rows, filled: takenOf(rows, taken) };
});

/** A hall of `dots` seats, `taken` of them filled from the start side. It says nothing by itself: a number stands beside it. */
export function Hall({ dots, taken, className = "" }: { dots: number; taken: number; className?: string }) {
  const { rows, filled } = hall(dots, taken);
  const reach = Math.max(2, rows.at(-1)?.radius ?? 0) * apart + dot / 2 + 0.5;
  return (
    <svg
      viewBox={[-reach, -reach, 2 * reach, reach + dot / 2 + 0.5].map((part) => part.toFixed(2)).join(" ")}
      aria-hidden="true"
      className={`rtl:-scale-x-100 ${className}`}
    >
      {rows.map((row, index) => {
        const taken = filled[index] ?? 0;
        return (
          <g key={row.radius}>
            <Arc arc={rowArc(row, row.seats)} stroke="var(--line)" />
            {taken > 0 && <Arc arc={rowArc(row, taken)} stroke="var(--accent)" />}
          </g>
        );
      })}
    </svg>
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

const drawn = kept(coverOf);

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
  const cover = drawn(seed, width, height);
  const seatColour = `oklch(0.86 0.15 ${hue > 40 && hue < 110 ? 175 : 82})`;
  const ground = `g${seed.replace(/\W/g, "")}`;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className={`block size-full ${className}`}
    >
      <radialGradient id={ground} cx={`${cover.light.x}%`} cy={`${cover.light.y}%`} r="115%">
        <stop offset="0" stopColor={`oklch(0.56 0.105 ${hue})`} />
        <stop offset="0.5" stopColor={`oklch(0.41 0.085 ${hue + cover.turn * 0.4})`} />
        <stop offset="1" stopColor={`oklch(0.26 0.06 ${hue + cover.turn})`} />
      </radialGradient>
      <rect width={width} height={height} fill={`url(#${ground})`} />
      <Seats bands={cover.quiet} gap={cover.gap} stroke={`oklch(0.82 0.07 ${hue})`} opacity={0.3} />
      <Seats bands={cover.bright} gap={cover.gap} stroke={`oklch(0.93 0.045 ${hue + 15})`} />
      <circle cx={cover.seat.x} cy={cover.seat.y} r={cover.seat.size * 1.5} fill={seatColour} opacity={0.22} />
      <circle cx={cover.seat.x} cy={cover.seat.y} r={cover.seat.size * 0.62} fill={seatColour} />
    </svg>
  );
}

function Seats({ bands, gap, ...look }: { bands: readonly Band[]; gap: number; stroke: string; opacity?: number }) {
  return (
    <g fill="none" strokeLinecap="round" strokeDasharray={`0.001 ${gap - 0.001}`} {...look}>
      {bands.map(({ d, size }) => (
        <path key={size} d={d} strokeWidth={size} />
      ))}
    </g>
  );
}

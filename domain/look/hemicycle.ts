import { numberOf, pick } from "#domain/look/seed.ts";

/** Dots on an arc, drawn as one dashed stroke with round caps: a whole row costs one element. */
export interface DotArc {
  d: string;
  /** Dots lie at the whole numbers of this length. */
  pathLength: number;
  /** The diameter of a dot. */
  size: number;
}

/** A row of seats: how far from the middle of the half-circle, in distances between seats, and how many. */
export interface Row {
  radius: number;
  seats: number;
}

const fixed = (value: number) => Math.round(value * 100) / 100;

interface Arc {
  x: number;
  y: number;
  radius: number;
  /** The angle of the first dot and the angle between dots, in radians; clockwise, 0 points to the right. */
  from: number;
  step: number;
  dots: number;
  size: number;
}

/** Draws `dots` dots along an arc. A full round is the most it can carry. */
export function dotArc({ x, y, radius, from, step, dots, size }: Arc): DotArc {
  // A dash that begins exactly where the path ends may be dropped by rounding, so the path runs on for a fifth of a step.
  const sweep = Math.min(step * (dots - 1 + 0.2), Math.PI * 1.999);
  const at = (angle: number) => `${fixed(x + radius * Math.cos(angle))} ${fixed(y + radius * Math.sin(angle))}`;
  const large = sweep > Math.PI ? 1 : 0;
  const r = fixed(radius);
  return {
    d: `M${at(from)}A${r} ${r} 0 ${large} 1 ${at(from + sweep)}`,
    pathLength: fixed(sweep / step),
    size: fixed(size),
  };
}

/** How much of the half-circle stays free before the first row, at least. */
const stageShare = 0.36;

/**
 * Seats a number of people in as many rows as leave room for a stage, with all seats equally far apart as far as whole
 * numbers allow.
 */
export function rowsOf(seats: number): Row[] {
  let rows = 1;
  while (innermost(seats, rows + 1) >= stageShare * (innermost(seats, rows + 1) + rows)) rows++;
  const first = innermost(seats, rows);
  let seated = 0;
  let due = 0;
  return Array.from({ length: rows }, (_, row) => {
    const radius = first + row;
    due += Math.PI * radius + 1;
    const places = row === rows - 1 ? seats - seated : Math.round(due) - seated;
    seated += places;
    return { radius, seats: places };
  });
}

/** The radius of the first of `rows` rows, one seat apart, in which `seats` people fit exactly. */
const innermost = (seats: number, rows: number) => (seats / rows - 1) / Math.PI - (rows - 1) / 2;

/** Fills the hall from its start side to its end side, as a plenary is counted: how many seats of each row are taken. */
export function takenOf(rows: readonly Row[], taken: number): number[] {
  const seats = rows.flatMap(({ seats }, row) =>
    Array.from({ length: seats }, (_, seat) => ({ row, angle: seats === 1 ? 0.5 : seat / (seats - 1) })),
  );
  seats.sort((a, b) => a.angle - b.angle || b.row - a.row);
  const filled = rows.map(() => 0);
  for (const { row } of seats.slice(0, Math.max(0, taken))) filled[row] = (filled[row] ?? 0) + 1;
  return filled;
}

/** How many of `dots` dots stand for `taken` of `capacity`: none only when nobody is there, all only when it is full. */
export function dotsTaken(taken: number, capacity: number, dots: number): number {
  if (capacity <= 0 || taken >= capacity) return dots;
  if (taken <= 0) return 0;
  return Math.min(dots - 1, Math.max(1, Math.round((taken / capacity) * dots)));
}

/** Rows whose dots have one size, as one dashed stroke. */
export interface Band {
  d: string;
  size: number;
}

export interface Cover {
  /** Degrees added to the hue at the far side of the ground. */
  turn: number;
  /** Where the light falls from, in per cent of the picture. */
  light: { x: number; y: number };
  /** From one dot to the next, the same in every row. */
  gap: number;
  quiet: Band[];
  bright: Band[];
  /** One seat stands out: yours. */
  seat: { x: number; y: number; size: number };
}

const stages: [Stage, ...Stage[]] = [
  { x: 0.5, y: 1.08, facing: -Math.PI / 2 },
  { x: 0.1, y: 1.05, facing: -Math.PI / 3.4 },
  { x: 0.9, y: 1.05, facing: -Math.PI + Math.PI / 3.4 },
  { x: 0.5, y: -0.12, facing: Math.PI / 2 },
  { x: -0.04, y: 0.4, facing: 0.1 },
  { x: 1.04, y: 0.55, facing: Math.PI + 0.1 },
];

interface Stage {
  x: number;
  y: number;
  facing: number;
}

const bandCount = 4;

/** Composes the picture of something that has none: a hall seen from its stage, always the same for the same seed. */
export function coverOf(seed: string, width: number, height: number): Cover {
  const stage = pick(seed, "stage", stages);
  const gap = fixed(height * (0.08 + numberOf(seed, "gap") * 0.07));
  const x = stage.x * width;
  const y = stage.y * height;
  const rows = Math.ceil(Math.hypot(Math.max(x, width - x), Math.max(y, height - y)) / gap);
  const lit = { middle: (numberOf(seed, "lit") - 0.5) * 0.9, half: 0.2 + numberOf(seed, "width") * 0.62 };
  const yours = Math.round(rows * (0.42 + numberOf(seed, "row") * 0.16));
  const sizes = Array.from({ length: bandCount }, (_, band) => fixed(gap * (0.26 + 0.3 * (band / (bandCount - 1)))));
  const quiet = sizes.map((size) => ({ d: "", size }));
  const bright = sizes.map((size) => ({ d: "", size }));
  let seat = { x, y, size: gap };
  for (let row = 2; row < rows; row++) {
    const radius = row * gap;
    const step = gap / radius;
    const band = Math.min(bandCount - 1, Math.floor((row / rows) * bandCount));
    const draw = (bands: Band[], first: number, last: number) => {
      const into = bands[band];
      if (!into || last < first) return;
      into.d += dotArc({ x, y, radius, step, dots: last - first + 1, from: stage.facing + first * step, size: 0 }).d;
    };
    const edge = Math.floor((Math.PI * 0.62) / step);
    const first = Math.ceil((lit.middle - lit.half) / step);
    const last = Math.floor((lit.middle + lit.half) / step);
    draw(quiet, -edge, first - 1);
    draw(bright, first, last);
    draw(quiet, last + 1, edge);
    if (row !== yours) continue;
    const angle = stage.facing + Math.round((first + last) / 2 + (numberOf(seed, "seat") - 0.5) * 4) * step;
    seat = { x: fixed(x + radius * Math.cos(angle)), y: fixed(y + radius * Math.sin(angle)), size: sizes[band] ?? gap };
  }
  const turn = Math.round(numberOf(seed, "turn") * 70 - 35);
  return { turn, light: { x: stage.x * 100, y: stage.y * 100 }, gap, quiet, bright, seat };
}

/** One line of a benchmark's answer: a figure, beside what it is held against. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  goal?: { atLeast?: number; atMost?: number };
}

/** Prints figures as a table; a figure that misses its goal is marked, never hidden. */
export function report(title: string, figures: readonly Figure[]): void {
  console.log(`\n${title}`);
  for (const { what, value, unit, goal } of figures) {
    const line = `  ${what.padEnd(58)} ${round(value).padStart(10)} ${unit}`;
    console.log(goal ? `${line.padEnd(84)} ${verdict(value, goal)}` : line);
  }
}

const round = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

function verdict(value: number, { atLeast, atMost }: NonNullable<Figure["goal"]>): string {
  if (atLeast !== undefined) return `goal ≥ ${atLeast} ${value >= atLeast ? "met" : "MISSED"}`;
  return `goal ≤ ${atMost} ${value <= (atMost ?? 0) ? "met" : "MISSED"}`;
}

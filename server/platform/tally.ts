/** A number as `/metrics` tells it; labels say what kind it was, and never who. */
export interface Sample {
  name: `plenary_${string}`;
  help: string;
  labels: Record<string, string>;
  value: number;
}

const tallies = new Map<string, Sample>();

/** Adds to what this process has counted since it started; `/metrics` says how much that is. */
export function tally(name: `${Sample["name"]}_total`, help: string, labels: Sample["labels"], by = 1): void {
  const key = [name, ...Object.values(labels)].join("\u0000");
  const known = tallies.get(key);
  if (known) known.value += by;
  else tallies.set(key, { name, help, labels, value: by });
}

export const listTallies = (): Sample[] => [...tallies.values()];

interface Count {
  help: string;
  counts: Map<string, { labels: Record<string, string>; value: number }>;
}

type Name = `plenary_${string}_total`;

const tallies = new Map<Name, Count>();

/** Counts once more what `/metrics` tells of this process; labels say what kind it was, and never who. */
export function tally(name: Name, help: string, labels: Record<string, string>): void {
  const { counts } = tallies.get(name) ?? { counts: new Map() };
  const key = Object.values(labels).join("\u0000");
  const value = (counts.get(key)?.value ?? 0) + 1;
  counts.set(key, { labels, value });
  tallies.set(name, { help, counts });
}

/** Everything that was counted since this process began. */
export const listTallies = (): { name: Name; help: string; labels: Record<string, string>; value: number }[] =>
  [...tallies].flatMap(([name, { help, counts }]) => [...counts.values()].map((one) => ({ name, help, ...one })));

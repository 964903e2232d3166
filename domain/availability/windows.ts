/** Ranges of time, half-open, in order, none touching another: opening, closing, opening, closing … */
export type Windows = readonly number[];

/** Joins ranges that overlap or touch; they may come in any order, and empty ones vanish. */
export function join(ranges: readonly (readonly [number, number])[]): Windows {
  const joined: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [from, to] of isSorted(ranges) ? ranges : [...ranges].sort((a, b) => a[0] - b[0])) {
    if (to <= from) continue;
    if (joined.length > 0 && from <= last) {
      if (to > last) joined[joined.length - 1] = last = to;
    } else {
      joined.push(from, to);
      last = to;
    }
  }
  return joined;
}

/** All times that are in any of the lists. */
export function unite(lists: readonly Windows[]): Windows {
  const [only] = lists;
  if (only && lists.length === 1) return only;
  return join(lists.flatMap(rangesOf));
}

/** All times that are in both lists. */
export function intersect(a: Windows, b: Windows): Windows {
  const common: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const from = Math.max(a[i] ?? 0, b[j] ?? 0);
    const [aEnds, bEnds] = [a[i + 1] ?? 0, b[j + 1] ?? 0];
    const to = Math.min(aEnds, bEnds);
    if (from < to) common.push(from, to);
    if (aEnds <= bEnds) i += 2;
    else j += 2;
  }
  return common;
}

export function rangesOf(windows: Windows): [number, number][] {
  const ranges: [number, number][] = [];
  for (let i = 0; i < windows.length; i += 2) ranges.push([windows[i] ?? 0, windows[i + 1] ?? 0]);
  return ranges;
}

function isSorted(ranges: readonly (readonly [number, number])[]): boolean {
  let before = Number.NEGATIVE_INFINITY;
  for (const [from] of ranges) {
    if (from < before) return false;
    before = from;
  }
  return true;
}

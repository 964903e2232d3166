/** What a booking takes of one date, in minutes of its clocks. */
export interface Part {
  date: string;
  from: number;
  to: number;
}

const dayMinutes = 1440;
const dayMs = 86_400_000;

/** Cuts what lasts from one wall time to another at its midnights. */
export function partsOf(start: string, end: string): Part[] {
  const [first, last] = [start.slice(0, 10), end.slice(0, 10)];
  const parts: Part[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += dayMs) {
    const date = new Date(at).toISOString().slice(0, 10);
    const from = date === first ? minuteOf(start) : 0;
    // Where clocks go back, an end may stand before its start.
    const to = date === last ? Math.max(minuteOf(end), first === last ? from + 15 : 0) : dayMinutes;
    if (to > from) parts.push({ date, from, to });
  }
  return parts;
}

const minuteOf = (wall: string) => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));

export interface Placed<T> {
  one: T;
  part: Part;
  /** Which of how many lanes side by side. */
  lane: number;
  lanes: number;
}

/** Puts what overlaps on a date side by side, each in the first lane that is free. */
export function placedOn<T extends { parts: readonly Part[] }>(date: string, all: readonly T[]): Placed<T>[] {
  const on = all
    .flatMap((one) => one.parts.filter((part) => part.date === date).map((part) => ({ one, part })))
    .sort((a, b) => a.part.from - b.part.from || b.part.to - a.part.to);
  const placed: Placed<T>[] = [];
  let group: Placed<T>[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const each of group) each.lanes = ends.length;
    placed.push(...group);
    [group, ends] = [[], []];
  };
  for (const { one, part } of on) {
    if (ends.every((end) => end <= part.from)) close();
    const free = ends.findIndex((end) => end <= part.from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = part.to;
    group.push({ one, part, lane, lanes: 1 });
  }
  close();
  return placed;
}

/** The hours that a week shows: the day's usual ones, and whatever lies outside of them. */
export function hoursOf(all: readonly { parts: readonly Part[] }[]): { first: number; last: number } {
  const parts = all.flatMap((one) => one.parts);
  return {
    first: Math.min(8, ...parts.map(({ from }) => Math.floor(from / 60))),
    last: Math.max(18, ...parts.map(({ to }) => Math.ceil(to / 60))),
  };
}

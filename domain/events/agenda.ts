import { toInstant, type WallTime } from "#domain/time/wall.ts";

/** Something that begins so long after the start of its event, or before it. */
export interface Item {
  startsAfterMinutes: number;
  /** Null where only the beginning matters. */
  durationMinutes: number | null;
}

/** What clocks show so long after they showed `start`. */
export function wallAfter(start: WallTime, minutes: number): WallTime {
  return Temporal.PlainDateTime.from(start).add({ minutes }).toString({ smallestUnit: "minute" });
}

/** How many minutes the clocks go from one time to another. */
export function minutesBetween(start: WallTime, end: WallTime): number {
  return Temporal.PlainDateTime.from(start).until(Temporal.PlainDateTime.from(end)).total("minutes");
}

/** When it is, at an event that begins at `start` on the clocks of a zone: a change of the clocks moves no item. */
export function timesOf(
  { startsAfterMinutes, durationMinutes }: Item,
  start: WallTime,
  zone: string,
): { startTime: Date; endTime: Date | null } {
  const startTime = toInstant(wallAfter(start, startsAfterMinutes), zone);
  const endTime = durationMinutes === null ? null : new Date(startTime.getTime() + durationMinutes * 60_000);
  return { startTime, endTime };
}

/** By when they begin; what begins together stays as it was. */
export const inOrder = <I extends Item>(items: readonly I[]): I[] =>
  items.toSorted((one, other) => one.startsAfterMinutes - other.startsAfterMinutes);

/** Each with an id of its own: the one it says, unless another before it says the same. */
export function withIds<I extends { id?: string }>(items: readonly I[], fresh: () => string): (I & { id: string })[] {
  const known = new Set<string>();
  return items.map((item) => {
    const id = item.id !== undefined && !known.has(item.id) ? item.id : fresh();
    known.add(id);
    return { ...item, id };
  });
}

import { datesIn, offsetsOf } from "#domain/availability/zone.ts";
import { dateOf, type IsoDate } from "#domain/time/days.ts";

export interface DayOfSlots {
  date: IsoDate;
  starts: number[];
}

/** Groups starts, ascending, by the dates that they have in the viewer's zone; dates without any are not among them. */
export function byDate(starts: readonly number[], timeZone: string): DayOfSlots[] {
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined || last === undefined) return [];
  const dayIn = datesIn(offsetsOf(timeZone, first, last));
  const days = Map.groupBy(starts, dayIn);
  return [...days].map(([day, times]) => ({ date: dateOf(day), starts: times }));
}

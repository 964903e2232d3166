import { fact } from "#server/platform/facts.ts";

interface About {
  gatheringId: string;
}

/** With the number that its letters and calendar entries are keyed by. */
interface Numbered extends About {
  sequence: number;
}

/** It was published: from now on people may come. */
export const scheduled = fact<Numbered>()("gathering.scheduled");
/** People hear of it unless it is quiet; calendars and timers follow in any case. */
interface Changed extends Numbered {
  isQuiet?: boolean;
}

/** Its time is another. */
export const moved = fact<Changed>()("gathering.moved");
/** Something else that people must hear of is another: its name, its place, its format. */
export const changed = fact<Changed>()("gathering.changed");
export const cancelled = fact<Numbered>()("gathering.cancelled");
/** Its settings, visibility or doors are others, which nobody is written to about. */
export const rearranged = fact<About>()("gathering.rearranged");
/** Its start has come, by our clock. */
export const started = fact<About>()("gathering.started");
/** Its end has come, by our clock. */
export const ended = fact<About>()("gathering.ended");

import { z } from "zod";

import { NearInstant } from "#contract/values.ts";

/** When something begins that is booked or moved. */
export const StartTime = NearInstant.meta({ example: "2030-05-01T17:00:00Z" });

/** No series is longer. */
export const mostOccurrences = 365;

/** One date of a series that is another than its rule says: at another time, or left out. */
const SeriesException = z.strictObject({
  /** Where the rule has it. */
  startTime: StartTime,
  movedTo: StartTime.nullable(),
});
export type SeriesException = z.infer<typeof SeriesException>;
export const SeriesExceptions = z.array(SeriesException).max(mostOccurrences).default([]);

/** How often a time is wanted, by the rule of its event type, the first time included. */
export const Recurrence = z.strictObject({
  count: z.int().min(2).max(mostOccurrences),
  exceptions: SeriesExceptions,
});
export type Recurrence = z.infer<typeof Recurrence>;

/** How much of a series is meant: this one, this one and those behind it, or all that are to come. */
export const SeriesScope = z.enum(["one", "following", "all"]);
export type SeriesScope = z.infer<typeof SeriesScope>;

import { z } from "zod";

import { NearInstant } from "#contract/values.ts";

/** Which of one's own places are meant, at events and with hosts alike, so that they can be told in one list. */
export const OwnPlacesQuery = z.strictObject({
  /** `upcoming` soonest first, else the newest first. */
  when: z.enum(["upcoming", "past", "all"]).default("all"),
  /** Only what begins before then. */
  before: NearInstant.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(400).optional(),
});
export type OwnPlacesQuery = z.infer<typeof OwnPlacesQuery>;

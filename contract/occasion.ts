import { z } from "zod";

const Instant = z.iso.datetime();

/** What somebody comes to, as far as a ticket, a list or a letter needs to know. */
export const Occasion = z.object({
  eventId: z.uuid(),
  gatheringId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  language: z.string(),
  hue: z.int().min(0).max(359),
  coverUrl: z.string().nullable(),
  format: z.enum(["in_person", "virtual", "hybrid"]),
  status: z.enum(["planned", "scheduled", "cancelled"]),
  cancelReason: z.string(),
  startTime: Instant,
  endTime: Instant,
  timeZone: z.string(),
  placeName: z.string(),
  placeAddress: z.string(),
  placeNotes: z.string(),
  organizerName: z.string(),
  organizerSlug: z.string(),
});

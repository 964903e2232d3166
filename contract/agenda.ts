import { z } from "zod";

import { Instant } from "#contract/gatherings.ts";
import { named } from "#contract/issue.ts";
import { Line } from "#contract/values.ts";

const WebAddress = z.union([z.literal(""), z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(300)]);

/** Somebody who speaks at an event; an account is not needed. One with the `id` of one that is there keeps its picture. */
export const SpeakerInput = z.strictObject({
  id: z.uuid().optional(),
  name: Line.min(1).max(120),
  /** What they are, in a few words. */
  headline: Line.max(160).default(""),
  bio: z.string().trim().max(2000).default(""),
  url: WebAddress.default(""),
});
export type SpeakerInput = z.infer<typeof SpeakerInput>;

export const StoredSpeaker = SpeakerInput.required().extend({ pictureId: z.uuid().nullable() });
export type StoredSpeaker = z.infer<typeof StoredSpeaker>;

export const Speaker = z.object({
  id: z.uuid(),
  name: z.string(),
  headline: z.string(),
  bio: z.string(),
  url: z.string(),
  pictureUrl: z.string().nullable(),
});
export type Speaker = z.infer<typeof Speaker>;

const day = 1440;
const longest = 15 * day;

/**
 * Something on the agenda, by minutes from the start: each time of the event has it, and it moves with them. What comes
 * before the start, such as the doors, has fewer than none.
 */
export const AgendaItemInput = z.strictObject({
  id: z.uuid().optional(),
  title: Line.min(1).max(200),
  description: z.string().trim().max(2000).default(""),
  /** A hall or a stage, where there are several. */
  placeName: Line.max(120).default(""),
  startsAfterMinutes: z.int().min(-day).max(longest),
  /** Null where only the beginning matters. */
  durationMinutes: z.int().min(1).max(longest).nullable().default(null),
  /** Of `speakers`. */
  speakerIds: z.array(z.uuid()).max(30).default([]),
});
export type AgendaItemInput = z.infer<typeof AgendaItemInput>;

export const StoredItem = AgendaItemInput.required();
export type StoredItem = z.infer<typeof StoredItem>;

/** The same at the time that is meant; without a time as long as there is none. */
export const AgendaItem = z.object({
  ...StoredItem.shape,
  startTime: Instant.nullable(),
  endTime: Instant.nullable(),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

export const mostSpeakers = 60;
export const mostItems = 120;

const longestMetadata = 8192;

/** Keys and values of an API client's own, kept and given back to those who may edit; no page shows them. */
export const Metadata = z
  .record(z.string().min(1).max(60), z.unknown())
  .refine((data) => JSON.stringify(data).length <= longestMetadata, named("tooLong", { maximum: longestMetadata }))
  .meta({ description: `Any JSON object of at most ${longestMetadata} characters.` });
export type Metadata = z.infer<typeof Metadata>;

import { z } from "zod";

import { AgendaItemInput, Metadata, mostItems, mostSpeakers, SpeakerInput } from "#contract/agenda.ts";
import { Moment, VirtualConfigInput, ZoneName } from "#contract/gatherings.ts";
import { named } from "#contract/issue.ts";
import { MinimumAge } from "#contract/terms.ts";
import { Line, NearDate } from "#contract/values.ts";
import { mostTimes } from "#domain/recurrence/repeating.ts";
import { formats } from "#domain/registrations/places.ts";

/** The words of source 000 for what kind of event it is. */
export const eventKinds = [
  "group_therapy",
  "support_group",
  "skill_workshop",
  "mindfulness",
  "q_and_a",
  "expert_talk",
  "mental_health_workshop",
  "wellness_seminar",
  "professional_training",
  "expert_presentation",
  "panel_discussion",
  "group_check_in",
  "community_discussion",
  "goal_setting",
  "progress_sharing",
  "peer_support",
  "wellness_activity",
  "community_gathering",
  "workshop",
  "activity_group",
  "therapy_session",
  "counseling_workshop",
  "wellness_retreat",
] as const;

export const visibilities = ["public", "unlisted", "invite_only", "private"] as const;

/** `in_person`, `virtual` or `hybrid`; what the sources call `physical` and `in-person` is understood. */
export const FormatInput = z.preprocess(
  (value) => (value === "physical" || value === "in-person" ? "in_person" : value),
  z.enum(formats),
);

const Places = z.int().min(1).max(1_000_000);
const EventSlug = z
  .string()
  .trim()
  .toLowerCase()
  .min(3)
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, named("slug"));

export const Title = Line.min(1).max(200);

const mostTags = 10;
/** Words that say what it is about, each once; also as one text with commas between them. */
const Tags = z.preprocess(
  (value) => (typeof value === "string" ? value.split(",") : value),
  z
    .array(Line.max(40))
    .max(mostTags * 3)
    .transform((tags) => [...new Map(tags.filter(Boolean).map((tag) => [tag.toLowerCase(), tag])).values()])
    .pipe(z.array(z.string()).max(mostTags)),
);

const fields = {
  title: Title,
  slug: EventSlug,
  summary: z.string().trim().max(300),
  /** Markdown. */
  description: z.string().max(50_000),
  hue: z.int().min(0).max(359),
  categoryId: z.uuid().nullable(),
  /** A category by its slug, instead of `categoryId`. */
  category: z.string().max(80).nullable(),
  kind: z.enum(eventKinds).nullable(),
  format: FormatInput,
  visibility: z.enum(visibilities),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, named("language"))
    .max(35),
  /** An instant, or the time on the clocks of `timeZone`. */
  startTime: Moment.nullable(),
  endTime: Moment.nullable(),
  /** Minutes; instead of `endTime`. */
  duration: z.int().min(1).max(20_160),
  timeZone: ZoneName,
  /** The same by the name of source 000. */
  timezone: ZoneName,
  placeName: Line.max(200),
  placeAddress: z.string().trim().max(500),
  placeNotes: z.string().trim().max(1000),
  /** All places together; `maxParticipants` is the same by another name. Null means without limit. */
  capacity: Places.nullable(),
  maxParticipants: Places.nullable(),
  inPersonCapacity: Places.nullable(),
  virtualCapacity: Places.nullable(),
  registrationOpensAt: Moment.nullable(),
  registrationClosesAt: Moment.nullable(),
  tags: Tags,
  /** In years; null is for everybody. */
  minimumAge: MinimumAge.nullable(),
  /** What helps people who could otherwise not take part: steps, signs, captions, a quiet room. */
  accessibility: z.string().trim().max(2000),
  /** How people treat each other there. */
  conduct: z.string().trim().max(5000),
  /** Whom to ask before it, and whom to turn to there. */
  contact: z.string().trim().max(500),
  /** In the order in which they are shown. */
  speakers: z.array(SpeakerInput).max(mostSpeakers),
  agenda: z.array(AgendaItemInput).max(mostItems),
  metadata: Metadata.nullable(),
  needsApproval: z.boolean(),
  hasWaitlist: z.boolean(),
  chatEnabled: z.boolean(),
  virtualConfig: VirtualConfigInput,
};

/** Whether those who registered hear of another time, place, name or format, and in which words. */
const telling = {
  notify: z.boolean(),
  note: z.string().trim().max(1000),
};

/** What a change may name; what it leaves out stays. `version` is the one it started from. */
export const EventChange = z
  .strictObject({
    ...fields,
    version: z.int().min(1).max(2_000_000_000),
    ...telling,
    /** Also where more is taken than the new capacity: nobody loses a place, and nobody new gets one. */
    overbook: z.boolean(),
  })
  .partial();
export type EventChange = z.infer<typeof EventChange>;

export const EventDraft = z
  .strictObject({
    ...fields,
    organizerId: z.uuid(),
    /** Begins from this template; what is said beside it stands. */
    template: z.string().min(1).max(60),
  })
  .partial()
  .extend({ title: Title });
export type EventDraft = z.infer<typeof EventDraft>;

/** What a template keeps of an event: all but its address, its times, its windows and what others keep with it. */
export const TemplateContent = z
  .strictObject(fields)
  .omit({
    slug: true,
    category: true,
    startTime: true,
    endTime: true,
    duration: true,
    timeZone: true,
    timezone: true,
    maxParticipants: true,
    registrationOpensAt: true,
    registrationClosesAt: true,
    metadata: true,
  })
  .partial();
export type TemplateContent = z.infer<typeof TemplateContent>;

const own = {
  /** What only this time says; null is as the event says it. */
  title: Title.nullable(),
  placeName: Line.min(1).max(200).nullable(),
  placeAddress: z.string().trim().max(500),
  capacity: Places.nullable(),
};

const single = ["startTime", "endTime", "recurrenceRule", "maxOccurrences", "recurrenceEndDate"] as const;

/**
 * Further times of an event: a list, or one alone, or those of a rule from that one on. Each lasts as long as the event
 * does unless it says otherwise.
 */
export const OccurrencesInput = z
  .strictObject({
    times: z
      .array(z.strictObject({ startTime: Moment, endTime: Moment.optional() }))
      .min(1)
      .max(mostTimes),
    /** The first one of a rule, whether or not the rule has its date. */
    startTime: Moment,
    endTime: Moment,
    /** RFC 5545, by days, weeks or months: `FREQ=MONTHLY;BYDAY=2TU`. It says itself where it ends, or the two below do. */
    recurrenceRule: z.string().trim().min(1).max(500),
    maxOccurrences: z.int().min(1).max(mostTimes),
    recurrenceEndDate: NearDate,
    ...own,
  })
  .partial()
  .refine(({ times, ...one }) => times === undefined || single.every((name) => one[name] === undefined), {
    path: ["times"],
    ...named("one_of_two"),
  })
  .refine(({ times, startTime }) => times !== undefined || startTime !== undefined, {
    path: ["startTime"],
    ...named("missing"),
  })
  .refine(
    ({ recurrenceRule, maxOccurrences, recurrenceEndDate }) =>
      recurrenceRule !== undefined || (maxOccurrences === undefined && recurrenceEndDate === undefined),
    { path: ["recurrenceRule"], ...named("missing") },
  )
  .meta({ oneOf: [{ required: ["times"] }, { required: ["startTime"] }] });
export type OccurrencesInput = z.infer<typeof OccurrencesInput>;

/** Which of an event's times are meant. */
const occurrenceIds = z.array(z.uuid()).min(1).max(100);
export const SeveralOccurrences = z.strictObject({ occurrenceIds });
export const OccurrencesToCancel = z.strictObject({ occurrenceIds, reason: z.string().trim().max(1000).default("") });

export const OccurrenceChange = z
  .strictObject({ ...own, startTime: Moment, endTime: Moment, overbook: z.boolean(), ...telling })
  .partial();
export type OccurrenceChange = z.infer<typeof OccurrenceChange>;

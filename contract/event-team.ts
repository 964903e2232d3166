import { z } from "zod";

import { Instant } from "#contract/gatherings.ts";
import { teamRoles } from "#domain/entitlement/doors.ts";
import { allRights } from "#domain/entitlement/rights.ts";
import { reviewSteps } from "#domain/events/review.ts";

/** People at an event, for its team. */
export const People = z.object({
  confirmed: z.int().min(0).max(2_000_000_000),
  pending: z.int().min(0).max(2_000_000_000),
  waitlisted: z.int().min(0).max(2_000_000_000),
  /** All who would be told of a change or a cancellation; of a cancelled event, who was told. */
  told: z.int().min(0).max(2_000_000_000),
});
export type People = z.infer<typeof People>;

/** One step of an event through review, with the words that came with it. */
export const ReviewStep = z.object({
  id: z.uuid(),
  step: z.enum(reviewSteps),
  note: z.string(),
  at: Instant,
});
export type ReviewStep = z.infer<typeof ReviewStep>;

export const Review = z.object({
  /** Whether publishing, by who asks, leads to review first. */
  isNeeded: z.boolean(),
  isOrganizerTrusted: z.boolean(),
  /** The last of them, oldest first. */
  steps: z.array(ReviewStep),
});
export type Review = z.infer<typeof Review>;

/** Something else that a host of an event has at one of its times: to be known, never a refusal. */
export const HostConflict = z.object({
  occurrenceId: z.uuid(),
  hostName: z.string(),
  /** What it is; null where that is none of the reader's business. */
  title: z.string().nullable(),
  startTime: Instant,
  endTime: Instant,
  timeZone: z.string(),
});
export type HostConflict = z.infer<typeof HostConflict>;

/** What those who run an event see of it beside its page. */
export const EventTeam = z.object({
  role: z.enum(teamRoles).nullable(),
  mayEdit: z.boolean(),
  /** All that the caller may do here. */
  may: z.array(z.enum(allRights)),
  version: z.int().min(1).max(2_000_000_000),
  people: People,
  /** What is missing before it can be published. */
  missing: z.array(z.string()),
  review: Review,
  /** The first of them, by when they are; for who may edit. */
  conflicts: z.array(HostConflict),
});

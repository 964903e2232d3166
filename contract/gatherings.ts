import { z } from "zod";

import { named } from "#contract/issue.ts";
import { route } from "#contract/route.ts";
import { Line, nearDay } from "#contract/values.ts";
import { gatheringStatuses } from "#domain/gatherings/states.ts";
import { isWallTime, isZone } from "#domain/time/wall.ts";

/** An IANA zone such as `Europe/Berlin`; bare offsets are refused, since they know no summer. */
export const ZoneName = z
  .string()
  .max(64)
  .refine(isZone, named("zone"))
  .meta({
    id: "TimeZone",
    description: "A zone of the IANA data. Its older names are understood too.",
    enum: [...Intl.supportedValuesOf("timeZone"), "UTC"],
  });

const hour = "([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d|(:[0-5]\\d(\\.\\d{1,9})?)?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d))?";

/**
 * When something is: an instant (`2030-05-01T17:00:00Z`), or the time on the clocks of its zone (`2030-05-01T19:00`).
 */
export const Moment = z
  .string()
  .max(40)
  .refine((text) => isWallTime(text) || z.iso.datetime({ offset: true }).safeParse(text).success, named("moment"))
  .refine((text) => text >= "1970" && text < "2200", named("years"))
  .meta({
    id: "Moment",
    description: "An instant, or without a zone the time on the clocks of the place.",
    example: "2030-05-01T17:00:00Z",
    pattern: `^${nearDay}T${hour}$`,
  });

/** What an instant looks like in every reply. */
export const Instant = z.iso.datetime();

export const BreakoutRoomConfig = z.strictObject({
  enabled: z.boolean(),
  autoAssign: z.boolean(),
  roomCount: z.int().min(1).max(100).optional(),
  roomNames: z.array(Line.min(1).max(80)).max(100).optional(),
  allowSelfSelect: z.boolean(),
  duration: z.int().min(1).max(1440).optional(),
});
export type BreakoutRoomConfig = z.infer<typeof BreakoutRoomConfig>;

/** The online side of a gathering, as source 003 names it. */
export const EventVirtualConfig = z.strictObject({
  enabled: z.boolean(),
  conferenceRoomId: z.string().max(80).optional(),
  autoStartMinutes: z.int().min(0).max(120),
  waitingRoomEnabled: z.boolean(),
  recordingEnabled: z.boolean(),
  recordingConsentRequired: z.boolean(),
  maxVirtualAttendees: z.int().min(1).max(1_000_000).optional(),
  breakoutRoomsEnabled: z.boolean(),
  breakoutConfig: BreakoutRoomConfig.optional(),
  recordingUrl: z.string().max(500).optional(),
  e2eeRequired: z.boolean(),
});
export type EventVirtualConfig = z.infer<typeof EventVirtualConfig>;

/** What rooms and chat need to know of a gathering, whatever made it. Stored as JSON with each gathering. */
export const GatheringSettings = z.strictObject({
  virtualConfig: EventVirtualConfig,
  chat: z.strictObject({ enabled: z.boolean() }),
});
export type GatheringSettings = z.infer<typeof GatheringSettings>;

/** What an organizer may say about the online side; the room's id and the recording's address are ours to say. */
export const VirtualConfigInput = EventVirtualConfig.omit({ conferenceRoomId: true, recordingUrl: true })
  .extend({ maxVirtualAttendees: z.int().min(1).max(1_000_000).nullable() })
  .partial();
export type VirtualConfigInput = z.infer<typeof VirtualConfigInput>;

/** One time at which something takes place. */
export const Occurrence = z.object({
  id: z.uuid(),
  status: z.enum(gatheringStatuses),
  startTime: Instant.nullable(),
  endTime: Instant.nullable(),
  /** The same on the clocks of `timeZone`. */
  wallStart: z.string().nullable(),
  wallEnd: z.string().nullable(),
  timeZone: z.string(),
  sequence: z.int().min(0).max(1_000_000),
  /** What this time says otherwise; null is as its event says it. */
  title: z.string().nullable(),
  placeName: z.string().nullable(),
  placeAddress: z.string(),
  capacity: z.int().min(1).max(1_000_000).nullable(),
  cancelReason: z.string(),
  /** How many are told of a change; null for who does not run it. */
  told: z.int().min(0).max(2_000_000_000).nullable(),
});
export type Occurrence = z.infer<typeof Occurrence>;

export const gatherings = {
  calendar: route({
    method: "GET",
    path: "/events/:id/calendar.ics",
    summary: "The calendar entry of an event's occurrence",
    status: 200,
    who: "anyone",
    media: "text/calendar; charset=utf-8",
    params: z.strictObject({ id: z.string().min(1).max(120) }),
    query: z.strictObject({ occurrence_id: z.uuid().optional() }),
    reply: z.string(),
    problems: ["event.not_found", "gathering.not_found"],
  }),
};

import { z } from "zod";

import { channel } from "#contract/channel.ts";
import { Instant } from "#contract/gatherings.ts";
import { problems } from "#contract/problems.ts";
import { route } from "#contract/route.ts";
import { OpenTerms } from "#contract/terms.ts";
import { roomStatuses } from "#domain/rooms/states.ts";

const ofGathering = z.strictObject({ gatheringId: z.uuid() });
const ofPerson = z.strictObject({ gatheringId: z.uuid(), personId: z.uuid() });
const ofEvent = z.strictObject({ id: z.string().min(1).max(120) });
const whichOccurrence = z.strictObject({ occurrence_id: z.uuid().optional() });
const nothing = z.strictObject({}).optional();
/** Epoch milliseconds: the interfaces of source 003 count so. */
const Epoch = z.int().min(0).max(8_640_000_000_000_000);

/** As whom somebody is in a room. */
export const Part = z.enum(["visitor", "attendee", "speaker", "moderator", "host", "door"]);
export type Part = z.infer<typeof Part>;

/** Tells apart the devices of one person; made and remembered by the browser. */
const deviceName = z.string().regex(/^[A-Za-z0-9_-]{6,40}$/);

/** What the join button, the green room and the room itself need to know before anybody is in. */
export const RoomView = z.object({
  gatheringId: z.uuid(),
  eventId: z.uuid(),
  title: z.string(),
  startTime: Instant.nullable(),
  endTime: Instant.nullable(),
  timeZone: z.string(),
  /** What the button shows: `off` says why in `because`. */
  state: z.enum(["not_started", "waiting_room", "live", "ended", "off"]),
  status: z.enum(roomStatuses),
  /** When it opens by itself. */
  opensAt: Instant.nullable(),
  /** When it ends by itself. */
  closesAt: Instant.nullable(),
  /** Whether the caller has knocked and waits to be let in. */
  isWaiting: z.boolean(),
  /** Whether this caller may enter now; if not, the code of the refusal. */
  mayJoin: z.boolean(),
  because: z.enum(Object.keys(problems) as [keyof typeof problems]).nullable(),
  /** Who the caller is there, if anybody. */
  me: z.object({ personId: z.uuid(), displayName: z.string(), as: Part }).nullable(),
  /** What the caller has still to accept before they go in; of hosts and their team nothing is asked. */
  terms: OpenTerms.nullable(),
  /** Whether the caller may open it early, keep it open or reopen it. */
  mayStart: z.boolean(),
  chat: z.boolean(),
  /** Whether this installation can carry pictures and sound now; the reason is for those who run it. */
  media: z.object({
    state: z.enum(["ready", "preparing", "off"]),
    progress: z.number().min(0).max(1).optional(),
    reason: z.string().optional(),
  }),
  joinUrl: z.string(),
  /** The page that all this belongs to. */
  pageUrl: z.string(),
  /** Where whoever runs an event's room reads who was there, and for how long. */
  attendanceUrl: z.string().nullable(),
  /** The house's own time when this was said. */
  now: Instant,
});
export type RoomView = z.infer<typeof RoomView>;

export const JoinInput = z.strictObject({ device: deviceName });

/** What a browser needs to connect. The token is for one person, one device, one room, and ten minutes. */
export const MediaPass = z.object({
  gatheringId: z.uuid(),
  identity: z.string(),
  as: Part,
  token: z.string(),
  expiresAt: Instant,
});
export type MediaPass = z.infer<typeof MediaPass>;

export const RoomPerson = z.object({
  personId: z.uuid(),
  name: z.string(),
  as: Part,
  isHere: z.boolean(),
  isMuted: z.boolean(),
  /** Shut out by a host; only hosts are told. */
  isOut: z.enum(["denied", "removed", "banned"]).nullable(),
});
export type RoomPerson = z.infer<typeof RoomPerson>;

/** Those who wait before a room to be let in. */
export const Lobby = z.object({
  items: z.array(RoomPerson.pick({ personId: true, name: true })),
  nextCursor: z.null(),
});
export type Lobby = z.infer<typeof Lobby>;

/** Names as source 003 has them. */
export const EventConferenceRoom = z.object({
  id: z.uuid(),
  eventId: z.uuid(),
  gatheringId: z.uuid(),
  status: z.enum(roomStatuses),
  joinUrl: z.string(),
  startedAt: Epoch,
  endsAt: Epoch,
  recording: z.boolean(),
  e2ee: z.boolean(),
});
export type EventConferenceRoom = z.infer<typeof EventConferenceRoom>;

export const VirtualAttendance = z.object({
  id: z.uuid(),
  eventId: z.uuid(),
  pubkey: z.string(),
  name: z.string(),
  joinedAt: Epoch,
  leftAt: Epoch.optional(),
  durationSeconds: z.int().min(0).max(100_000_000),
  breakoutRoomId: z.uuid().optional(),
});
export type VirtualAttendance = z.infer<typeof VirtualAttendance>;

export const VirtualAttendanceStats = z.object({
  totalVirtualAttendees: z.int().min(0).max(1_000_000),
  peakConcurrentAttendees: z.int().min(0).max(1_000_000),
  averageDurationMinutes: z.number().min(0).max(10_000_000),
  attendees: z.array(
    z.object({
      pubkey: z.string(),
      name: z.string(),
      totalDurationMinutes: z.number().min(0).max(10_000_000),
      joinedAt: Epoch,
      isHere: z.boolean(),
    }),
  ),
});

export interface JoinReminderConfig {
  minutesBefore: number[];
  channels: ("email" | "in_app" | "push")[];
  joinUrl: string;
}

/** What the doors of a gathering can answer. */
export const doorProblems = [
  "gathering.not_found",
  "gathering.cancelled",
  "access.banned",
  "access.registration_needed",
  "access.approval_pending",
  "access.waitlisted",
  "access.offer_open",
  "access.payment_due",
  "access.other_side",
  "room.not_open",
  "room.ended",
  "room.removed",
  "room.full",
  "room.off",
  "access.team_only",
  "access.lobby_waiting",
  "access.lobby_denied",
  "access.consent_needed",
  "access.terms_needed",
] as const;
const hostProblems = ["gathering.not_found", "auth.forbidden", "room.off", "room.not_open"] as const;

const onPerson = (what: "stop-screen" | "remove" | "ban" | "admit" | "deny", summary: string) =>
  route({
    method: "POST",
    path: `/gatherings/:gatheringId/people/:personId/${what}`,
    summary,
    status: 200,
    who: "signedIn",
    params: ofPerson,
    body: nothing,
    reply: RoomPerson,
    problems: [...hostProblems, "person.not_found"],
  });

export const rooms = {
  get: route({
    method: "GET",
    path: "/gatherings/:gatheringId/room",
    summary: "Whether the room of a gathering is open, and whether the caller may enter",
    status: 200,
    who: "anyone",
    params: ofGathering,
    reply: RoomView,
    problems: ["gathering.not_found"],
  }),
  ofEvent: route({
    method: "GET",
    path: "/events/:id/room",
    summary: "The same by the event: of the occurrence that is on, else the next",
    status: 200,
    who: "anyone",
    params: ofEvent,
    query: whichOccurrence,
    reply: RoomView,
    problems: ["event.not_found", "gathering.not_found"],
  }),
  join: route({
    method: "POST",
    path: "/gatherings/:gatheringId/room/passes",
    summary: "Get a pass to the room, or a new one",
    status: 201,
    who: "holder",
    // A hall full of guests may come through one network.
    limit: 300,
    params: ofGathering,
    body: JoinInput,
    reply: MediaPass,
    problems: doorProblems,
  }),
  start: route({
    method: "POST",
    path: "/gatherings/:gatheringId/start",
    summary: "Open the room early, keep it open past its end, or reopen it, until two hours after the end",
    status: 200,
    who: "signedIn",
    params: ofGathering,
    body: nothing,
    reply: EventConferenceRoom,
    problems: [...hostProblems, "room.ended", "gathering.cancelled"],
  }),
  end: route({
    method: "POST",
    path: "/gatherings/:gatheringId/end",
    summary: "End the room for everybody",
    status: 200,
    who: "signedIn",
    params: ofGathering,
    body: nothing,
    reply: z.object({ recordingUrl: z.string().nullable() }),
    problems: hostProblems,
  }),
  people: route({
    method: "GET",
    path: "/gatherings/:gatheringId/people",
    summary: "Who is in the room, and who was shut out of it (hosts only)",
    status: 200,
    who: "holder",
    params: ofGathering,
    reply: z.object({
      items: z.array(RoomPerson),
      nextCursor: z.null(),
      /** The last operation of the people channel that this list knows. */
      seq: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
    }),
    problems: doorProblems,
  }),
  mute: route({
    method: "POST",
    path: "/gatherings/:gatheringId/people/:personId/mute",
    summary: "Take the microphone from somebody, or give it back",
    status: 200,
    who: "signedIn",
    params: ofPerson,
    body: z.strictObject({ muted: z.boolean().default(true) }).optional(),
    reply: RoomPerson,
    problems: [...hostProblems, "person.not_found"],
  }),
  stopScreen: onPerson("stop-screen", "End the screen that somebody shares; they may share another"),
  remove: onPerson("remove", "Put somebody out of the room"),
  ban: onPerson("ban", "Shut somebody out of the gathering"),
  admit: onPerson("admit", "Let somebody in who waits before the room, or was shut out of it"),
  deny: onPerson("deny", "Turn somebody away who waits before the room"),
  lobby: route({
    method: "GET",
    path: "/gatherings/:gatheringId/lobby",
    summary: "Who waits before the room to be let in (hosts only)",
    status: 200,
    who: "signedIn",
    params: ofGathering,
    reply: Lobby,
    problems: hostProblems,
  }),
  knock: route({
    method: "POST",
    path: "/gatherings/:gatheringId/lobby",
    summary: "Ask to be let into a room with a waiting room; said again each 20 seconds, for as long as one waits",
    status: 200,
    who: "holder",
    // A hall full of guests may come through one network.
    limit: 600,
    params: ofGathering,
    body: nothing,
    reply: RoomView,
    problems: doorProblems,
  }),
  leaveLobby: route({
    method: "DELETE",
    path: "/gatherings/:gatheringId/lobby",
    summary: "Wait no longer to be let in",
    status: 204,
    who: "holder",
    params: ofGathering,
    reply: z.undefined(),
    problems: doorProblems,
  }),
  admitAll: route({
    method: "POST",
    path: "/gatherings/:gatheringId/lobby/admit",
    summary: "Let everybody in who waits before the room",
    status: 200,
    who: "signedIn",
    params: ofGathering,
    body: nothing,
    reply: z.object({ items: z.array(RoomPerson) }),
    problems: hostProblems,
  }),
  stream: route({
    method: "GET",
    path: "/events/:id/stream",
    summary: "Where an event can be watched: its room, with a pass while it is open",
    status: 200,
    who: "anyone",
    limit: 60,
    params: ofEvent,
    query: whichOccurrence,
    reply: z.object({
      kind: z.literal("room"),
      url: z.string(),
      token: z.string().optional(),
      expiresAt: Instant.optional(),
      opensAt: Instant.optional(),
    }),
    problems: ["event.not_found", "auth.required", ...doorProblems],
  }),
  attendance: route({
    method: "GET",
    path: "/events/:id/attendance",
    summary: "Who was in the room, and for how long (team only)",
    status: 200,
    who: "signedIn",
    scope: "events:read",
    params: ofEvent,
    query: whichOccurrence.extend({
      limit: z.coerce.number().int().min(1).max(1000).default(200),
      cursor: z.uuid().optional(),
    }),
    reply: z.object({
      gatheringId: z.uuid(),
      stats: VirtualAttendanceStats,
      /** The ledger, newest first: one row for each connection. */
      items: z.array(VirtualAttendance),
      nextCursor: z.string().nullable(),
    }),
    problems: ["event.not_found", "gathering.not_found", "auth.forbidden"],
  }),
  webhook: route({
    method: "POST",
    path: "/webhooks/livekit",
    summary: "What the media engine tells us, signed",
    status: 200,
    who: "provider",
    raw: true,
    reply: z.object({}),
    problems: ["webhook.unsigned"],
  }),
};

/** Who comes and goes; the list as it stands comes with `people`. */
export const people = channel({
  name: "gathering/:gatheringId/people",
  params: ofGathering,
  told: { changed: RoomPerson.omit({ isOut: true }) },
  said: {},
  keepsHistory: false,
});

/** Somebody came to the lobby, left it, or was answered: for those who let people in. */
export const lobby = channel({
  name: "gathering/:gatheringId/lobby",
  params: ofGathering,
  told: { changed: z.object({}) },
  said: {},
  keepsHistory: false,
});

/** Opening and ending, and who of those in the lobby was answered: for all who wait, and those who are in. */
export const roomState = channel({
  name: "gathering/:gatheringId/room",
  params: ofGathering,
  told: {
    opened: z.object({ closesAt: Instant }),
    ended: z.object({}),
    answered: z.object({ personId: z.uuid() }),
  },
  said: {},
  keepsHistory: false,
});

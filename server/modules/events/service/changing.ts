import { randomUUIDv7 } from "node:crypto";

import type { EventChange } from "#contract/event-input.ts";
import type { GatheringSettings, VirtualConfigInput } from "#contract/gatherings.ts";
import { inOrder, withIds } from "#domain/events/agenda.ts";
import { toInstant } from "#domain/time/wall.ts";
import type { EventRow } from "#server/modules/events/repo/event.ts";
import { instantOf } from "#server/modules/gatherings/service/planning.ts";
import { Problem } from "#server/platform/problem.ts";

/** An event with the time and the settings of the gathering that is meant. */
export interface Whole {
  event: EventRow;
  startTime: Date | null;
  endTime: Date | null;
  wallStart: string | null;
  wallEnd: string | null;
  timeZone: string;
  settings: GatheringSettings;
}

export interface Written extends Pick<Whole, "event" | "startTime" | "endTime" | "timeZone" | "settings"> {}

const minute = 60_000;
const usualMinutes = 60;

/** What an event becomes by a change; what the change leaves out stays. Slug and category are looked up by the caller. */
export function changedBy(before: Whole, change: EventChange): Written {
  refuseLater(change.virtualConfig);
  refuseContradictions(before, change);
  const { event } = before;
  const timeZone = change.timeZone ?? change.timezone ?? before.timeZone;
  const format = change.format ?? event.format;
  const momentOf = (moment: string | null | undefined, now: Date | null) =>
    moment === undefined ? now : moment === null ? null : instantOf(moment, timeZone);
  return {
    event: {
      ...event,
      ...textsOf(change),
      ...programmeOf(event, change),
      format,
      capacity: firstGiven(change.capacity, change.maxParticipants, event.capacity),
      inPersonCapacity: firstGiven(change.inPersonCapacity, event.inPersonCapacity),
      virtualCapacity: firstGiven(
        change.virtualCapacity,
        change.virtualConfig?.maxVirtualAttendees,
        event.virtualCapacity,
      ),
      registrationOpensAt: momentOf(change.registrationOpensAt, event.registrationOpensAt),
      registrationClosesAt: momentOf(change.registrationClosesAt, event.registrationClosesAt),
    },
    ...timesBy(before, change, timeZone),
    timeZone,
    settings: settingsBy(before.settings, change, format !== "in_person"),
  };
}

const texts = [
  "title",
  "summary",
  "description",
  "hue",
  "kind",
  "visibility",
  "language",
  "placeName",
  "placeAddress",
  "placeNotes",
  "tags",
  "minimumAge",
  "accessibility",
  "conduct",
  "contact",
  "metadata",
  "needsApproval",
  "hasWaitlist",
] as const satisfies readonly (keyof EventRow & keyof EventChange)[];

function textsOf(change: EventChange): Partial<EventRow> {
  const named = texts.filter((name) => change[name] !== undefined).map((name) => [name, change[name]]);
  return Object.fromEntries(named);
}

/** Who speaks and what comes when; who no longer speaks is named at no item. */
function programmeOf(event: EventRow, change: EventChange): Pick<EventRow, "speakers" | "agenda"> {
  const pictures = new Map(event.speakers.map(({ id, pictureId }) => [id, pictureId]));
  const speakers = change.speakers
    ? withIds(change.speakers, randomUUIDv7).map((one) => ({ ...one, pictureId: pictures.get(one.id) ?? null }))
    : event.speakers;
  const isThere = (id: string) => speakers.some((one) => one.id === id);
  const strangers = change.agenda?.findIndex(({ speakerIds }) => !speakerIds.every(isThere)) ?? -1;
  if (strangers >= 0) {
    const fields = [{ at: `body.agenda.${strangers}.speakerIds`, code: "invalid_value" as const }];
    throw new Problem("request.invalid", { fields });
  }
  const agenda = inOrder(change.agenda ? withIds(change.agenda, randomUUIDv7) : event.agenda);
  return { speakers, agenda: agenda.map((item) => ({ ...item, speakerIds: item.speakerIds.filter(isThere) })) };
}

function firstGiven<T>(...values: [...(T | undefined)[], T]): T {
  return values.find((value) => value !== undefined) as T;
}

/**
 * When it will be. A new start alone moves the end with it; a new zone alone leaves the times on the clocks as they
 * were.
 */
function timesBy(before: Whole, change: EventChange, timeZone: string): Pick<Written, "startTime" | "endTime"> {
  const stays = (wall: string | null, now: Date | null) =>
    wall === null || timeZone === before.timeZone ? now : toInstant(wall, timeZone);
  const given = (moment: string | null) => (moment === null ? null : instantOf(moment, timeZone));
  const startTime =
    change.startTime === undefined ? stays(before.wallStart, before.startTime) : given(change.startTime);
  if (startTime && change.duration !== undefined)
    return { startTime, endTime: new Date(startTime.getTime() + change.duration * minute) };
  if (change.endTime) return { startTime, endTime: instantOf(change.endTime, timeZone) };
  if (startTime === null) return { startTime, endTime: null };
  if (change.startTime === undefined && before.wallEnd !== null)
    return { startTime, endTime: stays(before.wallEnd, before.endTime) };
  const { startTime: start, endTime: end } = before;
  const lasts = start && end ? end.getTime() - start.getTime() : usualMinutes * minute;
  return { startTime, endTime: new Date(startTime.getTime() + lasts) };
}

function settingsBy(before: GatheringSettings, change: EventChange, isOnline: boolean): GatheringSettings {
  const { maxVirtualAttendees: _kept, ...virtualConfig } = change.virtualConfig ?? {};
  return {
    virtualConfig: { ...before.virtualConfig, ...virtualConfig, enabled: isOnline },
    chat: { enabled: change.chatEnabled ?? before.chat.enabled },
  };
}

const laterFeatures = ["recordingEnabled", "breakoutRoomsEnabled", "e2eeRequired"] as const;

/** Nobody shall rely on a door that does not close yet. */
function refuseLater(config: VirtualConfigInput | undefined): void {
  if (!config) return;
  const asked: string[] = laterFeatures.filter((name) => config[name] === true);
  if (config.breakoutConfig?.enabled) asked.push("breakoutConfig");
  if (asked.length > 0) {
    throw new Problem("feature.later", {
      fields: asked.map((name) => ({ at: `body.virtualConfig.${name}`, code: "later" })),
    });
  }
}

/** One thing that the sources call by two names cannot be said in two ways at once. */
function refuseContradictions({ event }: Whole, change: EventChange): void {
  const { capacity, maxParticipants, timeZone, timezone, virtualCapacity, virtualConfig } = change;
  const differ = (one: unknown, other: unknown) => one !== undefined && other !== undefined && one !== other;
  if (differ(capacity, maxParticipants)) throw contradiction("maxParticipants");
  if (differ(timeZone, timezone)) throw contradiction("timezone");
  if (differ(virtualCapacity, virtualConfig?.maxVirtualAttendees))
    throw contradiction("virtualConfig.maxVirtualAttendees");
  if (change.endTime && change.duration !== undefined) throw contradiction("duration");
  const isOnline = (change.format ?? event.format) !== "in_person";
  if (differ(virtualConfig?.enabled, isOnline)) throw contradiction("virtualConfig.enabled");
}

const contradiction = (at: string) =>
  new Problem("request.invalid", {
    fields: [{ at: `body.${at}`, code: "contradiction" }],
  });

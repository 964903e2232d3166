import { ICalCalendar, ICalCalendarMethod, ICalEventStatus } from "ical-generator";

import type { findEntry, Gathering } from "#server/modules/gatherings/repo.ts";

/** Everything a calendar entry is made of. */
export interface Entry {
  gathering: Gathering;
  about: NonNullable<Awaited<ReturnType<typeof findEntry>>>;
  publicUrl: string;
  /** Where this reader goes: the event's page, or the guest's own. */
  url: string;
  joinsOnline: boolean;
  /** How much further the reader's own entry is than the gathering's: it was taken away and given again. */
  steps: number;
  /** The gathering takes place, without this reader. */
  isWithdrawn: boolean;
}

/**
 * The calendar file of some gatherings: each has the same UID for ever and a SEQUENCE that grows, so that a later file
 * replaces an earlier one, and a cancelled one takes it away.
 */
export function calendarFile(entries: readonly Entry[]): string {
  const [first] = entries;
  // A file that takes away may name one entry only; in one of several, each says by its status that it is off.
  const takesAway = entries.length === 1 && first !== undefined && isOff(first);
  const calendar = new ICalCalendar({
    prodId: { company: "Plenary", product: "Plenary", language: "EN" },
    method: takesAway ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  for (const entry of entries) write(calendar, entry);
  return calendar.toString();
}

const isOff = ({ gathering, isWithdrawn }: Entry) => isWithdrawn || gathering.status === "cancelled";

function write(calendar: ICalCalendar, entry: Entry): void {
  const { gathering, about, publicUrl, url, joinsOnline, steps } = entry;
  const { startTime, endTime } = gathering;
  if (!startTime || !endTime) throw new Error("Only what has a time is written into calendars.");
  const place = [about.placeName, about.placeAddress].filter(Boolean).join(", ");
  calendar.createEvent({
    id: `${gathering.id}@${new URL(publicUrl).hostname}`,
    sequence: gathering.sequence + steps,
    stamp: gathering.updatedAt,
    start: startTime,
    end: endTime,
    summary: gathering.title,
    description: [about.summary, url].filter(Boolean).join("\n\n"),
    location: gathering.format === "virtual" || (joinsOnline && !place) ? url : place,
    url,
    status: isOff(entry) ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
}

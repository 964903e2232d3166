import { type ICalCalendar, ICalCalendarMethod, ICalEventStatus } from "ical-generator";

import { pageAt } from "#domain/gatherings/address.ts";
import * as repo from "#server/modules/gatherings/repo/gatherings.ts";
import { calendarText, openCalendar } from "#server/platform/calendar-file.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

type Gathering = repo.Gathering;

/** Everything a calendar entry is made of. */
interface Entry {
  gathering: Gathering;
  about: NonNullable<Awaited<ReturnType<typeof repo.findEntry>>>;
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
function calendarFile(entries: readonly Entry[]): string {
  const [first] = entries;
  // A file that takes away may name one entry only; in one of several, each says by its status that it is off.
  const takesAway = entries.length === 1 && first !== undefined && isOff(first);
  const calendar = openCalendar(takesAway ? { method: ICalCalendarMethod.CANCEL } : {});
  for (const entry of entries) write(calendar, entry);
  return calendarText(calendar);
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

/**
 * Writes the calendar files of a gathering, for its page and for letters, as many as there are readers, after one look at it.
 *
 * `url` is where a reader goes; left out, it is the event's own page, at this time. `steps` and `isWithdrawn` are of the reader's own
 * entry, which may be taken away and given again while the gathering stays as it is.
 */
export async function icsWriter(ctx: Ctx | TxCtx, gathering: Gathering): Promise<(own?: OwnEntry) => string> {
  const entry = await readEntry(ctx, gathering);
  return (own = {}) => calendarFile([{ ...entry, ...own }]);
}

interface OwnEntry {
  url?: string;
  steps?: number;
  isWithdrawn?: boolean;
}

/** One file of several gatherings, for those who come to all of them. */
export async function icsForAll(
  ctx: Ctx | TxCtx,
  all: readonly (OwnEntry & { gathering: Gathering })[],
): Promise<string> {
  const entries = all.map(async ({ gathering, ...own }) => ({ ...(await readEntry(ctx, gathering)), ...own }));
  return calendarFile(await Promise.all(entries));
}

/** The entry of a gathering as it is for everybody. */
async function readEntry(ctx: Ctx | TxCtx, gathering: Gathering): Promise<Entry> {
  const { publicUrl } = ctx.settings;
  const about = await repo.findEntry(ctx.db, gathering.id);
  if (!about || !gathering.startTime) throw new Problem("gathering.not_found");
  const joinsOnline = gathering.format !== "in_person";
  const url = `${publicUrl}${pageAt(about.slug, gathering.id)}`;
  return { gathering, about, publicUrl, joinsOnline, url, steps: 0, isWithdrawn: false };
}

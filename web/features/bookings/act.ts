import type { RouterContextProvider } from "react-router";
import { z } from "zod";

import { ZoneName } from "#contract/gatherings.ts";
import { me } from "#contract/identity.ts";
import { organizers } from "#contract/organizers.ts";
import { scheduling } from "#contract/scheduling.ts";
import { type Booking, BookingsQuery, bookings } from "#contract/scheduling-bookings.ts";
import { desk } from "#contract/scheduling-desk.ts";
import { dateAt, toWall } from "#domain/time/wall.ts";
import { type Part, partsOf } from "#web/features/bookings/components/lanes.ts";
import { rangeOf, type View, views } from "#web/features/bookings/components/range.ts";
import { firstWeekdayOf } from "#web/features/scheduling/components/month.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { refusalOf } from "#web/platform/refusal.ts";

type Context = Readonly<RouterContextProvider>;

/** A booking, as far as a list or a calendar shows it. */
export interface Shown {
  id: string;
  name: string;
  /** How many come besides. */
  others: number;
  typeName: string;
  hue: number;
  status: Booking["status"];
  startTime: string;
  endTime: string;
  hosts: string;
  meetingLink: string | null;
  parts: Part[];
}

const mostPages = 5;

/** Reads what the address asks for: a view, a range of dates in a zone, and what is left out. */
export async function readDesk(context: Context, request: Request) {
  const search = new URL(request.url).searchParams;
  const { region, now } = pageOf(context);
  const of = search.get("organizer_id") ?? undefined;
  const [{ timeZone }, { items: mine }, types, feed] = await Promise.all([
    call(context, me.get, {}),
    call(context, organizers.mine, {}),
    call(context, scheduling.eventTypes, { query: { limit: 100, organizer_id: of } }),
    call(context, desk.feed, {}),
  ]);
  const named = ZoneName.safeParse(search.get("zone") ?? timeZone);
  const zone = named.success ? named.data : timeZone;
  const today = dateAt(now, zone);
  const view: View = views.find((one) => one === search.get("view")) ?? "list";
  const firstWeekday = firstWeekdayOf(region);
  const range = rangeOf(view, search.get("date"), { today, firstWeekday });
  const clock = toWall(now, zone);
  const query = queryOf(search, zone, range);
  const { items, nextCursor } = await readPages(context, query, range ? mostPages : 1);
  return {
    ...{ view, range, zone, today, nextCursor, feed, isZoneUnknown: !named.success, now: now.toISOString() },
    ...{ firstWeekday, nowMinute: Number(clock.slice(11, 13)) * 60 + Number(clock.slice(14, 16)) },
    filter: query as Record<string, string>,
    mine: mine.map(({ id, name }) => ({ id, name })),
    items: items.map((one) => shownOf(one, zone)),
    types: types.items.map(({ id, name }) => ({ id, name })),
    hasGroups: types.items.some(({ maxAttendees }) => maxAttendees > 1),
    hosts: [...new Map(types.items.flatMap(({ hosts }) => hosts).map((one) => [one.userId, one.name]))],
  };
}

const asking = [
  ...(["organizer_id", "event_type_id", "host_id"] as const),
  ...(["status", "q", "start_date", "end_date", "when", "cursor"] as const),
];

/** What is asked of the API; a word of the address that means nothing is left out. */
function queryOf(search: URLSearchParams, zone: string, range: { from: string; to: string } | undefined) {
  const asked: Record<string, string> = {};
  for (const name of asking) {
    const value = search.get(name);
    if (value && BookingsQuery.shape[name].safeParse(value).success) asked[name] = value;
  }
  if (range) {
    const { cursor: _, ...kept } = asked;
    return { ...kept, when: "all" as const, start_date: range.from, end_date: range.to, timezone: zone };
  }
  const hasDates = "start_date" in asked || "end_date" in asked;
  const when = hasDates ? "all" : (asked.when ?? "upcoming");
  return BookingsQuery.omit({ limit: true }).parse({ ...asked, when, timezone: zone });
}

/** A list is paged by its reader; a calendar is read whole, up to what one could look at. */
async function readPages(context: Context, query: ReturnType<typeof queryOf>, most: number) {
  const items: Booking[] = [];
  let cursor: string | null | undefined = "cursor" in query ? query.cursor : undefined;
  for (let page = 0; page < most; page++) {
    const limit = most > 1 ? 100 : 30;
    const asked = { ...query, limit, cursor: cursor ?? undefined };
    const read: Awaited<ReturnType<typeof listPage>> = await listPage(context, asked);
    items.push(...read.items);
    cursor = read.nextCursor;
    if (!cursor) break;
  }
  return { items, nextCursor: cursor ?? null };
}

const listPage = (context: Context, query: z.input<typeof BookingsQuery>) => call(context, bookings.list, { query });

function shownOf(booking: Booking, zone: string): Shown {
  const { id, status, startTime, endTime, meetingLink, eventType, hosts, attendees } = booking;
  const isGone = (one: Booking["attendees"][number]) => one.status === "cancelled" || one.status === "declined";
  return {
    ...{ id, status, startTime, endTime, meetingLink },
    name: booking.inviteeName,
    others: Math.max(0, attendees.filter((one) => !isGone(one)).length - 1),
    typeName: eventType.name,
    hue: eventType.hue,
    hosts: hosts.map(({ name }) => name).join(", "),
    parts: partsOf(toWall(new Date(startTime), zone), toWall(new Date(endTime), zone)),
  };
}

const answers = ["confirmed", "rejected", "cancelled", "completed", "no_show"] as const;
const Act = z.object({
  intent: z.enum([...answers, "undo", "feed", "unfeed"]),
  who: z.array(z.uuid()).max(100).default([]),
  reason: z.string().trim().max(2000).default(""),
  /** Those who were asked have said yes to it: letters go out that nobody can take back. */
  sure: z.boolean().default(false),
});

/** What came of it: which bookings, and which could not be changed and why. */
export interface Done {
  intent: z.output<typeof Act>["intent"];
  ids: string[];
  refused: { id: string; name: string; message: string }[];
  /** Asks for words first. */
  asks: boolean;
}

/** Does to one booking, or to several, what their state allows. For actions only. */
export const actOnBookings = (context: Context, form: FormData) =>
  formResult(form, Act, async ({ intent, who, reason, sure }): Promise<Done> => {
    const done: Done = { intent, ids: who, refused: [], asks: false };
    if (intent === "feed") await call(context, desk.renewFeed, {});
    else if (intent === "unfeed") await call(context, desk.dropFeed, {});
    else if ((intent === "rejected" || intent === "cancelled") && !sure) return { ...done, asks: true };
    else {
      done.ids = [];
      for (const id of who) {
        const refused = await changeOne(context, id, intent, reason);
        if (refused) done.refused.push(refused);
        else done.ids.push(id);
      }
    }
    return done;
  });

async function changeOne(context: Context, id: string, intent: (typeof answers)[number] | "undo", reason: string) {
  const params = { id };
  const booking = await call(context, bookings.get, { params });
  // What has ended is over, whatever else it was.
  const isOver = new Date(booking.endTime) <= pageOf(context).now;
  const status = intent === "undo" ? (isOver ? "completed" : "confirmed") : intent;
  try {
    await call(context, bookings.change, { params, body: { status, reason } });
    return undefined;
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return { id, name: booking.inviteeName, message: refusal.message };
  }
}

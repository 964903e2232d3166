import { createHash } from "node:crypto";
import { type RouterContextProvider, redirect } from "react-router";
import { z } from "zod";

import { ZoneName } from "#contract/gatherings.ts";
import { named } from "#contract/issue.ts";
import { CustomAnswers } from "#contract/questions.ts";
import { type RoomView, rooms } from "#contract/rooms.ts";
import { EventTypeChange, EventTypeInput, scheduling } from "#contract/scheduling.ts";
import { BookingCreate, type OwnBooking } from "#contract/scheduling-bookings.ts";
import { type AbsenceInput, hosting, ScheduleInput } from "#contract/scheduling-hosts.ts";
import { type ManageInput, ownBookings } from "#contract/scheduling-own.ts";
import { type PublicEventType, publicScheduling, type SlotDays } from "#contract/scheduling-public.ts";
import { SeriesExceptions, SeriesScope } from "#contract/scheduling-recurrence.ts";
import { type SeriesDate, seriesOfBookings } from "#contract/scheduling-series.ts";
import { WaitlistJoin } from "#contract/scheduling-waitlist.ts";
import { dateAt } from "#domain/time/wall.ts";
import { type FreeDay, firstWeekdayOf, lastDateOf, monthAfter } from "#web/features/scheduling/components/month.ts";
import { copyDay, readWeek, tidy, weeklyOf } from "#web/features/scheduling/components/weekly.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";

type Context = Readonly<RouterContextProvider>;

/** A month of free times, as the address of the page asks for it. */
export interface Calendar {
  month: string;
  days: FreeDay[];
  zone: string;
  /** The address names a zone that nobody knows. */
  isZoneUnknown: boolean;
  duration: number;
  count: number;
  today: string;
  firstWeekday: number;
  now: string;
}

interface Asked {
  organizerSlug: string;
  type: PublicEventType;
  /** The link of a booking that is to be moved. */
  moving?: string | undefined;
  /** Also what is full, where one may wait for it. */
  withFull?: boolean;
  /** For a booking that is to be moved: its length and its seats stay. */
  duration?: number;
  count?: number;
}

const monthShape = /^\d{4}-(0[1-9]|1[0-2])$/;
const emptyMonths = 3;

/** Reads the month that the address asks for; where it names none, the first one in which something is free. */
export async function readCalendar(context: Context, request: Request, asked: Asked): Promise<Calendar> {
  const search = new URL(request.url).searchParams;
  const { region, now } = pageOf(context);
  const { type } = asked;
  const read = ZoneName.safeParse(search.get("zone") ?? type.timeZone);
  const zone = read.success ? read.data : type.timeZone;
  const today = dateAt(now, zone);
  const wanted = [search.get("month") ?? "", search.get("date")?.slice(0, 7) ?? ""].find((one) => monthShape.test(one));
  const duration = asked.duration ?? within(type.durations, Number(search.get("duration"))) ?? type.duration;
  const count = asked.count ?? Math.min(Math.max(1, Math.floor(Number(search.get("seats"))) || 1), type.maxAttendees);
  const monthOf = async (month: string): Promise<FreeDay[]> => {
    const slots = await call(context, publicScheduling.slots, {
      params: { organizerSlug: asked.organizerSlug, eventTypeSlug: type.eventTypeSlug },
      query: {
        ...{ start_date: `${month}-01`, end_date: lastDateOf(month), timezone: zone },
        ...{ attendee_count: count, duration, moving: asked.moving },
        ...(asked.withFull && { with_full: "true" as const }),
      },
    });
    return slots.days.map(freeDay);
  };
  const thisMonth = today.slice(0, 7);
  let month = wanted && wanted >= thisMonth && wanted <= monthAfter(thisMonth, 12) ? wanted : thisMonth;
  let days = await monthOf(month);
  const isFree = (all: readonly FreeDay[]) => all.some(({ starts }) => starts.length > 0);
  for (let ahead = 1; !wanted && !isFree(days) && ahead < emptyMonths; ahead++) {
    const next = monthAfter(thisMonth, ahead);
    const found = await monthOf(next);
    if (isFree(found)) [month, days] = [next, found];
  }
  const firstWeekday = firstWeekdayOf(region);
  return {
    ...{ month, days, zone, isZoneUnknown: !read.success, duration, count, today, firstWeekday },
    now: now.toISOString(),
  };
}

const within = (all: readonly number[], one: number) => all.find((each) => each === one);

function freeDay({ date, slots }: SlotDays["days"][number]): FreeDay {
  const startsOf = (some: typeof slots) => some.map(({ startTime }) => Date.parse(startTime));
  const free = slots.filter(({ isFull }) => !isFull);
  const full = startsOf(slots.filter(({ isFull }) => isFull));
  const seats = free.flatMap(({ seatsLeft }) => seatsLeft ?? []);
  return { date, starts: startsOf(free), ...(seats.length > 0 && { seats }), ...(full.length > 0 && { full }) };
}

/** Several addresses in one field, as browsers send them. */
const Addresses = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,;]+/).filter(Boolean))
  .superRefine((all, { addIssue }) => {
    if (!z.array(z.email()).safeParse(all).success)
      addIssue({ code: "invalid_format", format: "email", input: all.join() });
  });

/** A booking as its form sends it. */
export const BookingForm = BookingCreate.extend({ guests: Addresses });

/** A wish to wait as its form sends it. */
export const WaitForm = WaitlistJoin.omit({ notifyWhenAvailable: true });

/** A series as the address of the page asks for it. */
export interface AskedSeries {
  /** How often the time is wanted; 1: once. */
  times: number;
  dates: readonly SeriesDate[];
  /** Where there are fewer dates: the last one that may be one. */
  endsOn: string | null;
}

/** How often the address asks for the time that it names, and what is free of those dates. */
export async function readSeries(
  context: Context,
  request: Request,
  { organizerSlug, type, calendar }: { organizerSlug: string; type: PublicEventType; calendar: Calendar },
): Promise<AskedSeries> {
  const search = new URL(request.url).searchParams;
  const start = search.get("time") ?? "";
  const times = Math.min(Math.floor(Number(search.get("times"))) || 1, type.recurrence?.most ?? 1);
  if (times < 2 || !Number.isFinite(Date.parse(start))) return { times: 1, dates: [], endsOn: null };
  const { duration, count } = calendar;
  const { items, endsOn } = await call(context, seriesOfBookings.check, {
    params: { organizerSlug, eventTypeSlug: type.eventTypeSlug },
    query: { start_time: new Date(start).toISOString(), times, duration, attendee_count: count },
  });
  return { times, dates: items, endsOn };
}

/** The same form with other words in it is another wish; the same words are one wish, however often it is sent. */
export const keyFor = (key: FormDataEntryValue | null, body: unknown): string =>
  `${key} ${createHash("sha256").update(JSON.stringify(body)).digest("base64url")}`;

const ManageAct = z.object({
  intent: z.enum(["cancel", "regenerate", "resize", "reschedule", "accept", "answer"]),
  reason: z.string().trim().max(2000).default(""),
  attendeeCount: z.int().min(1).max(100).default(1),
  customAnswers: CustomAnswers.default({}),
  startTime: z.iso.datetime().optional(),
  holdId: z.uuid().optional(),
  scope: SeriesScope.default("one"),
  exceptions: SeriesExceptions,
});

/** What an invitee does by the link of their letter. For actions only. */
export function manageBooking(context: Context, accessToken: string, form: FormData) {
  return formResult(form, ManageAct, (asked) =>
    call(context, ownBookings.manage, { params: { accessToken }, body: bodyOf(asked) }),
  );
}

function bodyOf(asked: z.output<typeof ManageAct>): ManageInput {
  const { intent, reason, attendeeCount, customAnswers, startTime = "", holdId, scope, exceptions } = asked;
  if (intent === "cancel") return { action: "cancel", reason, scope };
  if (intent === "accept") return { action: "accept" };
  if (intent === "resize") return { action: "resize", attendeeCount };
  if (intent === "answer") return { action: "answer", customAnswers, scope };
  if (intent === "reschedule") return { action: "reschedule", startTime, holdId, scope, exceptions };
  return { action: "regenerate" };
}

const Count = z.int().nullable().default(null);

const HostForm = z.object({
  userId: z.uuid(),
  takesPart: z.boolean().default(false),
  isFixed: z.boolean().default(false),
  group: z.string().max(60).default(""),
  weight: z.int().min(0).max(1000).default(1),
  priority: z.int().min(-100).max(100).default(0),
  scheduleId: z.uuid().nullable().default(null),
});

/** Who hosts, of all who were asked about; nobody is told as much, and refused. */
const hostsOf = (all: readonly z.output<typeof HostForm>[], alone: string | undefined): EventTypeChange["hosts"] =>
  all
    .filter(({ userId, takesPart }) => (alone === undefined ? takesPart : userId === alone))
    .map(({ takesPart: _chosen, group, ...host }) => ({ ...host, group: group.trim() || null }));

/** An event type as its form sends it: what is a choice there comes as one word and its numbers. */
export const TypeForm = EventTypeChange.omit({ horizon: true, hosts: true, restriction: true, durations: true }).extend(
  {
    // Emptied, these are refused; else they would stay as they were, and the page would say "saved".
    name: EventTypeInput.shape.name,
    eventTypeSlug: EventTypeInput.shape.eventTypeSlug.unwrap(),
    timeZone: EventTypeInput.shape.timeZone.unwrap(),
    duration: EventTypeInput.shape.duration.unwrap(),
    durations: z.array(z.int().min(5).max(720)).default([]),
    horizonType: z.enum(["none", "rollingDays", "rollingBookableDays", "range"]).optional(),
    horizonDays: Count,
    horizonFrom: z.string().default(""),
    horizonTo: z.string().default(""),
    /** Hours and days are easier to say than minutes. */
    noticeHours: z.number().min(0).max(8784).optional(),
    changeHours: z.number().min(0).max(8784).optional(),
    /** Who hosts alone; else those who take part. */
    hostId: z.uuid().optional(),
    hosts: z.array(HostForm).default([]),
  },
);

/** The same, as the house knows it. */
export function readRules(typed: z.output<typeof TypeForm>): EventTypeChange {
  const { horizonType, horizonDays, horizonFrom, horizonTo, noticeHours, changeHours, hostId, hosts, ...said } = typed;
  const { duration } = said;
  return {
    ...said,
    durations: [...new Set([duration, ...said.durations])],
    ...(noticeHours !== undefined && { minSchedulingNotice: Math.round(noticeHours * 60) }),
    ...(changeHours !== undefined && { changeNoticeMinutes: Math.round(changeHours * 60) }),
    ...(horizonType && { horizon: horizonOf(horizonType, horizonDays ?? 60, horizonFrom, horizonTo) }),
    ...(hosts.length > 0 && { hosts: hostsOf(hosts, hostId) }),
  };
}

/** Where the form asks for what the house knows by another name. */
const askedIn: Readonly<Record<string, string>> = {
  minSchedulingNotice: "noticeHours",
  changeNoticeMinutes: "changeHours",
  "horizon.days": "horizonDays",
  "horizon.from": "horizonFrom",
  "horizon.to": "horizonTo",
  horizon: "horizonTo",
};

/** Saves what the form of an event type says. For actions only. */
export async function saveType(context: Context, id: string, request: Request) {
  const result = await formResult(request, TypeForm, (typed) =>
    call(context, scheduling.changeEventType, { params: { id }, body: readRules(typed) }),
  );
  if (result.ok) return { ok: true } as const;
  const fields = Object.entries(result.fields).map(([name, problem]) => [askedIn[name] ?? name, problem]);
  return { ...result, fields: Object.fromEntries(fields) as typeof result.fields };
}

type Horizon = NonNullable<EventTypeChange["horizon"]>;

function horizonOf(type: "none" | Horizon["type"], days: number, from: string, to: string): Horizon | null {
  if (type === "range") return { type, from, to };
  if (type === "rollingDays" || type === "rollingBookableDays") return { type, days };
  return null;
}

const Hours = z.object({
  id: z.uuid(),
  name: ScheduleInput.shape.name,
  timeZone: ZoneName,
  copy: z.string().default(""),
});
/** A window of a single date; a pair of empty fields is none. It cannot go on into the next date, which has its own hours. */
const DateWindow = z
  .object({ from: z.string().default(""), to: z.string().default("") })
  .transform(({ from, to }) => ({ from, to: to === "00:00" ? "24:00" : to }))
  .refine(({ from, to }) => from === "" || from < to, { path: ["to"], ...named("window") });
const Act = z.object({
  intent: z.enum(["schedule", "default", "drop", "override", "unoverride", "away", "travel", "back", "holidays"]),
  id: z.string().default(""),
  name: z.string().default(""),
  date: z.string().default(""),
  from: z.string().default(""),
  to: z.string().default(""),
  windows: z.array(DateWindow).default([]),
  timeZone: z.string().default(""),
  note: z.string().default(""),
  standInId: z.uuid().nullable().default(null),
  region: z.string().default(""),
});
type Act = z.output<typeof Act>;

/** What the page about availability does. For actions only. */
export async function keepHours(context: Context, form: FormData) {
  if (form.get("intent") !== "hours") {
    return formResult(form, Act, async (asked) => {
      if (asked.intent === "holidays") await keepHolidays(context, asked.region || null, form);
      else await keep(context, asked);
      return asked.intent as string;
    });
  }
  return formResult(form, Hours, async ({ id, name, timeZone, copy }) => {
    const [from = "", onto = ""] = copy.split(":");
    const typed = readWeek(form);
    const week = copy ? copyDay(typed, Number(from), onto.split(",").map(Number)) : typed;
    await call(context, hosting.changeSchedule, { params: { id }, body: { name, weekly: weeklyOf(week), timeZone } });
    return "hours";
  });
}

async function keep(context: Context, asked: Act): Promise<void> {
  const { intent, id, name } = asked;
  const params = { id };
  if (intent === "schedule") {
    const made = await call(context, hosting.createSchedule, { body: { name } });
    throw redirect(`/availability?schedule=${made.id}`);
  }
  if (intent === "default") await call(context, hosting.changeSchedule, { params, body: { isDefault: true } });
  if (intent === "drop") {
    await call(context, hosting.deleteSchedule, { params });
    throw redirect("/availability");
  }
  if (intent === "override" || intent === "unoverride") await override(context, asked);
  if (intent === "away" || intent === "travel") await call(context, hosting.addAbsence, { body: absenceOf(asked) });
  if (intent === "back") await call(context, hosting.removeAbsence, { params });
}

/** Those that were shown and are not kept are worked; what was not shown stays as it is. */
async function keepHolidays(context: Context, region: string | null, form: FormData): Promise<void> {
  const shown = new Set(form.getAll("holiday").map(String));
  const kept = new Set(form.getAll("kept").map(String));
  const { worked: before } = await call(context, hosting.holidays, {});
  const worked = [...before.filter((name) => !shown.has(name)), ...[...shown].filter((name) => !kept.has(name))];
  await call(context, hosting.setHolidays, { body: { region, worked } });
}

function absenceOf({ intent, from, to, note, standInId, timeZone }: Act): z.input<typeof AbsenceInput> {
  return intent === "away"
    ? { kind: "out_of_office", from, to: to || from, note, standInId }
    : { kind: "travel", from, to: to || null, timeZone, note };
}

/** One date of its own in a schedule, or none any more; without times it is closed. */
async function override(context: Context, { intent, id, date, windows: typed }: Act): Promise<void> {
  const { items } = await call(context, hosting.schedules, {});
  const others = items.find((one) => one.id === id)?.overrides.filter((one) => one.date !== date) ?? [];
  const windows = tidy(typed.filter(({ from, to }) => from !== "" && to !== ""));
  const overrides = intent === "override" ? [...others, { date, windows }] : others;
  await call(context, hosting.changeSchedule, {
    params: { id },
    body: { overrides: overrides.sort((a, b) => a.date.localeCompare(b.date)) },
  });
}

/** The room of a video call, for whom it is open. */
export function roomOfBooking(context: Context, { id, meetingLink, attendee }: OwnBooking): Promise<RoomView> | null {
  if (!meetingLink || attendee.status !== "confirmed") return null;
  return call(context, rooms.get, { params: { gatheringId: id } });
}

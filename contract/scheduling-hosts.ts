import { z } from "zod";

import { ZoneName } from "#contract/gatherings.ts";
import { named } from "#contract/issue.ts";
import { route } from "#contract/route.ts";
import { CalendarDate, TimeWindow, WeeklyWindows } from "#contract/scheduling.ts";
import { Line } from "#contract/values.ts";

const DateOverride = z.strictObject({ date: CalendarDate, windows: z.array(TimeWindow).max(20) });

const oncePerDate = (overrides: { date: string }[]) =>
  new Set(overrides.map(({ date }) => date)).size === overrides.length;
export const DateOverrides = z.array(DateOverride).max(400).refine(oncePerDate, named("date_twice"));

/** When somebody is open, in wall times of a zone. */
export const Schedule = z.object({
  id: z.uuid(),
  name: z.string(),
  timeZone: z.string(),
  isDefault: z.boolean(),
  weekly: WeeklyWindows,
  /** Replaces the weekly windows of its date; no windows: closed. */
  overrides: z.array(DateOverride),
  /** How many event types name it. */
  eventTypes: z.int().min(0).max(1_000_000),
  updatedAt: z.iso.datetime(),
});
export type Schedule = z.infer<typeof Schedule>;

const fields = {
  name: Line.min(1).max(120),
  timeZone: ZoneName,
  weekly: WeeklyWindows,
  overrides: DateOverrides,
};
export const ScheduleInput = z.strictObject({
  name: fields.name,
  timeZone: ZoneName.optional(),
  weekly: WeeklyWindows.optional(),
  overrides: DateOverrides.optional(),
});
export type ScheduleInput = z.infer<typeof ScheduleInput>;
export const ScheduleChange = z.strictObject({ ...fields, isDefault: z.literal(true) }).partial();
export type ScheduleChange = z.infer<typeof ScheduleChange>;

/** Dates, both included, on which somebody is away, or elsewhere. */
export const AbsenceInput = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("out_of_office"),
      from: CalendarDate,
      to: CalendarDate,
      note: z.string().trim().max(500).default(""),
      /** A member of the same organizer, whose own times are offered instead. */
      standInId: z.uuid().nullable().default(null),
    }),
    z.strictObject({
      kind: z.literal("travel"),
      from: CalendarDate,
      /** Left out: for good. */
      to: CalendarDate.nullable().default(null),
      timeZone: ZoneName,
      note: z.string().trim().max(500).default(""),
    }),
  ])
  .refine(({ from, to }) => to === null || from <= to, { path: ["to"], ...named("reversed") });
export type AbsenceInput = z.infer<typeof AbsenceInput>;

export const Absence = z.object({
  id: z.uuid(),
  kind: z.enum(["out_of_office", "travel"]),
  from: z.string(),
  to: z.string().nullable(),
  note: z.string(),
  standIn: z.object({ userId: z.uuid(), name: z.string() }).nullable(),
  timeZone: z.string().nullable(),
});
export type Absence = z.infer<typeof Absence>;

const Region = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, named("region"));
export const HolidaysInput = z.strictObject({
  /** Null: none are observed. */
  region: Region.nullable(),
  /** Names of holidays on which one works all the same. */
  worked: z.array(z.string().trim().min(1).max(120)).max(100).default([]),
});
export type HolidaysInput = z.infer<typeof HolidaysInput>;

export const Holidays = z.object({
  region: z.string().nullable(),
  worked: z.array(z.string()),
  /** Those of the next twelve months; `name` is the one that `worked` knows, `label` what the reader's language calls it. */
  coming: z.array(z.object({ date: z.string(), name: z.string(), label: z.string(), isWorked: z.boolean() })),
});
export type Holidays = z.infer<typeof Holidays>;

const ofSchedule = z.strictObject({ id: z.uuid() });

/** One's own availability: schedules, absences, holidays. */
export const hosting = {
  schedules: route({
    method: "GET",
    path: "/events/schedules",
    summary: "One's own schedules; the default one, Monday to Friday from 9 to 17, is made by itself",
    status: 200,
    who: "signedIn",
    reply: z.object({ items: z.array(Schedule), nextCursor: z.null() }),
    problems: [],
  }),
  createSchedule: route({
    method: "POST",
    path: "/events/schedules",
    summary: "Make another schedule",
    status: 201,
    who: "signedIn",
    limit: 60,
    body: ScheduleInput,
    reply: Schedule,
    problems: ["schedule.too_many"],
  }),
  changeSchedule: route({
    method: "PATCH",
    path: "/events/schedules/:id",
    summary: "Change a schedule, or make it the default one",
    status: 200,
    who: "signedIn",
    params: ofSchedule,
    body: ScheduleChange,
    reply: Schedule,
    problems: ["schedule.not_found"],
  }),
  deleteSchedule: route({
    method: "DELETE",
    path: "/events/schedules/:id",
    summary: "Take a schedule away; event types that name it use the default one",
    status: 204,
    who: "signedIn",
    params: ofSchedule,
    reply: z.undefined(),
    problems: ["schedule.not_found", "schedule.is_default"],
  }),
  absences: route({
    method: "GET",
    path: "/events/absences",
    summary: "When one is away or elsewhere, what is past left out",
    status: 200,
    who: "signedIn",
    reply: z.object({ items: z.array(Absence), nextCursor: z.null() }),
    problems: [],
  }),
  addAbsence: route({
    method: "POST",
    path: "/events/absences",
    summary: "Be out of office, or travel",
    status: 201,
    who: "signedIn",
    limit: 60,
    body: AbsenceInput,
    reply: Absence,
    problems: ["absence.overlaps", "absence.stand_in", "schedule.too_many"],
  }),
  removeAbsence: route({
    method: "DELETE",
    path: "/events/absences/:id",
    summary: "Be there after all",
    status: 204,
    who: "signedIn",
    params: ofSchedule,
    reply: z.undefined(),
    problems: ["absence.not_found"],
  }),
  holidays: route({
    method: "GET",
    path: "/events/holidays",
    summary: "The public holidays that one observes",
    status: 200,
    who: "signedIn",
    reply: Holidays,
    problems: [],
  }),
  setHolidays: route({
    method: "PUT",
    path: "/events/holidays",
    summary: "Observe the public holidays of a country, or none",
    status: 200,
    who: "signedIn",
    body: HolidaysInput,
    reply: Holidays,
    problems: ["holidays.unknown_region"],
  }),
};

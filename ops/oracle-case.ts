import { z } from "zod";

import { isZone } from "#domain/time/wall.ts";

const Instant = z.iso.datetime({ offset: true, error: "must be an instant such as 2026-03-08T05:00:00Z" });
const CalendarDate = z.iso.date({ error: "must be a date such as 2026-03-08" });
const Clock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: "must be a time such as 09:30" });
const Zone = z.string().refine(isZone, { error: "must be a time zone such as Europe/Berlin" });
const Id = z.string().min(1);
const Minutes = z.number().nonnegative();
const Count = z.int().nonnegative();

const Week = z.object({
  timeZone: Zone,
  weekly: z.array(z.object({ days: z.array(z.int().min(0).max(6)), from: Clock, to: Clock })),
});

const Busy = z
  .object({
    start: Instant,
    end: Instant,
    kind: z.enum(["booking", "calendar", "hold"]),
    status: z
      .enum([
        "confirmed",
        "pending",
        "awaiting_host",
        "awaiting_payment",
        "completed",
        "no_show",
        "cancelled",
        "rejected",
        "rescheduled",
      ])
      .optional(),
    blocksWhilePending: z.boolean().optional(),
    bufferBeforeMin: Minutes.optional(),
    bufferAfterMin: Minutes.optional(),
    sameEvent: z.boolean().optional(),
    seatsTaken: Count.optional(),
    bookingId: Id.optional(),
    clientId: z.string().optional(),
    expiresAt: Instant.optional(),
  })
  .refine(({ start, end }) => Date.parse(start) < Date.parse(end), { path: ["end"], error: "must lie after start" })
  .refine(({ kind, status }) => kind !== "booking" || status, { path: ["status"], error: "a booking has one" })
  .refine(({ kind, clientId }) => kind !== "hold" || clientId !== undefined, {
    path: ["clientId"],
    error: "a hold has one",
  })
  .refine(({ kind, expiresAt }) => kind !== "hold" || expiresAt, { path: ["expiresAt"], error: "a hold has one" });

const Host = Week.extend({
  id: Id,
  overrides: z.array(z.object({ date: CalendarDate, windows: z.array(z.tuple([Clock, Clock])) })).optional(),
  outOfOffice: z.array(CalendarDate).optional(),
  travel: z.array(z.object({ from: CalendarDate, to: CalendarDate.optional(), timeZone: Zone })).optional(),
  role: z.literal("fixed").optional(),
  group: Id.optional(),
  busy: z.array(Busy).optional(),
});

const Horizon = z.discriminatedUnion("type", [
  z.object({ type: z.literal("minutes"), minutes: Minutes }),
  z.object({ type: z.literal("rollingDays"), days: Count, countWeekends: z.boolean().optional() }),
  z.object({ type: z.literal("rollingBookableDays"), days: z.int().min(1) }),
  z.object({ type: z.literal("range"), from: CalendarDate, to: CalendarDate }),
]);

const Event = z.object({
  durationMin: z.number().positive(),
  intervalMin: z.number().positive().optional(),
  offsetStartMin: Minutes.optional(),
  bufferBeforeMin: Minutes.optional(),
  bufferAfterMin: Minutes.optional(),
  minNoticeMin: Minutes.optional(),
  horizon: Horizon.optional(),
  limits: z
    .object({ perDay: Count, perWeek: Count, perMonth: Count, perYear: Count, minutesPerDay: Minutes })
    .partial()
    .optional(),
  seats: Count.optional(),
  team: z.enum(["collective", "roundRobin"]).optional(),
  restriction: Week.optional(),
});

/** A case as `docs/availability.md` writes it; whatever else it says is left alone. */
export const SlotsCase = z
  .object({
    id: Id,
    now: Instant,
    hosts: z.array(Host).min(1),
    event: Event,
    query: z.object({
      from: Instant,
      to: Instant,
      timeZone: Zone,
      attendeeCount: Count.optional(),
      clientId: z.string().optional(),
      rescheduleOf: Id.optional(),
    }),
  })
  .refine(({ hosts, event }) => hosts.length <= 1 || event.team, {
    path: ["event", "team"],
    error: "several hosts need one",
  })
  .refine(({ hosts, event }) => hosts.length <= 1 || event.seats === undefined, {
    path: ["event", "seats"],
    error: "only with one host",
  });
export type SlotsCase = z.infer<typeof SlotsCase>;

/** Says what is wrong with a case, each with its place in it; nothing when it can be run. */
export function faultsIn(given: unknown): string | undefined {
  const { error } = SlotsCase.safeParse(given);
  if (!error) return undefined;
  return error.issues.map(({ path, message }) => `${path.join(".") || "case"}: ${message}`).join("; ");
}

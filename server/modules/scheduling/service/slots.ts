import type { SlotDays, SlotsQuery } from "#contract/scheduling-public.ts";
import { byDate } from "#domain/availability/month.ts";
import { findSlots, type Slots, type SlotsQuestion } from "#domain/availability/slots.ts";
import { midnightOf, offsetsOf } from "#domain/availability/zone.ts";
import { dayOf } from "#domain/time/days.ts";
import { mayRead } from "#server/modules/scheduling/policy.ts";
import * as repo from "#server/modules/scheduling/repo/event-types.ts";
import { readVersions } from "#server/modules/scheduling/repo/hosts.ts";
import { type Hosts, readHosts, type Span } from "#server/modules/scheduling/service/hosts.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";
import { tally } from "#server/platform/tally.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/** Who asks for a time, and for how long and how many. */
export interface Asking extends Span {
  duration: number;
  attendeeCount: number;
  holdId?: string | undefined;
  rescheduleOf?: Moving | undefined;
  withFull?: boolean | undefined;
}

/** A booking that is to be moved: it stands in nobody's way, and its own time is no other one to move it to. */
export interface Moving {
  id: string;
  startTime: Date;
}

/** An event type by its public address, for whoever may book it; inactive ones are there for their team only. */
export async function findPublic(ctx: Ctx | TxCtx, organizerSlug: string, slug: string): Promise<repo.EventTypeRow> {
  const type = await repo.findBySlugs(ctx.db, organizerSlug, slug);
  if (!type || !(type.isActive || (await mayRead(ctx, type)))) throw new Problem("event_type.not_found");
  return type;
}

/** Whether one may wait for a seat of a session that is full. */
export const hasWaitlist = ({ maxAttendees, rules }: Pick<repo.EventTypeRow, "maxAttendees" | "rules">): boolean =>
  maxAttendees > 1 && rules.enableWaitlist;

/** The length that is meant; one that the event type does not have is refused. */
export function durationOf({ durations }: Pick<repo.EventTypeRow, "durations">, wanted?: number): number {
  const [usual = 30] = durations;
  if (wanted === undefined) return usual;
  if (durations.includes(wanted)) return wanted;
  const values = { durations: durations.join(", ") };
  throw new Problem("event_type.invalid", { fields: [{ at: "duration", code: "not_offered", values }] });
}

/** What the engine is asked. */
export function questionOf(
  ctx: Pick<Ctx, "now">,
  type: repo.EventTypeRow,
  hosts: Hosts,
  asking: Asking,
): SlotsQuestion {
  const { rules, maxAttendees } = type;
  return {
    event: {
      id: type.id,
      timeZone: type.timeZone,
      durationMinutes: asking.duration,
      intervalMinutes: rules.slotIntervalMinutes || type.usualIntervalMinutes || undefined,
      offsetMinutes: rules.slotOffsetMinutes || undefined,
      bufferBeforeMinutes: rules.bufferTimeBefore,
      bufferAfterMinutes: rules.bufferTimeAfter,
      noticeMinutes: rules.minSchedulingNotice,
      horizon: rules.horizon ?? undefined,
      limits: Object.keys(rules.limits).length > 0 ? rules.limits : undefined,
      // Nothing is offered to a party that could book none of it.
      seats: Math.max(maxAttendees, asking.attendeeCount) > 1 ? maxAttendees : undefined,
    },
    groups: hosts.groups,
    restriction: hosts.restriction,
    elsewhere: hosts.elsewhere,
    from: asking.from,
    to: asking.to,
    now: ctx.now().getTime(),
    attendeeCount: asking.attendeeCount,
    clientId: asking.holdId,
    rescheduleOf: asking.rescheduleOf?.id,
    withFull: asking.withFull,
  };
}

/** How far busy times must be known for a question: as far as its range, its horizon and its limits look. */
export function spanOf({ rules }: repo.EventTypeRow, { from, to }: Span, now: number): Span {
  const looksAhead = rules.horizon?.type === "rollingBookableDays";
  const [first, last] = looksAhead ? [Math.min(from, now), Math.max(to, now + 372 * dayMs)] : [from, to];
  const { limits } = rules;
  const around = (days: number) => ({ from: first - days * dayMs, to: last + days * dayMs });
  const year = (at: number, n: number) => Date.UTC(new Date(at).getUTCFullYear() + n, 0, 1);
  if (limits.perYear)
    return { from: year(first - 3 * dayMs, 0) - 3 * dayMs, to: year(last + 3 * dayMs, 1) + 3 * dayMs };
  if (limits.perMonth) return around(35);
  return around(limits.perWeek ? 10 : 4);
}

/** Whole weeks, so that one reading serves visitors of all zones who look at the same month. */
const widened = ({ from, to }: Span): Span => ({
  from: Math.floor(from / weekMs) * weekMs,
  to: Math.ceil(to / weekMs) * weekMs,
});

interface Reading {
  version: number;
  hosts: Promise<Hosts>;
}
const kept = new Map<string, Reading>();
const mostKept = 500;

/**
 * The hosts of an event type, read once for each version of theirs, of the event type and of its bookings.
 *
 * What is kept is what was read, never what was answered: the clock, the visitor and their hold are always those of now.
 * Whoever asks while somebody else reads waits for the same reading, and takes it if nothing has changed since.
 */
async function keptHosts(ctx: Ctx, type: repo.EventTypeRow, span: Span): Promise<{ hosts: Hosts; isHit: boolean }> {
  const wide = widened(span);
  const key = `${type.id} ${wide.from} ${wide.to}`;
  const known = kept.get(key);
  if (known?.version === type.version) {
    // A reading that failed is not kept from being tried again.
    const hosts = await known.hosts.catch(() => undefined);
    const now = hosts && (await readVersions(ctx.db, type.id, hosts.userIds));
    if (hosts && hosts.versions === now?.versions) return { hosts, isHit: true };
  }
  // Somebody else may have found it outdated too; what they read since is as new as this question.
  const newer = kept.get(key);
  if (newer !== known && newer?.version === type.version) return { hosts: await newer.hosts, isHit: true };
  const reading = { version: type.version, hosts: readHosts(ctx, type, wide) };
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, reading);
  return { hosts: await reading.hosts, isHit: false };
}

/** The starts that are offered, with the seats they have left, and what it took to find them. */
export async function slotsOf(ctx: Ctx, type: repo.EventTypeRow, asking: Asking) {
  const begun = performance.now();
  const { hosts, isHit } = await keptHosts(ctx, type, spanOf(type, asking, ctx.now().getTime()));
  const read = performance.now();
  const found = findSlots(questionOf(ctx, type, hosts, asking));
  const timing = { isHit, readMs: read - begun, foundMs: performance.now() - read };
  tell(timing);
  return { ...withoutOwn(found, asking.rescheduleOf), timing };
}

function withoutOwn(found: Slots, moving: Moving | undefined): Slots {
  const own = moving ? found.starts.indexOf(moving.startTime.getTime()) : -1;
  if (own < 0) return found;
  return {
    starts: found.starts.toSpliced(own, 1),
    ...(found.seatsLeft && { seatsLeft: found.seatsLeft.toSpliced(own, 1) }),
  };
}

interface Timing {
  isHit: boolean;
  readMs: number;
  foundMs: number;
}

function tell({ isHit, readMs, foundMs }: Timing): void {
  const cache = isHit ? "hit" : "miss";
  tally("plenary_slots_answers_total", "Questions for free times, by whether what they need was kept.", { cache });
  tally("plenary_slots_read_seconds_total", "Time taken to read what free times depend on.", { cache }, readMs / 1000);
  tally("plenary_slots_compute_seconds_total", "Time taken to find free times.", {}, foundMs / 1000);
}

/** The free times of an event type by the viewer's dates; true when they are answered. */
export async function listSlots(
  ctx: Ctx,
  type: repo.EventTypeRow,
  query: SlotsQuery,
  rescheduleOf?: Moving,
): Promise<SlotDays> {
  const duration = durationOf(type, query.duration);
  const asking = {
    ...rangeOf(query),
    duration,
    attendeeCount: query.attendee_count,
    holdId: query.hold_id,
    rescheduleOf,
    withFull: query.with_full === "true" && hasWaitlist(type),
  };
  const { starts, seatsLeft, timing } = await slotsOf(ctx, type, asking);
  const left = new Map(starts.map((start, n) => [start, seatsLeft?.[n]]));
  ctx.reply.header(
    "server-timing",
    `cache;desc=${timing.isHit ? "hit" : "miss"}, read;dur=${timing.readMs.toFixed(2)}, slots;dur=${timing.foundMs.toFixed(2)}`,
  );
  const days = byDate(starts, query.timezone).map(({ date, starts: onDate }) => ({
    date,
    slots: onDate.map((start) => {
      const slot = slotOf(start, duration, left.get(start));
      return asking.withFull && (left.get(start) ?? 0) < query.attendee_count
        ? { ...slot, isFull: true as const }
        : slot;
    }),
  }));
  return { eventTypeId: type.id, timeZone: query.timezone, duration, days };
}

export const slotOf = (start: number, duration: number, seatsLeft?: number) => ({
  startTime: new Date(start).toISOString(),
  endTime: new Date(start + duration * minuteMs).toISOString(),
  ...(seatsLeft === undefined ? {} : { seatsLeft }),
});

/** From the first date's midnight to the last one's, by the viewer's clocks. */
function rangeOf({ start_date, end_date, timezone }: SlotsQuery): Span {
  const [first, last] = [dayOf(start_date), dayOf(end_date) + 1];
  const offsets = offsetsOf(timezone, (first - 3) * dayMs, (last + 3) * dayMs);
  return { from: midnightOf(offsets, first), to: midnightOf(offsets, last) };
}

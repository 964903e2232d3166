import { type Busy, blockedFrom, blockedUntil, blocksBetween } from "#domain/availability/busy.ts";
import { startsOf } from "#domain/availability/grid.ts";
import type { Reached } from "#domain/availability/limits.ts";
import { sessionsAmong } from "#domain/availability/seats.ts";
import {
  datesOf,
  limitsOf,
  openHours,
  type PreparedHost,
  type SlotsQuestion,
  startsWithin,
} from "#domain/availability/slots.ts";
import type { Windows } from "#domain/availability/windows.ts";
import { datesIn } from "#domain/availability/zone.ts";
import { dateOf, day, type IsoDate, minute } from "#domain/time/days.ts";

/** Why one host cannot take part: not open from start to end, or something is in the way, buffers included. */
export type Hindrance =
  | { hostId: string; because: "closed" }
  | { hostId: string; because: Busy["kind"]; from: number; until: number };

/** A rule that keeps a start from being offered. It names hosts, kinds and times, never whose or what. */
export type Reason =
  | { rule: "past" }
  | { rule: "notice"; earliest: number }
  | { rule: "horizon"; latest: number }
  | { rule: "horizon_dates"; first: IsoDate | null; last: IsoDate | null }
  /** No common window of hosts and restriction has this instant. */
  | { rule: "closed" }
  /** The window has it, but closes before the slot would end. */
  | { rule: "too_long"; closesAt: number }
  /** The grid of its window has no start here; the nearest that it has, whether offered or not. */
  | { rule: "off_grid"; before: number | null; after: number | null }
  /** Nobody of a group is free; with one host in it, that one is needed. */
  | { rule: "hosts"; hindered: Hindrance[] }
  | { rule: "seats"; left: number; wanted: number }
  | ({ rule: "limit" } & Reached);

export interface Explanation {
  /** Whether the engine offers it in every range that has it; so exactly when there are no reasons. */
  isOffered: boolean;
  reasons: Reason[];
}

/** Says of any instant why it is or is not offered to this visitor, rule by rule, whatever the question's range. */
export function explain(question: SlotsQuestion, start: number): Explanation {
  const open = openHours(question, start - 2 * day, start + 2 * day);
  const reasons = [
    ...byClock(question, start, datesIn(open.zone)(start)),
    ...byGrid(question, start, open),
    ...byHosts(question, start, open.hosts),
    ...bySeatsAndLimits(question, start, datesIn(open.zone)(start)),
  ];
  return { isOffered: reasons.length === 0, reasons };
}

function byClock(question: SlotsQuestion, start: number, date: number): Reason[] {
  const { first: earliest, last: latest } = startsWithin(question);
  const { first, last } = datesOf(question);
  const reasons: Reason[] = [];
  if (start <= question.now) reasons.push({ rule: "past" });
  else if (start < earliest) reasons.push({ rule: "notice", earliest });
  if (start > latest) reasons.push({ rule: "horizon", latest });
  if (date < first || date > last)
    reasons.push({
      rule: "horizon_dates",
      first: Number.isFinite(first) ? dateOf(first) : null,
      last: Number.isFinite(last) ? dateOf(last) : null,
    });
  return reasons;
}

function byGrid({ event }: SlotsQuestion, start: number, open: ReturnType<typeof openHours>): Reason[] {
  const w = open.event.findIndex((opens, i) => i % 2 === 0 && opens <= start && start < (open.event[i + 1] ?? 0));
  if (w === -1) return [{ rule: "closed" }];
  const [opens, closesAt] = [open.event[w] ?? 0, open.event[w + 1] ?? 0];
  if (start + event.durationMinutes * minute > closesAt) return [{ rule: "too_long", closesAt }];
  const around = { from: start - 2 * day, to: start + 2 * day };
  const starts = startsOf([opens, closesAt], event, open.zone, around);
  if (starts.includes(start)) return [];
  const before = starts.findLast((other) => other < start) ?? null;
  const after = starts.find((other) => other > start) ?? null;
  return [{ rule: "off_grid", before, after }];
}

function byHosts(question: SlotsQuestion, start: number, open: readonly Windows[][]): Reason[] {
  return question.groups.flatMap((hosts, g) => {
    const hindrances = hosts.map((host, h) => hindrancesOf(question, host, open[g]?.[h] ?? [], start));
    if (hindrances.some((its) => its.length === 0)) return [];
    return [{ rule: "hosts" as const, hindered: hindrances.flat() }];
  });
}

function hindrancesOf(question: SlotsQuestion, { id, busy }: PreparedHost, open: Windows, start: number): Hindrance[] {
  const { event } = question;
  const end = start + event.durationMinutes * minute;
  const isOpen = open.some((opens, i) => i % 2 === 0 && opens <= start && end <= (open[i + 1] ?? 0));
  const hindrances: Hindrance[] = isOpen ? [] : [{ hostId: id, because: "closed" }];
  for (const block of blocksBetween(busy, event, question, { from: start, to: end })) {
    const [from, until] = [blockedFrom(block, event), blockedUntil(block, event)];
    const isItsSession =
      event.seats !== undefined && block.eventTypeId === event.id && block.start === start && block.end === end;
    if (from < end && start < until && !isItsSession) hindrances.push({ hostId: id, because: block.kind, from, until });
  }
  return hindrances;
}

function bySeatsAndLimits(question: SlotsQuestion, start: number, date: number): Reason[] {
  const { event, groups, attendeeCount: wanted = 1 } = question;
  const durationMs = event.durationMinutes * minute;
  const limits = limitsOf(question, date, date)(date).map((reached) => ({ rule: "limit" as const, ...reached }));
  const [host] = groups.flat();
  if (event.seats === undefined || !host) return limits;
  const blocks = blocksBetween(host.busy, event, question, { from: start, to: start + durationMs });
  const session = sessionsAmong(blocks, { ...event, durationMs }).sessions.get(start);
  const left = event.seats - (session?.taken ?? 0);
  const seats: Reason[] = left < wanted ? [{ rule: "seats", left, wanted }] : [];
  return session?.isBooked ? seats : [...seats, ...limits];
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Busy } from "#domain/availability/busy.ts";
import type { Horizon } from "#domain/availability/horizon.ts";
import type { Limits } from "#domain/availability/limits.ts";
import { prepareSchedule, type Schedule } from "#domain/availability/schedule.ts";
import { findSlots, prepareHost, type SlotsQuestion } from "#domain/availability/slots.ts";
import type { BookingStatus } from "#domain/availability/status.ts";
import { groupsOf, type Team } from "#domain/availability/teams.ts";

interface Week {
  timeZone: string;
  weekly: { days: number[]; from: string; to: string }[];
}

interface BusyCase {
  start: string;
  end: string;
  kind: Busy["kind"];
  status?: BookingStatus | "awaiting_host";
  blocksWhilePending?: boolean;
  bufferBeforeMin?: number;
  bufferAfterMin?: number;
  sameEvent?: boolean;
  seatsTaken?: number;
  bookingId?: string;
  clientId?: string;
  expiresAt?: string;
}

interface HostCase extends Week {
  id: string;
  overrides?: { date: string; windows: [string, string][] }[];
  outOfOffice?: string[];
  travel?: { from: string; to?: string; timeZone: string }[];
  role?: string;
  group?: string;
  busy?: BusyCase[];
}

/** A case as `docs/availability.md` writes it. */
export interface SlotsCase {
  id: string;
  now: string;
  hosts: HostCase[];
  event: {
    durationMin: number;
    intervalMin?: number;
    offsetStartMin?: number;
    bufferBeforeMin?: number;
    bufferAfterMin?: number;
    minNoticeMin?: number;
    horizon?: Horizon;
    limits?: Limits;
    seats?: number;
    team?: Team;
    restriction?: Week;
  };
  query: {
    from: string;
    to: string;
    timeZone: string;
    attendeeCount?: number;
    clientId?: string;
    rescheduleOf?: string;
  };
}

const asked = "this event type";

/** Puts a case into the words of the engine; decides nothing. */
export function questionOf({ now, hosts, event, query }: SlotsCase): SlotsQuestion {
  const prepared = hosts.map((host) => ({
    ...prepareHost({ id: host.id, schedule: scheduleOf(host), busy: (host.busy ?? []).map(busyOf) }),
    isFixed: host.role === "fixed",
    group: host.group,
  }));
  return {
    now: instantOf(now),
    event: {
      id: asked,
      timeZone: hosts[0]?.timeZone ?? "UTC",
      durationMinutes: event.durationMin,
      intervalMinutes: event.intervalMin,
      offsetMinutes: event.offsetStartMin,
      bufferBeforeMinutes: event.bufferBeforeMin,
      bufferAfterMinutes: event.bufferAfterMin,
      noticeMinutes: event.minNoticeMin,
      horizon: event.horizon,
      limits: event.limits,
      seats: event.seats,
    },
    groups: groupsOf(prepared, event.team ?? "collective"),
    restriction: event.restriction && prepareSchedule(event.restriction),
    from: instantOf(query.from),
    to: instantOf(query.to),
    attendeeCount: query.attendeeCount,
    clientId: query.clientId,
    rescheduleOf: query.rescheduleOf,
  };
}

const scheduleOf = ({ timeZone, weekly, overrides, outOfOffice, travel }: HostCase): Schedule => ({
  timeZone,
  weekly,
  overrides: overrides?.map(({ date, windows }) => ({ date, windows: windows.map(([from, to]) => ({ from, to })) })),
  outOfOffice: outOfOffice?.map((date) => ({ from: date, to: date })),
  travel,
});

function busyOf(busy: BusyCase): Busy {
  const range = { start: instantOf(busy.start), end: instantOf(busy.end) };
  if (busy.kind === "calendar") return { kind: "calendar", ...range };
  const taken = {
    ...range,
    eventTypeId: busy.sameEvent ? asked : undefined,
    bufferBeforeMinutes: busy.bufferBeforeMin,
    bufferAfterMinutes: busy.bufferAfterMin,
    seatsTaken: busy.seatsTaken,
  };
  if (busy.kind === "hold")
    return { kind: "hold", ...taken, clientId: busy.clientId ?? "", expiresAt: instantOf(busy.expiresAt ?? "") };
  const { blocksWhilePending, bookingId } = busy;
  return { kind: "booking", ...taken, status: statusOf(busy.status), blocksWhilePending, bookingId };
}

/** `awaiting_host` is a word of the cases only; ours takes time in the same way. */
export const statusOf = (status: BusyCase["status"] = "confirmed"): BookingStatus =>
  status === "awaiting_host" ? "awaiting_payment" : status;

function instantOf(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new RangeError(`${JSON.stringify(text)} is no instant`);
  return instant;
}

const textOf = (instant: number) => new Date(instant).toISOString().replace(".000Z", "Z");

/** The engine's answer to a case, as the command prints it. */
export function answerTo(slotsCase: SlotsCase): { id: string; slots: string[]; seatsLeft?: Record<string, number> } {
  const { starts, seatsLeft } = findSlots(questionOf(slotsCase));
  const slots = starts.map(textOf);
  if (!seatsLeft) return { id: slotsCase.id, slots };
  return { id: slotsCase.id, slots, seatsLeft: Object.fromEntries(slots.map((slot, i) => [slot, seatsLeft[i] ?? 0])) };
}

/** Answers every case of a file, a line each; says whether all could be. */
function answerAll(cases: readonly SlotsCase[]): boolean {
  let all = true;
  const lines = cases.map((slotsCase) => {
    try {
      return JSON.stringify(answerTo(slotsCase));
    } catch (error) {
      all = false;
      return JSON.stringify({
        id: slotsCase?.id ?? null,
        error: error instanceof Error ? error.message : String(error),
      });
    }
  });
  if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
  return all;
}

/** npm runs us in the house; the caller may stand elsewhere. */
const placeOf = (file: string) => (existsSync(file) ? file : join(process.env.INIT_CWD ?? ".", file));

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (file === undefined) {
    console.error("npm run oracle -- FILE.json");
    process.exitCode = 2;
  } else {
    process.exitCode = answerAll(JSON.parse(readFileSync(placeOf(file), "utf8")) as SlotsCase[]) ? 0 : 1;
  }
}

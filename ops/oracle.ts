import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

import type { Busy } from "#domain/availability/busy.ts";
import { prepareSchedule, type Schedule } from "#domain/availability/schedule.ts";
import { findSlots, prepareHost, type SlotsQuestion } from "#domain/availability/slots.ts";
import type { BookingStatus } from "#domain/availability/status.ts";
import { groupsOf } from "#domain/availability/teams.ts";
import { faultsIn, type SlotsCase } from "#ops/oracle-case.ts";

type HostCase = SlotsCase["hosts"][number];
type BusyCase = NonNullable<HostCase["busy"]>[number];

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

const instantOf = (text: string) => Date.parse(text);

const textOf = (instant: number) => new Date(instant).toISOString().replace(".000Z", "Z");

/** The engine's answer to a case, as the command prints it. */
export function answerTo(slotsCase: SlotsCase): { id: string; slots: string[]; seatsLeft?: Record<string, number> } {
  const { starts, seatsLeft } = findSlots(questionOf(slotsCase));
  const slots = starts.map(textOf);
  if (!seatsLeft) return { id: slotsCase.id, slots };
  return { id: slotsCase.id, slots, seatsLeft: Object.fromEntries(slots.map((slot, i) => [slot, seatsLeft[i] ?? 0])) };
}

const isCase = (given: unknown): given is SlotsCase => faultsIn(given) === undefined;

/** The answer, or what is wrong; the engine itself refuses only what leaves the calendar. */
function outcomeOf(given: unknown): ReturnType<typeof answerTo> | { id: unknown; error: string } {
  const id = (given as { id?: unknown } | null)?.id ?? null;
  try {
    return isCase(given) ? answerTo(given) : { id, error: faultsIn(given) ?? "" };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Answers every case of a file, a line each; one that cannot be run says why. */
export function linesFor(cases: readonly unknown[]): { lines: string[]; couldAll: boolean } {
  const outcomes = cases.map(outcomeOf);
  return { lines: outcomes.map((outcome) => JSON.stringify(outcome)), couldAll: !outcomes.some((o) => "error" in o) };
}

/** npm runs us in the house; the caller may stand elsewhere. */
const placeOf = (file: string) => (existsSync(file) ? file : resolve(process.env.INIT_CWD ?? ".", file));

/** Reads the cases of a file, or says what is wrong with the file as a whole. */
export function casesIn(file: string): unknown[] | string {
  try {
    const read: unknown = JSON.parse(readFileSync(placeOf(file), "utf8"));
    return Array.isArray(read) ? read : `${file} is no array of cases.`;
  } catch (error) {
    return `${file} cannot be read: ${error instanceof Error ? error.message : error}`;
  }
}

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  const cases = file === undefined ? "npm run oracle -- FILE.json" : casesIn(file);
  if (typeof cases === "string") {
    console.error(cases);
    process.exitCode = 2;
  } else {
    const { lines, couldAll } = linesFor(cases);
    if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
    process.exitCode = couldAll ? 0 : 1;
  }
}

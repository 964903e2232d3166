import { type Figure, report } from "#bench/report.ts";
import { overHttp } from "#bench/slots-http.ts";
import type { Busy } from "#domain/availability/busy.ts";
import type { Schedule } from "#domain/availability/schedule.ts";
import { findSlots, type PreparedHost, prepareHost, type SlotsQuestion } from "#domain/availability/slots.ts";
import type { Team } from "#domain/availability/teams.ts";

const minute = 60_000;
const day = 86_400_000;
const from = Date.UTC(2026, 2, 9);
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const officeHours: Schedule = { timeZone: "Europe/Berlin", weekly: [{ days: everyDay, from: "09:00", to: "17:00" }] };
const allHours: Schedule = { timeZone: "Europe/Berlin", weekly: [{ days: everyDay, from: "00:00", to: "24:00" }] };

interface Load {
  days?: number;
  hosts?: number;
  blocks?: number;
  schedule?: Schedule;
  team?: Team;
}

/** Half an hour each, strewn evenly over the days, a little elsewhere with every host. */
const busyOf = (host: number, days: number, blocks: number): Busy[] =>
  Array.from({ length: blocks }, (_, i) => {
    const start = from + Math.floor(((i + host / 50) * days * day) / blocks / minute) * minute;
    return { kind: "booking", status: "confirmed", start, end: start + 30 * minute };
  });

const hostsOf = ({ days = 30, hosts = 1, blocks = 500, schedule = officeHours }: Load) =>
  Array.from({ length: hosts }, (_, i) => ({ id: `h${i}`, schedule, busy: busyOf(i, days, blocks) }));

const questionOf = ({ days = 30, team = "roundRobin" }: Load, prepared: PreparedHost[]): SlotsQuestion => ({
  now: from - day,
  event: { id: "e", timeZone: "Europe/Berlin", durationMinutes: 15 },
  groups: team === "collective" ? prepared.map((host) => [host]) : [prepared],
  from,
  to: from + days * day,
});

/** The control: steps through the range, and asks Intl and every busy time about every step. */
function naive({ days = 30, schedule = officeHours, blocks = 500 }: Load): number {
  const busy = busyOf(0, days, blocks);
  const window = schedule.weekly[0];
  let found = 0;
  for (
    let start = new Date(from);
    start.getTime() < from + days * day;
    start = new Date(start.getTime() + 15 * minute)
  ) {
    const options = { timeZone: schedule.timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    const time = start.toLocaleTimeString("en-GB", options);
    if (!window || time < window.from || time >= window.to) continue;
    const end = new Date(start.getTime() + 15 * minute);
    if (!busy.some((one) => new Date(one.start) < end && start < new Date(one.end))) found++;
  }
  return found;
}

/** Milliseconds of processor time for one turn, over enough of them: the engine itself never waits. */
function time(work: () => unknown, atLeast = 200): number {
  const since = process.threadCpuUsage();
  for (let turns = 1; ; turns++) {
    work();
    const { user, system } = process.threadCpuUsage(since);
    if (user + system >= atLeast * 1000) return (user + system) / 1000 / turns;
  }
}

/** From plain data: schedules and busy times are read anew, as nothing is kept of a host. */
const cold = (load: Load, atLeast?: number) => {
  const hosts = hostsOf(load);
  return time(() => findSlots(questionOf(load, hosts.map(prepareHost))), atLeast);
};

const warm = (load: Load) => {
  const prepared = hostsOf(load).map(prepareHost);
  return time(() => findSlots(questionOf(load, prepared)));
};

const figure = (what: string, value: number, atMost?: number): Figure =>
  atMost === undefined ? { what, value, unit: "ms" } : { what, value, unit: "ms", goal: { atMost } };

/** Times of the slot engine, of a naive control, and how they grow with days, hosts and bookings. */
export async function run(): Promise<void> {
  const team = { hosts: 50 };
  const first = figure("50 hosts, the very first question of the process", cold(team, 0));
  cold({ hosts: 5 }, 1000);
  const [engine, control] = [warm({}), time(() => naive({}))];
  report("Slots: 30 days, every 15 minutes, 500 busy times a host", [
    figure("one host, office hours", engine, 0.3),
    figure("… from plain data", cold({})),
    figure("one host, around the clock", warm({ schedule: allHours }), 0.7),
    figure("50 hosts, one of them", warm(team), 3),
    figure("50 hosts, all of them", warm({ ...team, team: "collective" }), 3),
    figure("50 hosts, from plain data", cold(team), 10),
    first,
    figure("naive control, one host", control),
    { what: "naive ÷ engine", value: control / engine, unit: "×" },
  ]);
  report("Growth", [
    ...[7, 30, 60, 120].map((days) => figure(`one host, ${days} days, 500 busy times`, warm({ days }))),
    ...[1, 10, 50, 100].map((hosts) => figure(`${hosts} hosts`, warm({ hosts }))),
    ...[50, 500, 5000].map((blocks) => figure(`one host, ${blocks} busy times in 30 days`, warm({ blocks }))),
    figure("one host, 10,000 busy times in 600 days, 30 asked for", historyOf()),
  ]);
  await overHttp();
}

/** What a question of a month costs a host with a long past. */
function historyOf(): number {
  const prepared = [prepareHost({ id: "h", schedule: officeHours, busy: busyOf(0, 600, 10_000) })];
  return time(() => findSlots(questionOf({ days: 30 }, prepared)));
}

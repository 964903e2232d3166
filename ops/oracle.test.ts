import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { explain } from "#domain/availability/explain.ts";
import { prepareSchedule, windowsOf } from "#domain/availability/schedule.ts";
import { findSlots, type SlotsQuestion } from "#domain/availability/slots.ts";
import { intersect } from "#domain/availability/windows.ts";
import { answerTo, linesFor, questionOf } from "#ops/oracle.ts";
import type { SlotsCase } from "#ops/oracle-case.ts";
import { anyCase } from "#ops/oracle-cases.fixture.ts";
import { referenceAnswer } from "#ops/oracle-reference.fixture.ts";

// More of them: PLENARY_ORACLE_RUNS=5000.
const compared = Number(process.env.PLENARY_ORACLE_RUNS ?? 60);
const runs = compared * 4;
const minute = 60_000;

/** One horizon moves with the clock, another reaches further when a date fills up. (`filter` would draw the same again.) */
const withoutHorizon = anyCase.map((given) => ({ ...given, event: { ...given.event, horizon: undefined } }));

const startsOf = (given: SlotsCase) => findSlots(questionOf(given)).starts;
const offeredIn = (question: SlotsQuestion) => new Set(findSlots(question).starts);

describe("the engine", () => {
  it("agrees with the reference on any case", { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { id: _id, ...answer } = answerTo(given);
        expect(answer).toEqual(referenceAnswer(given));
      }),
      { numRuns: compared, endOnFailure: true },
    );
  });

  it("offers nothing that overlaps what blocks a host it needs, nothing closed, nothing past", () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const question = questionOf(given);
        const duration = question.event.durationMinutes * minute;
        for (const start of findSlots(question).starts) {
          expect(start).toBeGreaterThan(question.now);
          if (given.event.team === "roundRobin") continue;
          for (const { schedule } of question.groups.flat())
            expect(intersect([start, start + duration], windowsOf(schedule, start, start + duration))).toEqual([
              start,
              start + duration,
            ]);
          for (const { kind, start: from, end } of given.hosts.flatMap(({ busy = [] }) => busy)) {
            const overlaps = Date.parse(from) < start + duration && start < Date.parse(end);
            if (kind === "calendar") expect(overlaps).toBe(false);
          }
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it("has the same grid whatever the range and the viewer's zone", () => {
    fc.assert(
      fc.property(anyCase, fc.nat(1000), fc.nat(1000), (given, a, b) => {
        const question = questionOf(given);
        const [from, to] = [a, b].map((part) => question.from + ((question.to - question.from) * part) / 1000);
        const inside = findSlots({ ...question, from: Math.round(from ?? 0), to: Math.round(to ?? 0) }).starts;
        const all = findSlots(question).starts;
        expect(inside).toEqual(all.filter((start) => start >= Math.round(from ?? 0) && start < Math.round(to ?? 0)));
        expect(startsOf({ ...given, query: { ...given.query, timeZone: "Asia/Kathmandu" } })).toEqual(all);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it("loses starts and moves none as time goes by", () => {
    fc.assert(
      fc.property(withoutHorizon, fc.nat(5000), (given, minutes) => {
        const hosts = given.hosts.map((host) => ({ ...host, busy: host.busy?.filter(({ kind }) => kind !== "hold") }));
        const question = questionOf({ ...given, hosts });
        const later = { ...question, now: question.now + minutes * minute };
        const wait = Math.max(1, (given.event.minNoticeMin ?? 0) * minute);
        expect(findSlots(later).starts).toEqual(
          findSlots(question).starts.filter((start) => start >= later.now + wait),
        );
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it("never offers more because of another busy time", () => {
    fc.assert(
      fc.property(
        withoutHorizon,
        fc.integer({ min: -5000, max: 5000 }),
        fc.integer({ min: 1, max: 90_000 }),
        (before, at, length) => {
          const start = Date.parse(before.query.from) + at * minute;
          const busy = {
            kind: "calendar" as const,
            start: new Date(start).toISOString(),
            end: new Date(start + length * 1000).toISOString(),
          };
          const hosts = before.hosts.map((host, i) =>
            i === 0 ? { ...host, busy: [...(host.busy ?? []), busy] } : host,
          );
          const offered = new Set(startsOf(before));
          for (const still of startsOf({ ...before, hosts })) expect(offered.has(still)).toBe(true);
        },
      ),
      { numRuns: runs, endOnFailure: true },
    );
  });
});

describe("explain", () => {
  it("finds a reason exactly where the engine offers nothing", () => {
    fc.assert(
      fc.property(anyCase, fc.array(fc.integer({ min: -300, max: 700 }), { maxLength: 6 }), (given, quarters) => {
        const question = questionOf(given);
        const offered = [...offeredIn(question)];
        const anywhere = quarters.map((n) => question.from + n * 15 * minute);
        const nearby = offered.slice(0, 3).flatMap((start) => [start, start + 5 * minute, start - 1]);
        for (const start of [...anywhere, ...nearby]) {
          const around = { ...question, from: start, to: start + 1 };
          const { isOffered, reasons } = explain(question, start);
          expect(isOffered, JSON.stringify(reasons)).toBe(offeredIn(around).has(start));
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });
});

describe("a stand-in", () => {
  it("is open on the dates of the absence as if away on all others", () => {
    fc.assert(
      fc.property(withoutHorizon, fc.integer({ min: -6, max: 6 }), fc.nat(5), (given, after, days) => {
        const dateOf = (n: number) =>
          new Date(Date.parse(given.query.from) + n * 86_400_000).toISOString().slice(0, 10);
        const [from, to] = [dateOf(after), dateOf(after + days)];
        const others = [
          { from: dateOf(-1000), to: dateOf(after - 1) },
          { from: dateOf(after + days + 1), to: dateOf(1000) },
        ];
        const question = questionOf(given);
        const [first] = question.groups;
        const [host] = first ?? [];
        if (!host) return;
        const answered = (schedule: typeof host.schedule) => {
          const groups = [[{ ...host, schedule }], ...question.groups.slice(1)];
          return findSlots({ ...question, groups });
        };
        const { away } = host.schedule;
        const standIn = { ...host.schedule, only: daysOf([{ from, to }]) };
        expect(answered(standIn)).toEqual(answered({ ...host.schedule, away: [...away, ...daysOf(others)] }));
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });
});

const daysOf = (ranges: { from: string; to: string }[]) =>
  prepareSchedule({ timeZone: "UTC", weekly: [], outOfOffice: ranges }).away;

describe("npm run oracle", () => {
  it("says what is wrong with a case that cannot be run, and goes on", () => {
    const [good] = fc.sample(anyCase, { numRuns: 1, seed: 1 });
    const bad = { ...good, id: "bad", event: { durationMin: 0 }, now: "2026-02-30T00:00:00Z" };
    const endless = { ...good, id: "endless", event: { durationMin: 1e15 } };
    const { lines, couldAll } = linesFor([bad, null, endless, good]);
    const [first, second, third, last] = lines.map((line) => JSON.parse(line));
    expect(couldAll).toBe(false);
    expect(first).toMatchObject({ id: "bad", error: expect.stringContaining("event.durationMin") });
    expect(first.error).toContain("now");
    expect(second).toMatchObject({ id: null, error: expect.any(String) });
    expect(third).toEqual({ id: "endless", error: expect.any(String) });
    expect(last).toEqual(good && answerTo(good));
  });
});

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { hashPassword, isPassword } from "#server/modules/identity/passwords.ts";
import { codeFor, datedToken, isCode, readDatedToken } from "#server/modules/identity/sign-in.ts";
import { startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const at = (instant: Date) => ({ ...t.ctx, now: () => instant });
const later = (instant: Date, minutes: number) => at(new Date(instant.getTime() + minutes * 60_000));
const instants = fc.date({ min: new Date("2025-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
const aMinute = (most: number) => fc.double({ min: 0, max: most, noNaN: true });

describe("a letter's code", () => {
  it("is six digits and works for half an hour, and an hour later not", () => {
    fc.assert(
      fc.property(fc.uuid(), instants, aMinute(30), (id, instant, minutes) => {
        const code = codeFor(at(instant), id);
        expect(code).toMatch(/^\d{6}$/);
        expect(isCode(later(instant, minutes), id, code)).toBe(true);
        // Each code is one in a million, so a later one is hardly ever the same by chance.
        expect(isCode(later(instant, minutes + 46), id, code)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it("is another for everybody, and spread evenly", () => {
    const now = t.ctx.now();
    const codes = Array.from({ length: 3000 }, (_, n) => codeFor(at(now), `subject ${n}`));

    expect(new Set(codes).size).toBeGreaterThan(2970);
    const firsts = codes.reduce<Record<string, number>>((sum, [digit = ""]) => {
      sum[digit] = (sum[digit] ?? 0) + 1;
      return sum;
    }, {});
    for (const count of Object.values(firsts)) expect(count).toBeGreaterThan(220);
    expect(Object.keys(firsts)).toHaveLength(10);
  });
});

describe("a dated link", () => {
  it("opens what it was made for while it is young, and nothing else", () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.integer({ min: 1, max: 7000 }),
        instants,
        aMinute(60),
        (id, version, instant, minutes) => {
          const token = datedToken(at(instant), "reset", id, version);
          const read = (from: number, kind: "reset" | "verify" = "reset") =>
            readDatedToken(later(instant, from), token, { kind, minutes: 60 });

          expect(read(minutes)).toEqual({ id, version });
          expect(read(minutes + 71)).toBeUndefined();
          expect(read(-minutes - 11)).toBeUndefined();
          expect(read(minutes, "verify")).toBeUndefined();
        },
      ),
    );
  });
});

describe("passwords", () => {
  it("are right or wrong, and never right where there is none", async () => {
    const hash = await hashPassword(t.ctx, "correct horse");

    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword(t.ctx, hash, "correct horse")).toBe(true);
    expect(await isPassword(t.ctx, hash, "correct horses")).toBe(false);
    expect(await isPassword(t.ctx, null, "nobody has this password")).toBe(false);
  });

  it("are judged in turn; a crowd is asked to come back instead of taking the machine", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 120 }, (_, n) => hashPassword(t.ctx, `${n}`)));

    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(refused).toHaveLength(18);
    expect(refused.every(({ reason }) => reason.code === "rate.limited")).toBe(true);
    await expect(hashPassword(t.ctx, "afterwards")).resolves.toBeTruthy();
  });
});

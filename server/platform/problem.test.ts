import { expect, it } from "vitest";
import { z } from "zod";

import { faultsOf, Problem } from "#server/platform/problem.ts";
import { sentences } from "#server/platform/words.ts";

it("says what is wrong with fields in the language of whoever reads it", () => {
  const problem = new Problem("event_type.invalid", {
    fields: [
      { at: "body.recurrence.count", code: "recurrence_count", values: { most: 4 } },
      { at: "body.inviteePhone", code: "required", key: "fields.phone_needed" },
      { at: "body.answers.a", code: "pattern", says: "As on your card." },
    ],
  });

  expect(problem.toJSON()).toMatchObject({
    title: "These settings do not go together.",
    fields: [
      { code: "recurrence_count", says: "It can be booked at most 4 times." },
      { code: "required", says: "Your host calls you: please give a number." },
      { code: "pattern", says: "As on your card." },
    ],
  });
  expect(problem.in("de").toJSON()).toEqual({
    code: "event_type.invalid",
    status: 422,
    type: "/problems/event_type.invalid",
    title: "Diese Einstellungen passen nicht zusammen.",
    fields: [
      { at: "body.recurrence.count", code: "recurrence_count", says: "Das lässt sich höchstens 4-mal buchen." },
      { at: "body.inviteePhone", code: "required", says: "Du wirst angerufen: Bitte gib eine Nummer an." },
      { at: "body.answers.a", code: "pattern", says: "As on your card." },
    ],
  });
});

it("says so too of what a schema found", () => {
  const Shape = z.strictObject({ email: z.email(), name: z.string().min(1), text: z.string().max(3), seats: z.int() });
  const typed = { email: "ada", name: "", text: "long", seats: "x", tip: 1 };
  const read = Shape.safeParse(typed, { reportInput: true });

  const problem = new Problem("request.invalid", { fields: faultsOf(read.error ?? new z.ZodError([]), "body") });

  expect(problem.in("de").toJSON()).toMatchObject({
    fields: [
      { at: "body.email", code: "invalid_format.email", says: "Schreib eine Adresse wie ada@example.org." },
      { code: "too_small.string", says: "Bitte fülle das aus." },
      { code: "too_big.string", says: "Bitte bleib bei höchstens 3 Zeichen." },
      { code: "invalid_type.number", says: "Schreib eine Zahl." },
      { at: "body", code: "unrecognized_keys", says: "Hier hat nichts diesen Namen: tip." },
    ],
  });
});

/** What makes a type find each thing that it can find. */
const findings: Record<z.core.$ZodIssue["code"], readonly (readonly [z.ZodType, unknown])[]> = {
  invalid_type: [
    ...[z.string(), z.number(), z.int(), z.bigint(), z.boolean(), z.date(), z.array(z.any()), z.tuple([z.any()])],
    ...[z.object({}), z.record(z.string(), z.any()), z.map(z.any(), z.any()), z.set(z.any()), z.symbol(), z.file()],
    ...[z.undefined(), z.null(), z.nan(), z.never(), z.void(), z.string().optional().nonoptional(), z.function()],
  ].flatMap((type) => [undefined, null, "", "x", 1.5, Number.NaN, {}, []].map((value) => [type, value] as const)),
  invalid_value: [
    [z.enum(["here", "online"]), "x"],
    [z.literal(true), false],
    [z.literal(null), 1],
    [z.enum(Array.from({ length: 40 }, (_, n) => `a${n}`) as [string]), "x"],
  ],
  invalid_format: [
    ...[
      z.email(),
      z.url(),
      z.uuid(),
      z.guid(),
      z.emoji(),
      z.nanoid(),
      z.cuid(),
      z.cuid2(),
      z.ulid(),
      z.xid(),
      z.ksuid(),
    ],
    ...[z.ipv4(), z.ipv6(), z.mac(), z.cidrv4(), z.cidrv6(), z.base64(), z.base64url(), z.e164(), z.jwt(), z.json()],
    ...[z.iso.date(), z.iso.time(), z.iso.datetime(), z.iso.duration(), z.hostname(), z.hex(), z.hash("md5")],
    ...[z.string().regex(/a/), z.string().startsWith("a"), z.string().endsWith("a"), z.string().includes("a")],
    ...[z.string().lowercase(), z.string().uppercase(), z.templateLiteral(["a", z.number()])],
  ].flatMap((type) => ["§ B", ""].map((value) => [type, value] as const)),
  too_small: [
    ...[z.string().min(1), z.string().min(2), z.string().length(2)].map((type) => [type, ""] as const),
    [z.string().min(2), "a"],
    ...[z.number().min(3), z.int().min(3), z.number().gt(3), z.int().positive().min(3)].map(
      (type) => [type, 1] as const,
    ),
    ...[z.array(z.any()).min(1), z.array(z.any()).length(2)].map((type) => [type, []] as const),
    ...[z.bigint().min(3n), z.bigint().positive()].map((type) => [type, 0n] as const),
    ...[z.tuple([z.any(), z.any()])].map((type) => [type, []] as const),
    [z.date().min(new Date(9)), new Date(1)],
    [z.set(z.any()).min(1), new Set()],
    [z.file().min(9), new File([], "a")],
  ],
  too_big: [
    ...[z.string().max(1), z.string().length(1)].map((type) => [type, "abc"] as const),
    ...[z.number().max(3), z.int().max(3), z.number().lt(3), z.int(), z.int32()].map((type) => [type, 1e20] as const),
    ...[z.array(z.any()).max(1), z.array(z.any()).length(1), z.tuple([])].map((type) => [type, [1, 2]] as const),
    ...[z.bigint().max(3n), z.bigint().lt(3n)].map((type) => [type, 9n] as const),
    [z.date().max(new Date(1)), new Date(9)],
    [z.set(z.any()).max(1), new Set([1, 2])],
    [z.file().max(0), new File(["abc"], "a")],
  ],
  not_multiple_of: [[z.number().multipleOf(5), 7]],
  unrecognized_keys: [
    [z.strictObject({}), { tip: 1 }],
    [z.strictObject({}), Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`${n}${"a".repeat(999)}`, 1]))],
  ],
  invalid_union: [
    [z.union([z.int(), z.null()]), {}],
    [z.xor([z.string(), z.string().min(1)]), "a"],
    [z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b") })]), {}],
  ],
  invalid_key: [
    [z.record(z.uuid(), z.any()), { a: 1 }],
    [z.map(z.uuid(), z.any()), new Map([["a", 1]])],
  ],
  invalid_element: [[z.map(z.any(), z.int()), new Map([[{}, "a"]])]],
  custom: [
    [z.string().refine(() => false), "a"],
    [z.string().refine(() => false, "Invalid input: our own words"), "a"],
    [z.instanceof(File), 1],
  ],
};

it.each(["en", "de"])("says whatever a schema can find by a sentence of ours, in %s", (locale) => {
  const ours = Object.values(sentences(locale, "ui.problem", "")).map((one) => shapeOf(String(one)));

  const found = new Set<string>();
  const foreign = Object.values(findings).flatMap((all) =>
    all.flatMap(([type, value]) => {
      const { error } = type.safeParse(value, { reportInput: true });
      for (const { code } of error?.issues ?? []) found.add(code);
      const { fields } = new Problem("request.invalid", { fields: error ? faultsOf(error) : [] }).in(locale).details;
      const said = (fields as { code: string; says: string }[]).filter(
        ({ says }) => !ours.some((one) => one.test(says)),
      );
      return said.map(({ code, says }) => `${code}: ${says}`);
    }),
  );

  expect(foreign).toEqual([]);
  expect([...found].sort()).toEqual(Object.keys(findings).sort());
});

it("gives back little of what somebody sent", () => {
  const [, [type, value] = []] = findings.unrecognized_keys;
  const { error } = type?.safeParse(value) ?? {};

  const problem = new Problem("request.invalid", { fields: error ? faultsOf(error) : [] });

  expect(JSON.stringify(problem).length).toBeLessThan(1000);
});

/** A sentence as it can be filled: what stands in braces, one level deep in others, is anything. */
const shapeOf = (sentence: string): RegExp =>
  new RegExp(`^${sentence.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(?:[^{}]|\{[^{}]*\})*\}/g, "[^:]*")}$`);

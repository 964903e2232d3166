import { expect, it } from "vitest";
import { z } from "zod";

import { faultsOf, Problem } from "#server/platform/problem.ts";

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

it("says so too of what a schema found, where it is about what somebody typed", () => {
  const Shape = z.strictObject({ email: z.email(), name: z.string().min(1), text: z.string().max(3), seats: z.int() });
  const typed = { email: "ada", name: "", text: "long", seats: "x", tip: 1 };
  const read = Shape.safeParse(typed, { reportInput: true });

  const problem = new Problem("request.invalid", { fields: faultsOf(read.error ?? new z.ZodError([]), "body") });

  expect(problem.in("de").toJSON()).toMatchObject({
    fields: [
      { at: "body.email", code: "invalid_format.email", says: "Schreib eine Adresse wie ada@example.org." },
      { code: "too_small.string", says: "Bitte fülle das aus." },
      { code: "too_big.string", says: "Bitte bleib bei höchstens 3 Zeichen." },
      { code: "invalid_type.number", says: "Ungültige Eingabe: erwartet Zahl, erhalten string" },
      { at: "body", code: "unrecognized_keys", says: 'Unbekannter Schlüssel: "tip"' },
    ],
  });
});

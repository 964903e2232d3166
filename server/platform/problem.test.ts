import { expect, it } from "vitest";

import { Problem } from "#server/platform/problem.ts";

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

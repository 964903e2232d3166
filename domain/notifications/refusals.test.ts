import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isHardRefusal } from "#domain/notifications/refusals.ts";

const command = "RCPT TO";

describe("a mail server's refusal", () => {
  it("is for good when it knows nobody by that name", () => {
    expect(isHardRefusal({ code: 550, command, text: "550 5.1.1 User unknown" })).toBe(true);
  });

  it("is not when it is about us, about the letter, or about today", () => {
    expect(isHardRefusal({ code: 550, command, text: "550 5.7.1 Blocked, see https://example.org" })).toBe(false);
    expect(isHardRefusal({ code: 550, command: "DATA", text: "550 Spam" })).toBe(false);
    expect(isHardRefusal({ code: 552, command, text: "552 5.2.2 Mailbox full" })).toBe(false);
    expect(isHardRefusal({ command: "CONN", text: "ECONNREFUSED" })).toBe(false);
  });

  it("is never for good when it is temporary", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 400, max: 499 }),
        fc.string(),
        (code, text) => !isHardRefusal({ code, command, text }),
      ),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type MailingStatus, mailingActions, moveMailing } from "#domain/notifications/mailing.ts";

describe("a letter to many", () => {
  it("is never changed nor begun anew once anybody may have got it, whatever is tried", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...mailingActions), { maxLength: 20 }), (actions) => {
        let status: MailingStatus = "draft";
        let begun = 0;
        for (const action of actions) {
          const next: MailingStatus | undefined = moveMailing(status, action);
          if (next === undefined) continue;
          if (begun > 0) expect(["change", "schedule", "begin"]).not.toContain(action);
          if (action === "begin") begun += 1;
          status = next;
        }
        return begun <= 1;
      }),
    );
  });
});

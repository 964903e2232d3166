import { expect, it } from "vitest";

import { askedIn, givenIn } from "#web/features/questions/components/given.ts";
import { blank } from "#web/features/questions/state.ts";

it("finds the answers of one person among those of a party, and what was answered for all", () => {
  const entries = [
    ["customAnswers.firm", "true"],
    ["attendees.0.customAnswers.team", "Blue"],
    ["attendees.0.customAnswers.days.0", "Mon"],
    ["attendees.0.customAnswers.days.2", "Wed"],
    ["attendees.1.customAnswers.team", "Red"],
  ] as const;
  expect(givenIn(entries, "attendees.0.customAnswers")).toEqual({ team: "Blue", days: ["Mon", "Wed"] });
  const firm = { ...blank("firm"), questionType: "checkbox" as const, scope: "party" as const };
  const rules = [{ questionId: "firm", operator: "equals" as const, value: true }];
  const team = { ...blank("team"), conditions: { match: "all" as const, rules } };
  expect([...askedIn([firm, team], entries, "attendees.1.customAnswers")]).toEqual(["firm", "team"]);
  expect([...askedIn([firm, team], entries.slice(1), "attendees.1.customAnswers")]).toEqual(["firm"]);
});

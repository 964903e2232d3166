import { expect, it } from "vitest";
import { z } from "zod";

import { withLeftOpen } from "#web/features/questions/act.ts";
import { blank } from "#web/features/questions/state.ts";
import { formResult } from "#web/platform/form.ts";

const radio = { ...blank("size"), questionType: "radio" as const, options: ["S", "L"], isRequired: true };
const firm = { ...blank("firm"), isRequired: true, scope: "party" as const };
const Wish = z.object({ name: z.string().min(1) });
const refusedFields = async (fields: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const result = await formResult(form, Wish, async () => "done");
  return result.ok ? result.value : Object.keys(withLeftOpen(result, [radio, firm], form).fields);
};

it("tells of needed questions left open together with whatever else a form lacks", async () => {
  expect(await refusedFields({ name: "" })).toEqual(["customAnswers.size", "customAnswers.firm", "name"]);
  expect(await refusedFields({ name: "", "customAnswers.size": "S", "customAnswers.firm": "Us" })).toEqual(["name"]);
  expect(await refusedFields({ name: "Ada" })).toBe("done");
});

it("asks each of a party what is asked of everybody, and once what is asked for all", async () => {
  const party = { name: "", "attendees.0.name": "Ada", "attendees.1.name": "Lin" };
  expect(await refusedFields({ ...party, "attendees.1.customAnswers.size": "L", "customAnswers.firm": "Us" })).toEqual([
    "attendees.0.customAnswers.size",
    "name",
  ]);
});

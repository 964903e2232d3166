import { expect, it } from "vitest";

import { keepHours, TypeForm } from "#web/features/scheduling/act.ts";
import { formResult } from "#web/platform/form.ts";

const whole = { name: "Tea", eventTypeSlug: "tea", timeZone: "Europe/Berlin", duration: "30" };

function sent(over: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...whole, ...over })) form.set(name, value);
  return formResult(form, TypeForm, async (typed) => typed);
}

it.each(Object.keys(whole))("refuses an event type whose %s was emptied", async (name) => {
  expect(await sent({})).toMatchObject({ ok: true, value: { name: "Tea", duration: 30 } });
  expect(await sent({ [name]: "" })).toMatchObject({ ok: false, fields: { [name]: {} } });
});

it("refuses hours whose name was emptied", async () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ intent: "hours", id: crypto.randomUUID(), name: "", timeZone: "UTC" }))
    form.set(name, value);
  expect(await keepHours({} as never, form)).toMatchObject({ ok: false, fields: { name: {} } });
});

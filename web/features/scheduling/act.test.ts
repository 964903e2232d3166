import { expect, it } from "vitest";

import { keepHours, saveType, TypeForm } from "#web/features/scheduling/act.ts";
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

it("says what the house refuses at the field that asks for it", async () => {
  const fields = [{ at: "body.minSchedulingNotice", code: "notice_beyond_horizon", says: "Nobody could book it." }];
  const dispatch = () => Promise.reject({ code: "event_type.invalid", message: "", details: { fields } });
  const request = new Request("http://house", { method: "POST", body: new URLSearchParams(whole) });
  const answer = await saveType({ get: () => ({ dispatch }) } as never, crypto.randomUUID(), request);
  expect(answer).toMatchObject({ ok: false, fields: { noticeHours: { says: "Nobody could book it." } } });
});

it("refuses hours whose name was emptied", async () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ intent: "hours", id: crypto.randomUUID(), name: "", timeZone: "UTC" }))
    form.set(name, value);
  expect(await keepHours({} as never, form)).toMatchObject({ ok: false, fields: { name: {} } });
});

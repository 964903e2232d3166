import { expect, it } from "vitest";

import { keepEvent } from "#web/features/organize/act.ts";

it.each(["", "  "])("refuses an event whose title was emptied: %j", async (title) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ title, summary: "New words", version: "1" })) form.set(name, value);

  expect(await keepEvent({} as never, "one", form)).toMatchObject({
    ok: false,
    fields: { title: {} },
    typed: { summary: "New words" },
  });
});

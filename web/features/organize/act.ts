import type { RouterContextProvider } from "react-router";

import { EventChange } from "#contract/event-input.ts";
import { events } from "#contract/events.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";

/** Keeps what the editor of an event posts; for actions only. */
export function keepEvent(context: Readonly<RouterContextProvider>, id: string, form: FormData) {
  // A title that was emptied is refused; else the old one would stay, and the page would say "saved".
  const Change = form.has("title") ? EventChange.required({ title: true }) : EventChange;
  return formResult(form, Change, (body) => call(context, events.change, { params: { id }, body }));
}

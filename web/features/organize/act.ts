import type { RouterContextProvider } from "react-router";
import { z } from "zod";

import { AgendaItemInput, mostItems, mostSpeakers, SpeakerInput } from "#contract/agenda.ts";
import { EventChange } from "#contract/event-input.ts";
import { events } from "#contract/events.ts";
import { minutesBetween } from "#domain/events/agenda.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";

/** Keeps what the editor of an event posts; for actions only. */
export function keepEvent(context: Readonly<RouterContextProvider>, id: string, form: FormData) {
  // A title that was emptied is refused; else the old one would stay, and the page would say "saved".
  const Change = form.has("title") ? EventChange.required({ title: true }) : EventChange;
  return formResult(form, Change, (body) => call(context, events.change, { params: { id }, body }));
}

const Speaking = z.object({ version: z.int(), speakers: z.array(SpeakerInput).max(mostSpeakers) });
const Item = AgendaItemInput.omit({ startsAfterMinutes: true }).extend({ on: z.iso.date(), at: z.iso.time() });
const Programme = Speaking.extend({ from: z.string().min(1), agenda: z.array(Item).max(mostItems) });

/** Keeps who speaks and, where the event has a time, what comes when by its clocks; for actions only. */
export function keepAgenda(context: Readonly<RouterContextProvider>, id: string, form: FormData) {
  leaveOutBlank(form);
  const change = (body: EventChange) => call(context, events.change, { params: { id }, body });
  if (!form.has("from")) return formResult(form, Speaking, change);
  return formResult(form, Programme, ({ from, agenda, ...body }) =>
    change({
      ...body,
      agenda: agenda.map(({ on, at, ...item }) => ({
        ...item,
        startsAfterMinutes: minutesBetween(from, `${on}T${at}`),
      })),
    }),
  );
}

/** A row that was added and never written in is none. */
function leaveOutBlank(form: FormData): void {
  const rowOf = (name: string) => /^(speakers|agenda)\.\d+\./.exec(name)?.[0];
  const isWords = (name: string) => /\.(name|headline|bio|url|title|description|placeName)$/.test(name);
  const written = new Set(
    [...form].filter(([name, says]) => isWords(name) && says !== "").map(([name]) => rowOf(name)),
  );
  for (const name of [...form.keys()]) {
    const row = rowOf(name);
    if (row !== undefined && !written.has(row)) form.delete(name);
  }
}

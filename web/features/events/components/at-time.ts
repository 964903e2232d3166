import type { EventView } from "#contract/events.ts";

/** The time of an event that an address names; without one it is the next. */
export const timeIn = (request: Request): string | undefined =>
  new URL(request.url).searchParams.get("occurrence_id") || undefined;

/** A page of an event at one of its times. */
export const atOccurrence = (path: string, id: string): string => `${path}?occurrence_id=${id}`;

/** A page of an event, for the time of it that is meant, where it has several. */
export const pathAt = (path: string, { occurrences, occurrenceId }: Pick<EventView, "occurrences" | "occurrenceId">) =>
  occurrences.length > 1 ? atOccurrence(path, occurrenceId) : path;

/** The calendar entry of the time that is meant. */
export const calendarFileOf = (event: EventView): string => pathAt(`/api/v1/events/${event.id}/calendar.ics`, event);

/** An event as its chosen time has it: what only that says goes before what the event says. */
export function atTime(event: EventView): EventView {
  const one = event.occurrences.find(({ id }) => id === event.occurrenceId);
  if (!one) return event;
  const { placeName, placeAddress } = one;
  const place = placeName === null ? {} : { placeName, placeAddress, placeNotes: "" };
  return { ...event, ...place, title: one.title ?? event.title };
}

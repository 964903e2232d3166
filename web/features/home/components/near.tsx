import { ArrowRight, MapPin } from "lucide-react";
import { Form, Link } from "react-router";

import type { EventCard as Event } from "#contract/events.ts";
import { EventCard } from "#web/features/events/components/event-card.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";

/** What comes up near a place that the reader has typed; nobody is tracked, and nothing is guessed. */
export function Near({ place, items }: { place: string; items: readonly Event[] }) {
  const words = useWords("home.near");
  const fill = useFill();
  return (
    <section aria-labelledby="near" className="grid grid-cols-1 gap-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="near" className="text-2xl! break-words">
          {place ? fill(words.titleOf, { place }) : words.title}
        </h2>
        {place && (
          <Form preventScrollReset className="ms-auto">
            <input type="hidden" name="place" value="" />
            <button type="submit" className="link inline-flex min-h-11 items-center text-sm text-ink-soft">
              {words.forget}
            </button>
          </Form>
        )}
        {items.length > 0 && (
          <Link
            to={`/events?place=${encodeURIComponent(place)}`}
            className="link inline-flex min-h-11 items-center gap-1.5 font-medium"
          >
            {fill(words.all, { place })}
            <ArrowRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          </Link>
        )}
      </div>
      {items.length > 0 ? (
        <ul className="shelf">
          {items.map((event) => (
            <li key={event.id}>
              <EventCard event={event} />
            </li>
          ))}
        </ul>
      ) : (
        <div className="grid gap-3">
          <p className="max-w-[60ch] text-ink-soft">{place ? words.nothing : words.text}</p>
          <AskPlace place={place} />
        </div>
      )}
    </section>
  );
}

function AskPlace({ place }: { place: string }) {
  const words = useWords("home.near");
  return (
    <Form preventScrollReset className="flex max-w-[34rem] flex-col gap-2 sm:flex-row">
      <div className="relative min-w-0 flex-1">
        <MapPin
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 start-4 my-auto size-5 text-ink-soft"
        />
        <input
          type="search"
          name="place"
          aria-label={words.place}
          placeholder={words.hint}
          defaultValue={place}
          maxLength={120}
          required
          enterKeyHint="search"
          className="input ps-12!"
        />
      </div>
      <Button type="submit">{words.show}</Button>
    </Form>
  );
}

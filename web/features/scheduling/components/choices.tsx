import { Form, Link } from "react-router";

import type { PublicEventType } from "#contract/scheduling-public.ts";
import type { Calendar } from "#web/features/scheduling/act.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Hidden } from "#web/ui/hidden.tsx";

/** How long, and for how many: what is chosen beside the time. */
export default function Choices({ type, calendar }: { type: PublicEventType; calendar: Calendar }) {
  const words = useWords("scheduling.book");
  const facts = useWords("scheduling.facts");
  const fill = useFill();
  const { changed, all } = useAddress();
  return (
    <>
      {type.durations.length > 1 && (
        <li>
          <nav aria-label={words.duration} className="flex flex-wrap gap-2">
            {type.durations
              .toSorted((a, b) => a - b)
              .map((duration) => (
                <Link
                  key={duration}
                  to={changed({ duration: String(duration), time: null })}
                  preventScrollReset
                  aria-current={duration === calendar.duration ? "true" : undefined}
                  className="inline-flex min-h-9 items-center rounded-full border border-line px-3.5 text-sm text-ink-soft hover:border-edge hover:text-ink focus-visible:rounded-full aria-[current]:border-accent aria-[current]:bg-wash aria-[current]:font-medium aria-[current]:text-accent pointer-coarse:min-h-11"
                >
                  {fill(facts.minutes, { n: duration })}
                </Link>
              ))}
          </nav>
        </li>
      )}
      {type.maxAttendees > 1 && (
        <li>
          <Form preventScrollReset className="flex items-center gap-2">
            <Hidden values={all.filter(([name]) => name !== "seats" && name !== "time")} />
            <label htmlFor="seats" className="text-sm">
              {words.seats}
            </label>
            <input
              id="seats"
              name="seats"
              type="number"
              min={1}
              max={type.maxAttendees}
              defaultValue={calendar.count}
              inputMode="numeric"
              className="input w-20!"
            />
            <Button type="submit" size="sm">
              {words.seatsUse}
            </Button>
          </Form>
        </li>
      )}
    </>
  );
}

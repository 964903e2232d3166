import { Form, useLocation, useSearchParams } from "react-router";

import type { EventView } from "#contract/events.ts";
import { useWords } from "#web/platform/words.ts";
import { useBeginning } from "#web/ui/beginning.ts";
import { Button } from "#web/ui/button.tsx";
import { Select } from "#web/ui/field.tsx";

/** Of which of an event's times a page tells, where it has several: each has people, letters and an attendance of its own. */
export function WhichTime({ event: { occurrences, occurrenceId } }: { event: EventView }) {
  const words = useWords("organize.nav");
  const states = useWords("organize.status");
  const [search] = useSearchParams();
  // It stands in the frame around the page, whose address a form would else be sent to.
  const { pathname } = useLocation();
  const beginning = useBeginning();
  const chosen = search.get("occurrence_id") ?? occurrenceId;
  if (occurrences.length < 2) return null;
  return (
    <Form action={pathname} className="mb-8 flex flex-wrap items-end gap-2">
      <Select key={chosen} name="occurrence_id" label={words.time} defaultValue={chosen}>
        {occurrences.map(({ id, status, startTime, endTime, timeZone }) => (
          <option key={id} value={id}>
            {startTime && beginning({ startTime, endTime }, timeZone)}
            {status === "cancelled" && ` · ${states.cancelled}`}
          </option>
        ))}
      </Select>
      <Button type="submit">{words.showTime}</Button>
    </Form>
  );
}

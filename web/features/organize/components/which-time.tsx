import { Form, useLocation, useSearchParams } from "react-router";

import type { EventView } from "#contract/events.ts";
import { useLocale, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Select } from "#web/ui/field.tsx";
import { useMoment } from "#web/ui/time.tsx";

/** Of which of an event's times a page tells, where it has several: each has people, letters and an attendance of its own. */
export function WhichTime({ event: { occurrences, occurrenceId, timeZone } }: { event: EventView }) {
  const words = useWords("organize.nav");
  const [search] = useSearchParams();
  // It stands in the frame around the page, whose address a form would else be sent to.
  const { pathname } = useLocation();
  const locale = useLocale();
  const moment = useMoment();
  const day = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "full", timeStyle: "short" });
  const chosen = search.get("occurrence_id") ?? occurrenceId;
  if (occurrences.length < 2) return null;
  return (
    <Form action={pathname} className="mb-8 flex flex-wrap items-end gap-2">
      <Select key={chosen} name="occurrence_id" label={words.time} defaultValue={chosen}>
        {occurrences.map(({ id, startTime }) => (
          <option key={id} value={id}>
            {startTime && moment(day, startTime)}
          </option>
        ))}
      </Select>
      <Button type="submit">{words.showTime}</Button>
    </Form>
  );
}

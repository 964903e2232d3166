import type { ReactNode } from "react";

import type { SlotDays } from "#contract/scheduling-public.ts";
import { dateText } from "#web/features/scheduling/components/month.ts";
import { clockFormat } from "#web/features/scheduling/components/times.tsx";
import { useLocale, useWords, useYear } from "#web/platform/words.ts";
import { FilterChips } from "#web/ui/list.tsx";
import { Section } from "#web/ui/surface.tsx";

const mostTimes = 8;

interface Props extends SlotDays {
  types: readonly { id: string; name: string }[];
  children: ReactNode;
}

/** What a visitor is offered in the next two weeks, after everything: hours, limits, notice and what is booked. */
export function Seen({ types, days, timeZone, children }: Props) {
  const words = useWords("scheduling.hours");
  const locale = useLocale();
  const year = useYear();
  const clock = clockFormat(locale, timeZone, undefined);
  return (
    <Section id="seen" title={words.seen} text={words.seenText}>
      {types.length > 1 && (
        <FilterChips
          name="type"
          label={words.types}
          options={types.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {days.length === 0 ? (
        <p className="py-3 text-ink-soft">{words.seenNone}</p>
      ) : (
        <dl className="mt-3 grid gap-x-6 gap-y-2 sm:grid-cols-[11rem_minmax(0,1fr)]">
          {days.map(({ date, slots }) => (
            <div key={date} className="contents">
              <dt className="font-medium">
                {dateText(locale, date, { weekday: "short", day: "numeric", month: "short", ...year("UTC", date) })}
              </dt>
              <dd className="text-ink-soft tabular" suppressHydrationWarning>
                {slots
                  .slice(0, mostTimes)
                  .map(({ startTime }) => clock.format(new Date(startTime)))
                  .join(" · ")}
                {slots.length > mostTimes && ` + ${slots.length - mostTimes}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </Section>
  );
}

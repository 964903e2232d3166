import type { SlotDays } from "#contract/scheduling-public.ts";
import { dateText } from "#web/features/scheduling/components/month.ts";
import { clockFormat } from "#web/features/scheduling/components/times.tsx";
import { useLocale, useWords, useYear } from "#web/platform/words.ts";

const mostDays = 4;
const mostTimes = 3;

/** What visitors are offered next, beside what decides it. */
export function NextTimes({ days, timeZone }: SlotDays) {
  const words = useWords("scheduling.hosts");
  const locale = useLocale();
  const year = useYear();
  const clock = clockFormat(locale, timeZone, undefined);
  return (
    <section aria-labelledby="next-times" aria-live="polite">
      <h2 id="next-times" className="mb-2 text-sm! font-medium!">
        {words.next}
      </h2>
      {days.length === 0 ? (
        <p className="text-sm text-ink-soft">{words.nextNone}</p>
      ) : (
        <dl className="grid gap-2 text-sm">
          {days.slice(0, mostDays).map(({ date, slots }) => (
            <div key={date}>
              <dt className="text-xs text-ink-soft">
                {dateText(locale, date, { weekday: "long", day: "numeric", month: "short", ...year("UTC", date) })}
              </dt>
              <dd className="tabular" suppressHydrationWarning>
                {slots
                  .slice(0, mostTimes)
                  .map(({ startTime }) => clock.format(new Date(startTime)).replaceAll(/\s/g, "\u00a0"))
                  .join(" · ")}
                {slots.length > mostTimes && (
                  <span className="whitespace-nowrap text-ink-soft"> + {slots.length - mostTimes}</span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

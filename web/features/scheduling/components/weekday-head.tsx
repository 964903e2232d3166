import { dateText, daysAfter } from "#web/features/scheduling/components/month.ts";
import { useLocale } from "#web/platform/words.ts";

const someSunday = "2026-11-01";

/** The names of the days above a month, from the one with which weeks begin here. */
export function WeekdayHead({ firstWeekday, className }: { firstWeekday: number; className: string }) {
  const locale = useLocale();
  return (
    <thead>
      <tr>
        {Array.from({ length: 7 }, (_, n) => daysAfter(someSunday, firstWeekday + n)).map((date) => (
          <th key={date} scope="col" className={`text-xs font-normal text-ink-soft ${className}`}>
            <abbr title={dateText(locale, date, { weekday: "long" })} className="no-underline" suppressHydrationWarning>
              {dateText(locale, date, { weekday: "short" })}
            </abbr>
          </th>
        ))}
      </tr>
    </thead>
  );
}

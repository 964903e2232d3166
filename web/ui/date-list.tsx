import { dateFormat } from "#web/platform/format.ts";
import { useLocale } from "#web/platform/words.ts";

/** Dates such as `2030-05-01`, the first of them written out, with their year where it is not one for all. */
export function DateList({ dates, most = 8 }: { dates: readonly string[]; most?: number }) {
  const locale = useLocale();
  const years = new Set(dates.map((date) => date.slice(0, 4)));
  const format = dateFormat(locale, {
    ...({ weekday: "short", day: "numeric", month: "short", timeZone: "UTC" } as const),
    year: years.size > 1 ? "numeric" : undefined,
  });
  const hidden = dates.length - most;
  return (
    <ol className="flex flex-wrap gap-2 tabular">
      {dates.slice(0, most).map((date) => (
        <li key={date} className="rounded-full bg-wash px-3 py-1 text-accent">
          {format.format(new Date(`${date}T00:00Z`))}
        </li>
      ))}
      {hidden > 0 && <li className="px-1 py-1 text-ink-soft">+ {hidden}</li>}
    </ol>
  );
}

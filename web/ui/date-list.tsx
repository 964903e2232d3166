import { dateFormat } from "#web/platform/format.ts";
import { useLocale, useYear } from "#web/platform/words.ts";

/** Dates such as `2030-05-01`, the first of them written out, with their year where it is not this one for all. */
export function DateList({ dates, most = 8 }: { dates: readonly string[]; most?: number }) {
  const locale = useLocale();
  const options = { weekday: "short", day: "numeric", month: "short", ...useYear()("UTC", ...dates) } as const;
  const format = dateFormat(locale, { ...options, timeZone: "UTC" });
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

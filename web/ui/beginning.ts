import { dateFormat, onOneLine } from "#web/platform/format.ts";
import { useLocale, useWords, useYear } from "#web/platform/words.ts";
import { lastsAllDay, useMoment } from "#web/ui/time.tsx";

/** Says shortly when something begins, in words alone, for choices that hold no elements: what lasts all day begins at no hour. */
export function useBeginning(): (span: { startTime: string; endTime: string | null }, zone: string) => string {
  const locale = useLocale();
  const words = useWords("ui.time");
  const moment = useMoment();
  const year = useYear();
  return ({ startTime, endTime }, timeZone) => {
    const day = { weekday: "short", day: "numeric", month: "short", ...year(timeZone, startTime), timeZone } as const;
    return endTime && lastsAllDay(startTime, endTime, timeZone)
      ? `${onOneLine(dateFormat(locale, day).format(new Date(startTime)))}, ${words.allDay}`
      : moment(dateFormat(locale, { ...day, hour: "numeric", minute: "2-digit" }), startTime);
  };
}

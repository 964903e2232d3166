import { dateFormat, onOneLine } from "#web/platform/format.ts";
import { useLocale, useWords } from "#web/platform/words.ts";
import { lastsAllDay, useMoment } from "#web/ui/time.tsx";

/** Says when something begins, in words alone, for choices that hold no elements: what lasts all day begins at no hour. */
export function useBeginning(): (span: { startTime: string; endTime: string | null }, zone: string) => string {
  const locale = useLocale();
  const words = useWords("ui.time");
  const moment = useMoment();
  return ({ startTime, endTime }, timeZone) =>
    endTime && lastsAllDay(startTime, endTime, timeZone)
      ? `${onOneLine(dateFormat(locale, { dateStyle: "full", timeZone }).format(new Date(startTime)))}, ${words.allDay}`
      : moment(dateFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone }), startTime);
}

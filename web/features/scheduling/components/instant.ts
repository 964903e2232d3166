import { dateFormat } from "#web/platform/format.ts";
import { useLocale, useYear } from "#web/platform/words.ts";
import { useMoment } from "#web/ui/time.tsx";

/** An instant in words, as clocks of a zone have it. */
export function useInstantText(): (at: string, timeZone: string) => string {
  const locale = useLocale();
  const year = useYear();
  const moment = useMoment();
  return (at, timeZone) => moment(dateFormat(locale, { ...wholeInstant, ...year(timeZone, at), timeZone }), at);
}

const wholeInstant: Intl.DateTimeFormatOptions = {
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "numeric",
  minute: "2-digit",
};

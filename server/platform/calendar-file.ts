import { ICalCalendar, ICalCalendarMethod } from "ical-generator";

/** A calendar file (RFC 5545) to write entries into. */
export function openCalendar({
  name,
  method = ICalCalendarMethod.PUBLISH,
  ...how
}: {
  name?: string;
  method?: ICalCalendarMethod;
  ttl?: number;
  url?: string;
} = {}): ICalCalendar {
  const prodId = { company: "Plenary", product: "Plenary", language: "EN" };
  return new ICalCalendar({ ...how, prodId, method, ...(name === undefined ? {} : { name: asText(name) }) });
}

/** The library escapes what entries say, and writes a calendar's own name as it is: a line of its own, to whoever chose it. */
const asText = (name: string) => name.replace(/\s+/g, " ").replace(/[\\;,]/g, "\\$&");

/** The file, without the control characters that no calendar may have. */
export const calendarText = (calendar: ICalCalendar): string => calendar.toString().replace(/[^\P{Cc}\r\n\t]/gu, " ");

import Almanac from "date-holidays";

import type { IsoDate } from "#domain/time/days.ts";

export interface Holiday {
  date: IsoDate;
  name: string;
}

const almanacs = new Map<string, Almanac | null>();
const years = new Map<string, Holiday[]>();

/** The almanac of a country or of a part of it, `DE` or `DE-BY`; nothing where none is known. */
function almanacOf(region: string): Almanac | null {
  const known = almanacs.get(region);
  if (known !== undefined) return known;
  const [country = "", state] = region.split("-");
  const all = new Almanac();
  const isKnown = country in all.getCountries() && (state === undefined || state in (all.getStates(country) ?? {}));
  const almanac = isKnown ? (state === undefined ? new Almanac(country) : new Almanac(country, state)) : null;
  // Only regions that exist are kept, and there are not many.
  if (almanac) almanacs.set(region, almanac);
  return almanac;
}

export const isRegion = (region: string): boolean => almanacOf(region) !== null;

/** The public holidays of a region in a year, each day of one that lasts longer, as a language names them; reckoned once. */
export function holidaysIn(region: string, year: number, language = "en"): Holiday[] {
  const key = `${region} ${year} ${language}`;
  const known = years.get(key);
  if (known) return known;
  if (years.size > 2000) years.clear();
  const found = (almanacOf(region)?.getHolidays(year, language) ?? [])
    .filter(({ type }) => type === "public")
    .flatMap(({ date, start, end, name }) => {
      const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
      const first = Temporal.PlainDate.from(date.slice(0, 10));
      return Array.from({ length: days }, (_, n) => ({ date: first.add({ days: n }).toString(), name }));
    });
  years.set(key, found);
  return found;
}

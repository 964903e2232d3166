import { daysAfter, lastDateOf, monthAfter } from "#web/features/scheduling/components/month.ts";

export const views = ["list", "agenda", "week", "month"] as const;
export type View = (typeof views)[number];

/** The dates that a view shows, both included, and where its arrows lead. */
export interface Range {
  /** The date that the address names, or today. */
  at: string;
  from: string;
  to: string;
  before: string;
  after: string;
}

interface Now {
  today: string;
  /** 0 is Sunday. */
  firstWeekday: number;
}

const shape = /^(19[7-9]\d|20\d\d|21[0-8]\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const agendaDays = 28;

const isDate = (text: string | null): text is string =>
  text !== null && shape.test(text) && text.slice(8) <= lastDateOf(text.slice(0, 7)).slice(8);

/** A list has no dates of its own. */
export function rangeOf(view: View, named: string | null, { today, firstWeekday }: Now): Range | undefined {
  const at = isDate(named) ? named : today;
  if (view === "list") return undefined;
  if (view === "agenda") {
    return {
      at,
      from: at,
      to: daysAfter(at, agendaDays - 1),
      before: daysAfter(at, -agendaDays),
      after: daysAfter(at, agendaDays),
    };
  }
  if (view === "week") {
    const from = weekOf(at, firstWeekday);
    return { at, from, to: daysAfter(from, 6), before: daysAfter(from, -7), after: daysAfter(from, 7) };
  }
  const month = at.slice(0, 7);
  const first = `${month}-01`;
  return {
    ...{ at, from: first, to: lastDateOf(month) },
    before: `${monthAfter(month, -1)}-01`,
    after: `${monthAfter(month, 1)}-01`,
  };
}

/** The first day of the week that a date is in. */
function weekOf(date: string, firstWeekday: number): string {
  const weekday = new Date(`${date}T00:00Z`).getUTCDay();
  return daysAfter(date, -((weekday - firstWeekday + 7) % 7));
}

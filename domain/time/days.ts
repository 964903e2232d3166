/** A calendar date, `2030-05-01`. */
export type IsoDate = string;

/** A calendar date as a number: days since 1 January 1970. Dates are compared and counted as these. */
export type Day = number;

export const minute = 60_000;
export const day = 86_400_000;

/** The number of a date; the text must be one. */
export function dayOf(date: IsoDate): Day {
  return dayFrom(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
}

/** The date with a number. */
export function dateOf(day: Day): IsoDate {
  const { year, month, date } = civil(day);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => modulo(day + 4, 7);

/** Weeks run from Monday to Sunday; the number says which one since 1970. */
export const weekOf = (day: Day): number => Math.floor((day + 3) / 7);

/** Months are counted through the years: 12 × year + month. */
export function monthOf(day: Day): number {
  const { year, month } = civil(day);
  return year * 12 + month - 1;
}

export const yearOf = (day: Day): number => civil(day).year;

export const firstDayOfWeek = (week: number): Day => week * 7 - 3;
export const firstDayOfMonth = (month: number): Day => dayFrom(Math.floor(month / 12), modulo(month, 12) + 1, 1);
export const firstDayOfYear = (year: number): Day => dayFrom(year, 1, 1);

// Howard Hinnant's `days_from_civil` and back: years begin in March, so that the leap day is their last.
function dayFrom(year: number, month: number, date: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function civil(day: Day): { year: number; month: number; date: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

const modulo = (value: number, by: number) => ((value % by) + by) % by;

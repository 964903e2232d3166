import { dateOfWall, type MonthlyWay, monthlyWays, ruleText } from "#domain/recurrence/choice.ts";
import { type Frequency, frequencies } from "#domain/recurrence/rule.ts";

export const repeats = ["once", ...frequencies, "own"] as const;
export type Repeat = (typeof repeats)[number];

/** How often a time shall be, as it was typed. */
export interface Repeated {
  startTime: string;
  repeat: Repeat;
  interval: number;
  /** 0 is Sunday. */
  weekdays: readonly number[];
  monthly: MonthlyWay;
  recurrenceRule: string;
}

/** The same with where it ends, as a form has it. */
export interface Typed extends Repeated {
  maxOccurrences: string;
  recurrenceEndDate: string;
}

export function readTyped(form: FormData | undefined): Typed {
  const text = (name: string) => String(form?.get(name) ?? "");
  return {
    startTime: text("startTime"),
    repeat: repeats.find((one) => one === text("repeat")) ?? "once",
    interval: Number(text("interval")) || 1,
    weekdays: form?.getAll("weekdays").map(Number) ?? [],
    monthly: monthlyWays.find((one) => one === text("monthly")) ?? "date",
    recurrenceRule: text("recurrenceRule"),
    maxOccurrences: text("maxOccurrences"),
    recurrenceEndDate: text("recurrenceEndDate"),
  };
}

export const isFrequency = (repeat: Repeat): repeat is Frequency => frequencies.some((one) => one === repeat);

/** The rule that was chosen or written; nothing for what is once. */
export function ruleOf({ repeat, startTime, recurrenceRule, ...chosen }: Repeated): string | undefined {
  if (repeat === "once") return undefined;
  const first = dateOfWall(startTime);
  return isFrequency(repeat) && first ? ruleText({ ...chosen, frequency: repeat }, first) : recurrenceRule;
}

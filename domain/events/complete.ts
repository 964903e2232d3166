import type { Format } from "#domain/registrations/places.ts";

export interface Plan {
  title: string;
  format: Format;
  startTime: Date | null;
  endTime: Date | null;
  placeName: string;
  registrationOpensAt: Date | null;
  registrationClosesAt: Date | null;
  ticketTypes: number;
}

/** A field that keeps an event from being published, and what is wrong with it. */
export interface Lack {
  at: "title" | "startTime" | "endTime" | "placeName" | "registrationOpensAt" | "registrationClosesAt" | "ticketTypes";
  code: "missing" | "past" | "before_start" | "too_long" | "after_end" | "after_close";
}

/** The times that somebody has asked for; what they left out followed from the rest. */
export interface Asked {
  startTime?: string | null | undefined;
  endTime?: string | null | undefined;
}

/** Says that something is over already, at the time that was asked for: an end that followed a start is nobody's wish. */
export const overOf = (endTime: Date | null, now: Date, asked: Asked): Lack[] =>
  endTime && endTime <= now ? [{ at: asked.startTime && !asked.endTime ? "startTime" : "endTime", code: "past" }] : [];

const longest = 14 * 86_400_000;

/** Says everything that is missing before an event can be published; nothing when it is complete. */
export function lacksOf(plan: Plan, now: Date, asked: Asked = {}): Lack[] {
  const lacks: Lack[] = [];
  if (plan.title.trim() === "") lacks.push({ at: "title", code: "missing" });
  lacks.push(...lacksOfTime(plan));
  lacks.push(...overOf(plan.endTime, now, asked));
  if (plan.format !== "virtual" && plan.placeName.trim() === "") lacks.push({ at: "placeName", code: "missing" });
  if (plan.ticketTypes === 0) lacks.push({ at: "ticketTypes", code: "missing" });
  return lacks;
}

/** What is wrong with times that are there, whether or not they are complete. */
export function disorderOf(plan: Omit<Plan, "title" | "format" | "placeName" | "ticketTypes">): Lack[] {
  const { startTime, endTime, registrationOpensAt: opensAt, registrationClosesAt: closesAt } = plan;
  const lacks: Lack[] = [];
  if (startTime && endTime) {
    if (endTime <= startTime) lacks.push({ at: "endTime", code: "before_start" });
    else if (endTime.getTime() - startTime.getTime() > longest) lacks.push({ at: "endTime", code: "too_long" });
  }
  if (opensAt && closesAt && opensAt >= closesAt) lacks.push({ at: "registrationOpensAt", code: "after_close" });
  if (opensAt && endTime && opensAt >= endTime) lacks.push({ at: "registrationOpensAt", code: "after_end" });
  return lacks;
}

function lacksOfTime(plan: Plan): Lack[] {
  const missing = (["startTime", "endTime"] as const)
    .filter((at) => plan[at] === null)
    .map((at): Lack => ({ at, code: "missing" }));
  return [...missing, ...disorderOf(plan)];
}

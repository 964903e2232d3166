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

const longest = 14 * 86_400_000;

/** Says everything that is missing before an event can be published; nothing when it is complete. */
export function lacksOf(plan: Plan, now: Date): Lack[] {
  const lacks: Lack[] = [];
  if (plan.title.trim() === "") lacks.push({ at: "title", code: "missing" });
  lacks.push(...lacksOfTime(plan));
  if (plan.endTime && plan.endTime <= now) lacks.push({ at: "endTime", code: "past" });
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

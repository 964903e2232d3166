import { type Horizon, reachOf } from "#domain/availability/horizon.ts";
import type { LimitName, Limits } from "#domain/availability/limits.ts";
import type { Day } from "#domain/time/days.ts";

/** What makes an event type or a schedule impossible to save (R23). */
export type EventTypeRefusal =
  | { because: "duration_out_of_range"; minutes: number }
  | { because: "buffer_exceeds_duration"; buffer: "before" | "after"; minutes: number }
  | { because: "limits_decrease"; from: LimitName; to: LimitName }
  | { because: "notice_beyond_horizon" };

const shortestMinutes = 5;
const longestMinutes = 720;

export interface EventTypeDraft {
  /** All that a visitor may choose among. */
  durations: readonly number[];
  bufferBeforeMinutes?: number | undefined;
  bufferAfterMinutes?: number | undefined;
  limits?: Limits | undefined;
}

/** How soon and how far ahead, as somebody says it on a day. */
export interface ReachDraft {
  noticeMinutes: number;
  horizon?: Horizon | undefined;
  today: Day;
}

/** Whether the notice leaves nothing of the horizon. A range of dates that is over was bookable once. */
export function reachRefusals({ noticeMinutes, horizon, today }: ReachDraft): EventTypeRefusal[] {
  const reach = reachOf(horizon, today);
  return reach > 0 && noticeMinutes >= reach ? [{ because: "notice_beyond_horizon" }] : [];
}

/** All reasons for which an event type is refused; a buffer is held against the shortest duration. */
export function refusalsOf({
  durations,
  bufferBeforeMinutes = 0,
  bufferAfterMinutes = 0,
  limits = {},
}: EventTypeDraft): EventTypeRefusal[] {
  const shortest = Math.min(...durations);
  const buffers = [
    { buffer: "before", minutes: bufferBeforeMinutes },
    { buffer: "after", minutes: bufferAfterMinutes },
  ] as const;
  return [
    ...durations
      .filter((minutes) => !(minutes >= shortestMinutes && minutes <= longestMinutes))
      .map((minutes) => ({ because: "duration_out_of_range" as const, minutes })),
    ...buffers
      .filter(({ minutes }) => minutes > shortest)
      .map((buffer) => ({ because: "buffer_exceeds_duration" as const, ...buffer })),
    ...decreasing(limits),
  ];
}

/** From day to week to month to year limits do not decrease; those that are absent are passed over. */
function decreasing(limits: Limits): EventTypeRefusal[] {
  const given = (["perDay", "perWeek", "perMonth", "perYear"] as const).filter((name) => limits[name] !== undefined);
  return given.flatMap((from, i) => {
    const to = given[i + 1];
    return to !== undefined && (limits[from] ?? 0) > (limits[to] ?? 0)
      ? [{ because: "limits_decrease" as const, from, to }]
      : [];
  });
}

import { fact } from "#server/platform/facts.ts";

interface About {
  eventId: string;
}

export const published = fact<About>()("event.published");
export const cancelled = fact<About>()("event.cancelled");
/** A step of its review was taken: by its team, or by who runs the installation. */
export const reviewed = fact<{ eventId: string; stepId: string }>()("event.reviewed");

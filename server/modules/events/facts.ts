import { fact } from "#server/platform/facts.ts";

interface About {
  eventId: string;
}

export const published = fact<About>()("event.published");
export const cancelled = fact<About>()("event.cancelled");

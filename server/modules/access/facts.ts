import { fact } from "#server/platform/facts.ts";

/** Somebody may do more or less than before: sockets and rooms ask again. */
export const rightChanged = fact<{ personId?: string; gatheringId?: string }>()("access.rightChanged");

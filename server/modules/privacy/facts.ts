import { fact } from "#server/platform/facts.ts";

/** Somebody wants a file of all their data. */
export const exportAsked = fact<{ exportId: string }>()("privacy.export_asked");

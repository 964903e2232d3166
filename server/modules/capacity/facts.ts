import { fact } from "#server/platform/facts.ts";

/** A pool's counters are not the sum of its claims: somebody must look. */
export const drifted = fact<{ poolId: string }>()("capacity.drifted");

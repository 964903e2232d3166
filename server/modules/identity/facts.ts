import { fact } from "#server/platform/facts.ts";

/** Somebody has shown that an address is theirs, and has an account now. */
export const verified = fact<{ userId: string; personId: string }>()("identity.verified");

/** The time of a ban has come to its end. */
export const banOver = fact<{ userId: string }>()("identity.ban_over");

/** An account has taken an address under which somebody, the same person, had registered as a guest. */
export const addressTakenOver = fact<{ personId: string; formerId: string }>()("identity.address_taken_over");

/**
 * Somebody is gone, and asked to be forgotten: an account, or a guest without one. Whoever keeps something of theirs lets go
 * of it now.
 */
export const left = fact<{ personId: string; userId?: string }>()("identity.left");

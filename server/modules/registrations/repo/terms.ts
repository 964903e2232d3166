import type { Terms } from "#domain/entitlement/terms.ts";
import type { Tx } from "#server/platform/db.ts";

/** Keeps what somebody accepted beside what they did before, unless their place is another's meanwhile. */
export async function keepAccepted(
  tx: Tx,
  { id, personId, accepted }: { id: string; personId: string; accepted: Terms },
  now: Date,
): Promise<void> {
  const { conduct, minimumAge } = accepted;
  await tx
    .updateTable("registrations")
    .set({
      ...(conduct !== null && { conduct_accepted: conduct }),
      ...(minimumAge !== null && { age_confirmed: minimumAge }),
      updated_at: now,
    })
    .where("id", "=", id)
    .where("person_id", "=", personId)
    .execute();
}

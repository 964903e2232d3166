import type { Tx } from "#server/platform/db.ts";

/** Keeps what somebody accepted, unless their place is another's meanwhile. */
export async function keepAccepted(
  tx: Tx,
  { id, personId, version }: { id: string; personId: string; version: string },
  now: Date,
): Promise<void> {
  await tx
    .updateTable("registrations")
    .set({ conduct_accepted: version, updated_at: now })
    .where("id", "=", id)
    .where("person_id", "=", personId)
    .execute();
}

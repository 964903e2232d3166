import type { Db, Tx } from "#server/platform/db.ts";

export interface Step {
  id: string;
  kind: "magic" | "email" | "second" | "passkey" | "new_passkey" | "provider" | "forget";
  userId: string | null;
  secret: string;
  email: string | null;
  provider: string;
  next: string;
  /** Of a change of address: when the session began that asked for it. */
  since: Date | null;
}

export async function insertStep(db: Db, { id, ...step }: Step & { endsAt: Date; now: Date }): Promise<void> {
  await db
    .insertInto("steps")
    .values({
      id,
      kind: step.kind,
      user_id: step.userId,
      secret: step.secret,
      email: step.email,
      provider: step.provider,
      next: step.next,
      since: step.since,
      ends_at: step.endsAt,
      created_at: step.now,
    })
    .execute();
}

const columns = ["id", "kind", "user_id as userId", "secret", "email", "provider", "next", "since"] as const;

export const findStep = (db: Db, { id, kind, now }: { id: string; kind: Step["kind"]; now: Date }) =>
  db
    .selectFrom("steps")
    .select(columns)
    .where("id", "=", id)
    .where("kind", "=", kind)
    .where("ends_at", ">", now)
    .executeTakeFirst() as Promise<Step | undefined>;

/** Ends a step; of two who end it at once only one gets it. */
export const takeStep = (db: Db, { id, kind, now }: { id: string; kind: Step["kind"]; now: Date }) =>
  db
    .deleteFrom("steps")
    .where("id", "=", id)
    .where("kind", "=", kind)
    .where("ends_at", ">", now)
    .returning(columns)
    .executeTakeFirst() as Promise<Step | undefined>;

/** Whatever an account has begun is void then. */
export async function deleteStepsOf(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom("steps").where("user_id", "=", userId).execute();
}

export async function deleteEndedSteps(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("steps").where("ends_at", "<=", now).execute();
}

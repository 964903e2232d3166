import type { Db, Tx } from "#server/platform/db.ts";

export interface SignUp {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
  locale: string;
  timeZone: string;
  next: string;
}

export async function insertSignUp(tx: Tx, row: SignUp & { now: Date }): Promise<void> {
  await tx
    .insertInto("sign_ups")
    .values({
      id: row.id,
      email: row.email,
      name: row.name,
      password_hash: row.passwordHash,
      locale: row.locale,
      time_zone: row.timeZone,
      next: row.next,
      created_at: row.now,
    })
    .execute();
}

const columns = [
  "id",
  "email",
  "name",
  "password_hash as passwordHash",
  "locale",
  "time_zone as timeZone",
  "next",
] as const;

/** The newest wish for an account with this address. */
export const findNewestSignUp = (db: Db, email: string, since: Date): Promise<SignUp | undefined> =>
  db
    .selectFrom("sign_ups")
    .select(columns)
    .where("email", "=", email)
    .where("created_at", ">", since)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();

/** The newest few: each is one more code that fits, and so one more chance for who guesses. */
export const listSignUps = (db: Db, email: string, since: Date): Promise<SignUp[]> =>
  db
    .selectFrom("sign_ups")
    .select(columns)
    .where("email", "=", email)
    .where("created_at", ">", since)
    .orderBy("id", "desc")
    .limit(3)
    .execute();

export const findSignUp = (db: Db, id: string) =>
  db.selectFrom("sign_ups").select(columns).where("id", "=", id).executeTakeFirst();

/** Holds all wishes of an address until the transaction ends, so that of two who verify at once only one does. */
export const lockSignUps = (tx: Tx, email: string, since: Date): Promise<SignUp[]> =>
  tx
    .selectFrom("sign_ups")
    .select(columns)
    .where("email", "=", email)
    .where("created_at", ">", since)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();

/** Their links and codes are dead then. */
export async function deleteSignUps(tx: Tx, email: string): Promise<void> {
  await tx.deleteFrom("sign_ups").where("email", "=", email).execute();
}

export async function deleteSignUpsBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("sign_ups").where("created_at", "<", before).execute();
}

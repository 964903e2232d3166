import { type RawBuilder, sql } from "kysely";

import type { Live } from "#server/platform/channels.ts";
import type { Ctx } from "#server/platform/ctx.ts";
import type { Db } from "#server/platform/db.ts";
import { every, type Job } from "#server/platform/jobs.ts";
import { removeSpent } from "#server/platform/queue.ts";

const hour = 3_600_000;
const day = 24 * hour;
const most = 5000;

/** Deletes by the `most`, so that nothing waits long behind it, until a bite is not full. */
export async function inBites(db: Db, biteOf: (most: number) => RawBuilder<unknown>): Promise<void> {
  let numAffectedRows: bigint | undefined;
  do ({ numAffectedRows } = await biteOf(most).execute(db));
  while (numAffectedRows === BigInt(most));
}

/** Lets go of what has done its work: told facts, answered keys, and letters and jobs that nobody will try again. */
async function tidy({ db, now }: Ctx): Promise<void> {
  const before = (days: number) => new Date(now().getTime() - days * day);
  await inBites(
    db,
    // The first ones alone are looked at, since their ids are in the order of time.
    (most) => sql`delete from facts where id in (
      select id from (select id, at from facts order by id limit ${most}) as first where at < ${before(30)})`,
  );
  await inBites(db, (most) => removeSpent(before(30), most));
  await db.deleteFrom("idempotency_keys").where("created_at", "<", before(1)).execute();
  await db
    .deleteFrom("rate_counts")
    .where("since", "<", new Date(now().getTime() - hour))
    .execute();
  await inBites(
    db,
    (most) => sql`delete from letters where id in (
      select id from letters where created_at < ${before(90)} order by created_at limit ${most})`,
  );
  await db.deleteFrom("refused_addresses").where("refused_at", "<", before(90)).execute();
}

/** Lets go of what was said where nothing is kept: a day is enough for whoever was cut off. */
async function hush({ db, now }: Ctx, channels: readonly Live[]): Promise<void> {
  const names = channels.filter(({ spec }) => !spec.keepsHistory).map(({ spec }) => spec.name.replace(/:\w+/g, "%"));
  await inBites(
    db,
    (most) => sql`delete from channel_operations where (channel, seq) in (
      select channel, seq from channel_operations
      where at < ${new Date(now().getTime() - day)} and channel like any(${names}) limit ${most})`,
  );
}

export const housekeeping = (channels: readonly Live[]): Job[] => [
  every(3600, "platform.tidy", tidy),
  every(3600, "platform.hush", (ctx) => hush(ctx, channels)),
];

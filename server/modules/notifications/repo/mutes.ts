import { sql } from "kysely";

import type { Mute, Topic, Way } from "#domain/notifications/topics.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export function listMutes(db: Db, personId: string): Promise<Mute[]> {
  return db.selectFrom("mutes").select(["topic", "way"]).where("person_id", "=", personId).execute();
}

/** Who among these has switched off a topic, and in which way. */
export async function listMutedAmong(
  db: Db,
  topic: Topic,
  userIds: readonly string[],
): Promise<{ userId: string; way: string }[]> {
  const { rows } = await sql<{ userId: string; way: string }>`select p.user_id as "userId", m.way
    from people p join mutes m on m.person_id = p.id
    where p.user_id = any(${userIds}::uuid[]) and m.topic = ${topic}`.execute(db);
  return rows;
}

/** Switches off, or on again, how somebody is told of topics. */
export async function setMutes(
  tx: Tx,
  personId: string,
  wishes: readonly { topic: Topic; way: Way; isTold: boolean }[],
  now: Date,
): Promise<void> {
  const wanted = JSON.stringify(wishes);
  await sql`with wanted as (
      select topic, way, "isTold" from jsonb_to_recordset(${wanted}::jsonb) as w (topic text, way text, "isTold" boolean)),
    told as (delete from mutes m using wanted w
      where m.person_id = ${personId} and m.topic = w.topic and m.way = w.way and w."isTold")
    insert into mutes (person_id, topic, way, created_at)
    select ${personId}, topic, way, ${now} from wanted where not "isTold" on conflict do nothing`.execute(tx);
}

export async function findEmail(db: Db, personId: string): Promise<string | undefined> {
  const row = await db.selectFrom("people").select("email").where("id", "=", personId).executeTakeFirst();
  return row?.email ?? undefined;
}

/** Lets go of all that somebody was told and had switched off. */
export async function erasePerson(db: Db, personId: string, userId: string | null): Promise<void> {
  await db.deleteFrom("mutes").where("person_id", "=", personId).execute();
  if (userId !== null) await db.deleteFrom("notices").where("user_id", "=", userId).execute();
}

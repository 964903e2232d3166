import { sql } from "kysely";

import type { Db, Tx } from "#server/platform/db.ts";

export interface Entry {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  old: object;
  new: object;
  requestId: string;
  salt: Buffer;
  address: string;
  agent: string;
}

export async function insertEntries(tx: Tx, entries: readonly Entry[]): Promise<void> {
  const rows = entries.map(({ salt, ...entry }) => ({ ...entry, salt: salt.toString("hex") }));
  await sql`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (id uuid, at timestamptz, "actorKind" text,
        "actorId" uuid, action text, "subjectKind" text, "subjectId" uuid, old jsonb, new jsonb, "requestId" text,
        salt text, address text, agent text)),
    entries as (
      insert into audit_entries (id, at, actor_kind, actor_id, action, subject_kind, subject_id, old, new, request_id)
      select id, at, "actorKind", "actorId", action, "subjectKind", "subjectId", old, new, "requestId" from given
      returning id)
    insert into audit_personal (entry_id, salt, address, agent)
    select id, decode(salt, 'hex'), address, agent from given join entries using (id)`.execute(tx);
}

/** The oldest entries that no chain holds yet, with the personal part their digest covers. */
export function listUnchained(db: Db, most: number) {
  return db
    .selectFrom("audit_entries as e")
    .innerJoin("audit_personal as p", "p.entry_id", "e.id")
    .leftJoin("audit_chain as c", "c.entry_id", "e.id")
    .select([
      "e.id",
      "e.at",
      "e.actor_kind as actorKind",
      "e.actor_id as actorId",
      "e.action",
      "e.subject_kind as subjectKind",
      "e.subject_id as subjectId",
      "e.old",
      "e.new",
      "p.salt",
      "p.address",
      "p.agent",
    ])
    .where("c.entry_id", "is", null)
    .orderBy("e.at")
    .orderBy("e.id")
    .limit(most)
    .execute();
}

export function findChainEnd(tx: Tx, subjectKind: string, subjectId: string) {
  return tx
    .selectFrom("audit_chain")
    .select(["position", "digest"])
    .where("subject_kind", "=", subjectKind)
    .where("subject_id", "=", subjectId)
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst();
}

export async function insertLink(
  tx: Tx,
  link: { subjectKind: string; subjectId: string; position: number; entryId: string; digest: Buffer },
): Promise<void> {
  await tx
    .insertInto("audit_chain")
    .values({
      subject_kind: link.subjectKind,
      subject_id: link.subjectId,
      position: link.position,
      entry_id: link.entryId,
      digest: link.digest,
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

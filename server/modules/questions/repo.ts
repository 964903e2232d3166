import { sql } from "kysely";

import type { Question } from "#contract/questions.ts";
import type { Answer } from "#domain/questions/question.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface SetRow {
  id: string;
  sourceId: string;
  version: number;
  questions: Question[];
}

/** The newest list of a source: the one that is asked. */
export async function findSet(db: Db, sourceId: string): Promise<SetRow | undefined> {
  const { rows } = await sql<SetRow>`select id, source_id as "sourceId", version, questions from question_sets
    where source_id = ${sourceId} order by version desc limit 1`.execute(db);
  return rows[0];
}

/** Returns nothing when the source has a list of this version by now. */
export async function insertSet(
  tx: Tx,
  row: SetRow & { createdBy: string | null },
  now: Date,
): Promise<SetRow | undefined> {
  const { id, sourceId, version, questions, createdBy } = row;
  const { rows } = await sql<{
    id: string;
  }>`insert into question_sets (id, source_id, version, questions, created_by, created_at)
    values (${id}, ${sourceId}, ${version}, ${JSON.stringify(questions)}::jsonb, ${createdBy}, ${now})
    on conflict (source_id, version) do nothing returning id`.execute(tx);
  return rows[0] && row;
}

export async function deleteSets(tx: Tx, sourceId: string): Promise<void> {
  await sql`delete from question_sets where source_id = ${sourceId}`.execute(tx);
}

/** Those among these questions that a source asks or has ever asked. */
export async function listEverAsked(db: Db, sourceId: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct q->>'id' as id
    from question_sets s, jsonb_array_elements(s.questions) q
    where s.source_id = ${sourceId} and q->>'id' = any(${ids}::text[])`.execute(db);
  return rows.map(({ id }) => id);
}

export interface NewAnswers {
  registrationId: string;
  setId: string;
  answers: Record<string, Answer>;
  sealed: Buffer | null;
}

export async function insertAnswers(tx: Tx, rows: readonly NewAnswers[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  const given = rows.map((row) => ({ ...row, sealed: row.sealed?.toString("base64") ?? null }));
  await sql`insert into question_answers (registration_id, set_id, answers, sealed, created_at)
    select "registrationId", "setId", answers, decode(sealed, 'base64'), ${now}
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as g ("registrationId" uuid, "setId" uuid, answers jsonb, sealed text)
    on conflict (registration_id) do update
      set set_id = excluded.set_id, answers = excluded.answers, sealed = excluded.sealed`.execute(tx);
}

export interface AnswersRow {
  registrationId: string;
  questions: Question[];
  answers: Record<string, Answer>;
  sealed: Buffer | null;
}

/** What was answered with these registrations, beside the list that it was answered to. */
export async function listAnswers(db: Db, registrationIds: readonly string[]): Promise<AnswersRow[]> {
  const { rows } = await sql<AnswersRow>`select a.registration_id as "registrationId", s.questions, a.answers, a.sealed
    from question_answers a join question_sets s on s.id = a.set_id
    where a.registration_id = any(${registrationIds}::uuid[])`.execute(db);
  return rows;
}

/** What a registration was asked when it answered, and what it said. */
export async function findAnswered(db: Db, registrationId: string): Promise<(SetRow & AnswersRow) | undefined> {
  const { rows } = await sql<SetRow & AnswersRow>`select s.id, s.source_id as "sourceId", s.version, s.questions,
      a.registration_id as "registrationId", a.answers, a.sealed
    from question_answers a join question_sets s on s.id = a.set_id where a.registration_id = ${registrationId}`.execute(
    db,
  );
  return rows[0];
}

export async function deleteAnswers(tx: Tx, registrationId: string): Promise<void> {
  await sql`delete from question_answers where registration_id = ${registrationId}`.execute(tx);
}

export async function deleteOfPerson(tx: Tx, personId: string): Promise<void> {
  await sql`delete from question_answers
    where registration_id in (select id from registrations where person_id = ${personId})`.execute(tx);
}

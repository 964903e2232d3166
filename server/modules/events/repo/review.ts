import { sql } from "kysely";

import type { ReviewStep } from "#domain/events/review.ts";
import { around, cardParts, peopleCounts } from "#server/modules/events/repo/event.ts";
import type { OrganizedRow } from "#server/modules/events/repo/list.ts";
import { meantFirst } from "#server/modules/gatherings/service/reading.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface StepRow {
  id: string;
  step: ReviewStep;
  note: string;
  /** As PostgreSQL writes instants into JSON. */
  at: string;
}

export interface StandingRow {
  isTrusted: boolean;
  hasPublished: boolean;
}

export interface ReviewRow extends StandingRow {
  steps: StepRow[];
}

const mostSteps = 50;

/** What decides over the review of an event, and how it went so far, oldest first. */
export async function findReview(db: Db, eventId: string): Promise<ReviewRow> {
  const { rows } = await sql<ReviewRow>`select o.trusted_at is not null as "isTrusted",
      exists (select from events m where m.organizer_id = e.organizer_id and m.id <> e.id and m.published_at is not null)
        as "hasPublished",
      (select coalesce(json_agg(json_build_object('id', id, 'step', step, 'note', note, 'at', at) order by id), '[]')
        from (select * from event_reviews where event_id = e.id order by id desc limit ${mostSteps}) as r) as steps
    from events e join organizers o on o.id = e.organizer_id where e.id = ${eventId}`.execute(db);
  return rows[0] ?? { isTrusted: false, hasPublished: false, steps: [] };
}

/** What decides over the review of what an organizer begins. */
export async function findStanding(db: Db, organizerId: string): Promise<StandingRow | undefined> {
  const { rows } = await sql<StandingRow>`select o.trusted_at is not null as "isTrusted",
      exists (select from events where organizer_id = o.id and published_at is not null) as "hasPublished"
    from organizers o where o.id = ${organizerId}`.execute(db);
  return rows[0];
}

export async function insertStep(
  tx: Tx,
  row: { id: string; eventId: string; step: ReviewStep; note: string; byUserId: string | null; at: Date },
): Promise<void> {
  await tx
    .insertInto("event_reviews")
    .values({
      id: row.id,
      event_id: row.eventId,
      step: row.step,
      note: row.note,
      by_user_id: row.byUserId,
      at: row.at,
    })
    .execute();
}

/** Removes the steps of a draft that goes. */
export async function forgetSteps(tx: Tx, eventId: string): Promise<void> {
  await tx.deleteFrom("event_reviews").where("event_id", "=", eventId).execute();
}

export interface ToldRow {
  step: ReviewStep;
  note: string;
  eventId: string;
  title: string;
  organizerName: string;
}

/** What a letter about a step says. */
export async function findStep(db: Db, stepId: string): Promise<ToldRow | undefined> {
  const { rows } = await sql<ToldRow>`select r.step, r.note, e.id as "eventId", e.title, o.name as "organizerName"
    from event_reviews r join events e on e.id = r.event_id join organizers o on o.id = e.organizer_id
    where r.id = ${stepId}`.execute(db);
  return rows[0];
}

export interface Recipient {
  id: string;
  email: string;
  name: string;
  locale: string;
}

/** Accounts that letters are for. */
export const reachable = sql`u.email is not null and u.banned_at is null and u.left_at is null`;

/** Those who answer for an event: who made it, and who leads its organizer. */
export async function listTeam(db: Db, eventId: string): Promise<Recipient[]> {
  const { rows } =
    await sql<Recipient>`select u.id, u.email, u.name, u.locale from users u join events e on e.id = ${eventId}
    where ${reachable} and exists (select from organizer_members m
      where m.organizer_id = e.organizer_id and m.user_id = u.id and (m.role in ('owner', 'admin') or u.id = e.created_by))
    order by u.id`.execute(db);
  return rows;
}

export async function listAdmins(db: Db): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`select u.id, u.email, u.name, u.locale from users u
    where ${reachable} and u.role = 'admin' order by u.id`.execute(db);
  return rows;
}

export interface WaitingRow extends OrganizedRow {
  stepId: string;
  submittedAt: Date;
  isOrganizerTrusted: boolean;
}

/** Events in review, the one that has waited longest first. */
export async function listWaiting(
  db: Db,
  { now, afterStep, limit }: { now: Date; afterStep: string | null; limit: number },
): Promise<WaitingRow[]> {
  const { rows } =
    await sql<WaitingRow>`select ${cardParts(now)}, people.*, null as role, s.id as "stepId", s.at as "submittedAt",
      o.trusted_at is not null as "isOrganizerTrusted"
    from events e ${around}
    join lateral (select id, at from event_reviews where event_id = e.id and step = 'submitted'
      order by id desc limit 1) as s on true
    join lateral (select * from gatherings where source_id = e.id and kind = 'occurrence'
      order by ${meantFirst(now)} limit 1) as g on true
    join lateral (select ${peopleCounts} from registrations r join gatherings m on m.id = r.gathering_id
      where m.source_id = e.id) as people on true
    where e.status = 'in_review' ${afterStep ? sql`and s.id > ${afterStep}` : sql``}
    order by s.id limit ${limit}`.execute(db);
  return rows;
}

export async function countWaiting(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from events where status = 'in_review'`.execute(db);
  return rows[0]?.n ?? 0;
}

import { sql } from "kysely";

import type { MeantFor } from "#contract/mailings.ts";
import type { MailingStatus } from "#domain/notifications/mailing.ts";
import type { Db, Tx } from "#server/platform/db.ts";

export interface MailingRow {
  id: string;
  gatheringId: string;
  subject: string;
  markdown: string;
  meantFor: MeantFor;
  isAnnounced: boolean;
  status: MailingStatus;
  sendAt: Date | null;
  createdBy: string;
  createdAt: Date;
  title: string;
  slug: string;
  organizer: string;
  locale: string;
}

const select = sql`select m.id, m.gathering_id as "gatheringId", m.subject, m.markdown, m.meant_for as "meantFor",
    m.is_announced as "isAnnounced", m.status, m.send_at as "sendAt", m.created_by as "createdBy",
    m.created_at as "createdAt", g.title, e.slug, o.name as organizer, e.language as locale
  from mailings m join gatherings g on g.id = m.gathering_id join events e on e.id = g.source_id
  join organizers o on o.id = g.organizer_id`;

export async function findMailing(db: Db, id: string): Promise<MailingRow | undefined> {
  return (await sql<MailingRow>`${select} where m.id = ${id}`.execute(db)).rows[0];
}

/** Holds a letter until the transaction ends, so that no two parts of it are sent at once. */
export async function lockMailing(tx: Tx, id: string): Promise<MailingRow | undefined> {
  return (await sql<MailingRow>`${select} where m.id = ${id} for no key update of m`.execute(tx)).rows[0];
}

export async function listMailings(
  db: Db,
  gatheringId: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<MailingRow[]> {
  const { rows } = await sql<MailingRow>`${select} where m.gathering_id = ${gatheringId}
    ${before === null ? sql`` : sql`and m.id < ${before}`} order by m.id desc limit ${limit}`.execute(db);
  return rows;
}

export interface Written {
  subject: string;
  markdown: string;
  meantFor: MeantFor;
  isAnnounced: boolean;
}

const columns = ({ subject, markdown, meantFor, isAnnounced }: Written, now: Date) => ({
  subject,
  markdown,
  meant_for: JSON.stringify(meantFor),
  is_announced: isAnnounced,
  updated_at: now,
});

export async function insertMailing(
  tx: Tx,
  row: Written & { id: string; gatheringId: string; createdBy: string; now: Date },
): Promise<void> {
  await tx
    .insertInto("mailings")
    .values({
      id: row.id,
      gathering_id: row.gatheringId,
      status: "draft",
      created_by: row.createdBy,
      created_at: row.now,
      ...columns(row, row.now),
    })
    .execute();
}

export async function updateMailing(tx: Tx, id: string, written: Written, now: Date): Promise<void> {
  await tx.updateTable("mailings").set(columns(written, now)).where("id", "=", id).execute();
}

export async function updateStatus(
  tx: Tx,
  id: string,
  { status, sendAt, now }: { status: MailingStatus; sendAt?: Date | null; now: Date },
): Promise<void> {
  await tx
    .updateTable("mailings")
    .set({ status, updated_at: now, ...(sendAt === undefined ? {} : { send_at: sendAt }) })
    .where("id", "=", id)
    .execute();
}

export async function removeMailing(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("mailings").where("id", "=", id).execute();
}

/** Whether all of these are ticket types of what the gathering is of, given up ones among them. */
export async function areTicketsOf(db: Db, gatheringId: string, ticketTypeIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ areTheirs: boolean }>`select not exists (
      select from unnest(${ticketTypeIds}::uuid[]) as asked (id) where not exists (
        select from ticket_types t join gatherings g on g.source_id = t.source_id
        where t.id = asked.id and g.id = ${gatheringId})) as "areTheirs"`.execute(db);
  return rows[0]?.areTheirs ?? false;
}

const anyOf = (column: string, values: readonly string[]) =>
  values.length === 0 ? sql`` : sql`and ${sql.ref(column)}::text = any(${values}::text[])`;

const meant = ({ gatheringId, meantFor }: Pick<MailingRow, "gatheringId" | "meantFor">) => sql`from registrations r
  join people p on p.id = r.person_id
  where r.gathering_id = ${gatheringId} and p.email is not null ${anyOf("r.status", meantFor.statuses)}
    ${anyOf("r.ticket_type_id", meantFor.ticketTypeIds)} ${anyOf("r.side", meantFor.sides)}
    ${anyOf("r.attendance", meantFor.attendances)}`;

export interface Reader {
  personId: string;
  userId: string | null;
  registrationId: string;
  email: string;
  name: string;
  locale: string;
  isMuted: boolean;
  wantsNotice: boolean;
}

/** Whose turn is next: everybody once, whatever number of places they have. */
export async function listNext(tx: Tx, mailing: MailingRow, limit: number): Promise<Reader[]> {
  const { rows } = await sql<Reader>`select distinct on (p.id) p.id as "personId", p.user_id as "userId",
      r.id as "registrationId", p.email, r.name, coalesce((select u.locale from users u where u.id = p.user_id), r.locale) as locale,
      exists (select from mutes m where m.person_id = p.id and m.topic = 'announcements' and m.way = 'letter') as "isMuted",
      2 > (select count(*) from mutes m where m.person_id = p.id and m.topic = 'announcements'
        and m.way in ('notice', 'push')) as "wantsNotice"
    ${meant(mailing)}
      and not exists (select from mailing_recipients d where d.mailing_id = ${mailing.id} and d.person_id = p.id)
    order by p.id, r.created_at limit ${limit}`.execute(tx);
  return rows;
}

export async function insertRecipients(
  tx: Tx,
  mailingId: string,
  readers: readonly Reader[],
  now: Date,
): Promise<void> {
  await tx
    .insertInto("mailing_recipients")
    .values(
      readers.map(({ personId, isMuted }) => ({
        mailing_id: mailingId,
        person_id: personId,
        is_muted: isMuted,
        at: now,
      })),
    )
    .execute();
}

export interface Counts {
  meant: number;
  done: number;
  handedOver: number;
  unsubscribed: number;
  refused: number;
  failed: number;
}

export async function countMailing(db: Db, mailing: MailingRow): Promise<Counts> {
  const { rows } = await sql<Counts>`select
      (select count(distinct p.id)::integer ${meant(mailing)}) as meant,
      count(*)::integer as done,
      count(*) filter (where l.status = 'handed_over')::integer as "handedOver",
      count(*) filter (where d.is_muted)::integer as unsubscribed,
      count(*) filter (where l.status = 'refused')::integer as refused,
      count(*) filter (where l.status = 'failed')::integer as failed
    from mailing_recipients d left join letters l on l.key = 'mailing/' || d.mailing_id || '/' || d.person_id
    where d.mailing_id = ${mailing.id}`.execute(db);
  return rows[0] ?? { meant: 0, done: 0, handedOver: 0, unsubscribed: 0, refused: 0, failed: 0 };
}

export interface RecipientRow {
  id: string;
  name: string;
  email: string;
  outcome: "waiting" | "handed_over" | "failed" | "refused" | "unsubscribed";
  said: string | null;
}

/** Who had their turn. A letter that was let go of after its time had been handed over. */
export async function listRecipients(
  db: Db,
  mailingId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<RecipientRow[]> {
  const { rows } = await sql<RecipientRow>`select p.id, p.name, coalesce(p.email, '') as email,
      case when d.is_muted then 'unsubscribed' else coalesce(l.status, 'handed_over') end as outcome,
      l.last_error as said
    from mailing_recipients d join people p on p.id = d.person_id
    left join letters l on l.key = 'mailing/' || d.mailing_id || '/' || d.person_id
    where d.mailing_id = ${mailingId} ${after === null ? sql`` : sql`and p.id > ${after}`}
    order by p.id limit ${limit}`.execute(db);
  return rows;
}

/** Whether somebody was written to by this letter. */
export async function wasMeant(db: Db, mailingId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom("mailing_recipients")
    .select("person_id")
    .where("mailing_id", "=", mailingId)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return row !== undefined;
}

/** The letters still to go out of somebody whose account is closed. */
export async function listOfBanned(db: Db, personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select m.id from mailings m join users u on u.id = m.created_by
    join people p on p.user_id = u.id
    where p.id = ${personId} and u.banned_at is not null and m.status in ('scheduled', 'sending')`.execute(db);
  return rows.map(({ id }) => id);
}

export async function findWriter(db: Db, userId: string) {
  return db.selectFrom("users").select(["email", "name", "locale"]).where("id", "=", userId).executeTakeFirst();
}

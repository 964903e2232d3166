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
  personalDigest: Buffer;
}

export interface Personal {
  salt: Buffer;
  address: string;
  agent: string;
}

export async function insertEntries(tx: Tx, entries: readonly (Entry & Personal)[]): Promise<void> {
  const rows = entries.map(({ salt, personalDigest, ...entry }) => ({
    ...entry,
    salt: salt.toString("hex"),
    digest: personalDigest.toString("hex"),
  }));
  await sql`with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (id uuid, at timestamptz, "actorKind" text,
        "actorId" uuid, action text, "subjectKind" text, "subjectId" uuid, old jsonb, new jsonb, "requestId" text,
        salt text, digest text, address text, agent text)),
    entries as (
      insert into audit_entries
        (id, at, actor_kind, actor_id, action, subject_kind, subject_id, old, new, request_id, personal_digest)
      select id, at, "actorKind", "actorId", action, "subjectKind", "subjectId", old, new, "requestId", decode(digest, 'hex')
      from given returning id),
    open as (insert into audit_open (entry_id) select id from entries)
    insert into audit_personal (entry_id, salt, address, agent)
    select id, decode(salt, 'hex'), address, agent from given join entries using (id)`.execute(tx);
}

const entryColumns = sql<Entry>`e.id, e.at, e.actor_kind as "actorKind", e.actor_id as "actorId", e.action,
  e.subject_kind as "subjectKind", e.subject_id as "subjectId", e.old, e.new, e.request_id as "requestId",
  e.personal_digest as "personalDigest"`;

/** Takes the oldest entries that lie open; nobody else chains meanwhile. */
export async function takeOpen(tx: Tx, most: number): Promise<Entry[]> {
  await sql`select pg_advisory_xact_lock(hashtext('audit.chain'))`.execute(tx);
  const { rows } = await sql<Entry>`with taken as (
      delete from audit_open where entry_id in (select entry_id from audit_open order by entry_id limit ${most})
      returning entry_id)
    select ${entryColumns} from taken join audit_entries e on e.id = taken.entry_id order by e.id`.execute(tx);
  return rows;
}

export interface End {
  subjectKind: string;
  subjectId: string;
  position: number;
  digest: Buffer;
}

/** The last link of the chain of each of these subjects. */
export async function listEnds(tx: Tx, subjectIds: readonly string[]): Promise<End[]> {
  const { rows } = await sql<End>`select distinct on (subject_kind, subject_id)
      subject_kind as "subjectKind", subject_id as "subjectId", position, digest
    from audit_chain where subject_id = any(${subjectIds}::uuid[])
    order by subject_kind, subject_id, position desc`.execute(tx);
  return rows;
}

export async function insertLinks(tx: Tx, links: readonly (End & { entryId: string })[]): Promise<void> {
  const rows = links.map(({ digest, ...link }) => ({ ...link, digest: digest.toString("hex") }));
  await sql`insert into audit_chain (subject_kind, subject_id, position, entry_id, digest)
    select "subjectKind", "subjectId", position, "entryId", decode(digest, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as l ("subjectKind" text, "subjectId" uuid, position bigint, "entryId" uuid, digest text)`.execute(tx);
}

/** A link, the entry it holds, and the personal part where it is still there. */
export type Link = Entry & { position: number; digest: Buffer } & (Personal | { [Part in keyof Personal]: null });

/** Links in the order of their chains, after one that is known. */
export async function listLinks(
  db: Db,
  after: Pick<End, "subjectKind" | "subjectId" | "position"> | undefined,
  most: number,
): Promise<Link[]> {
  const { subjectKind = "", subjectId = "00000000-0000-0000-0000-000000000000", position = 0 } = after ?? {};
  const { rows } = await sql<Link>`select ${entryColumns}, c.position, c.digest, p.salt, p.address, p.agent
    from audit_chain c join audit_entries e on e.id = c.entry_id left join audit_personal p on p.entry_id = e.id
    where (c.subject_kind, c.subject_id, c.position) > (${subjectKind}, ${subjectId}, ${position})
    order by c.subject_kind, c.subject_id, c.position limit ${most}`.execute(db);
  return rows;
}

/** Entries that neither lie open nor are chained: somebody has taken them out of both. */
export async function listLost(db: Db, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from audit_entries e
    where not exists (select from audit_chain where entry_id = e.id)
      and not exists (select from audit_open where entry_id = e.id)
    limit ${most}`.execute(db);
  return rows.map(({ id }) => id);
}

export interface ReadEntry extends Omit<Entry, "personalDigest"> {
  actorName: string | null;
  address: string | null;
}

export interface EntrySearch {
  actor: string | null;
  subjectId: string | null;
  kind: string | null;
  from: Date | null;
  until: Date | null;
  after: { at: string; id: string } | null;
  limit: number;
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const actorIs = (actor: string) =>
  isUuid.test(actor)
    ? sql`e.actor_id = ${actor}`
    : sql`e.actor_id = (select id from users where email = ${actor.toLowerCase()})`;

/** Entries, the newest first. */
export async function listEntries(db: Db, search: EntrySearch): Promise<ReadEntry[]> {
  const { actor, subjectId, kind, from, until, after, limit } = search;
  const { rows } = await sql<ReadEntry>`select ${entryColumns}, u.name as "actorName", p.address
    from audit_entries e left join users u on u.id = e.actor_id left join audit_personal p on p.entry_id = e.id
    where true
      ${actor ? sql`and ${actorIs(actor)}` : sql``}
      ${subjectId ? sql`and e.subject_id = ${subjectId}` : sql``}
      ${kind ? sql`and split_part(e.action, '.', 1) = ${kind}` : sql``}
      ${from ? sql`and e.at >= ${from}` : sql``}
      ${until ? sql`and e.at < ${until}` : sql``}
      ${after ? sql`and (e.at, e.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by e.at desc, e.id desc limit ${limit}`.execute(db);
  return rows;
}

export async function countLinks(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom("audit_chain")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return n;
}

export async function countOpen(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom("audit_open")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return n;
}

export async function insertWatch(
  db: Db,
  watch: { id: string; at: Date; links: number; breaks: string[] },
): Promise<void> {
  await db.insertInto("audit_watches").values(watch).execute();
}

export const findLastWatch = (db: Db) =>
  db.selectFrom("audit_watches").select(["at", "links", "breaks"]).orderBy("id", "desc").limit(1).executeTakeFirst();

/** Erases the oldest personal parts, of entries from before a moment; returns how many. Ids are in the order of time. */
export async function erasePersonalBefore(db: Db, before: Date, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    with oldest as (select entry_id from audit_personal order by entry_id limit ${most})
    delete from audit_personal p using oldest o, audit_entries e
    where p.entry_id = o.entry_id and e.id = p.entry_id and e.at < ${before}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Erases where requests of an account, or about a guest, came from; the digest and so the chain stay. */
export async function erasePersonal(db: Db, { userId, personId }: { userId: string | null; personId: string }) {
  await sql`delete from audit_personal p using audit_entries e where e.id = p.entry_id and (
      e.actor_id = ${userId}
      or (e.actor_id is null and e.actor_kind = 'anonymous' and (e.subject_id in (${userId}, ${personId})
        or e.subject_id in (select id from registrations where person_id = ${personId}))))`.execute(db);
}

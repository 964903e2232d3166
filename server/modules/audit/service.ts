import { createHash, randomBytes, randomUUIDv7 } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import type { AuditEntry, AuditQuery, AuditState } from "#contract/audit.ts";
import type sentences from "#locales/en/audit.json";
import * as repo from "#server/modules/audit/repo.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";

/** What an entry is about. */
export interface Subject {
  kind:
    | "user"
    | "person"
    | "organizer"
    | "event"
    | "event_type"
    | "schedule"
    | "host"
    | "booking"
    | "gathering"
    | "ticket_type"
    | "registration"
    | "room"
    | "message"
    | "file"
    | "installation";
  id: string;
}

/** What can be done: whatever the log names has its words. */
export type Action = keyof (typeof sentences)["actions"];

/** One thing that was done: by whom, what, to which thing. */
export interface Deed {
  by: { actor: { kind: Ctx["actor"]["kind"]; userId?: string }; from: Ctx["from"] };
  action: Action;
  subject: Subject;
  change?: { old?: object; new?: object };
}

/** Writes down who did what to which thing, in the transaction that does it. Values are ids, states and settings, never secrets. */
export async function record(
  tctx: TxCtx,
  action: Action,
  subject: Subject,
  change: { old?: object; new?: object } = {},
): Promise<void> {
  await recordAll(tctx, [{ by: tctx, action, subject, change }]);
}

/** The same for what accounts do to themselves, also with nothing but a password or a link in hand. */
export async function recordOwn(
  tctx: TxCtx,
  action: Action,
  userId: string,
  change: { old?: object; new?: object } = {},
): Promise<void> {
  const by = { actor: { kind: "user", userId }, from: tctx.from } as const;
  await recordAll(tctx, [{ by, action, subject: { kind: "user", id: userId }, change }]);
}

/** The same for many deeds, of one person or of several, in one statement. */
export async function recordAll(tctx: TxCtx, deeds: readonly Deed[]): Promise<void> {
  if (deeds.length === 0) return;
  const at = tctx.now();
  await repo.insertEntries(
    tctx.db,
    deeds.map(({ by: { actor, from }, action, subject, change }) => {
      const personal = { salt: randomBytes(16), address: from.address, agent: from.agent };
      return {
        id: randomUUIDv7(),
        at,
        actorKind: actor.kind,
        actorId: actor.userId ?? null,
        action,
        subjectKind: subject.kind,
        subjectId: subject.id,
        old: change?.old ?? {},
        new: change?.new ?? {},
        requestId: from.requestId,
        ...personal,
        personalDigest: personalDigestOf(personal),
      };
    }),
  );
}

/** Erases the personal part of what somebody did who is gone; every chain still holds. */
export const forget = (ctx: Ctx, { userId, personId }: { userId?: string; personId: string }): Promise<void> =>
  repo.erasePersonal(ctx.db, { userId: userId ?? null, personId });

const yearMs = 365 * 86_400_000;

/** Erases from where somebody did something a year ago; every chain still holds. */
export async function forgetOld(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - yearMs);
  while ((await repo.erasePersonalBefore(ctx.db, before, atOnce)) === atOnce);
}

/** The names of the fields in which two of a kind differ: what people wrote there is not for the log. */
export const fieldsOfChange = <Row extends object>(before: Row, after: Row): (keyof Row)[] =>
  (Object.keys(after) as (keyof Row)[]).filter((name) => !isDeepStrictEqual(before[name], after[name]));

const atOnce = 1000;

/**
 * Chains entries that lie open, per subject, so that one taken out or altered later is noticed.
 *
 * The personal part enters as a salted digest: it can be erased and the chain still holds.
 */
export async function chain(ctx: Ctx): Promise<void> {
  while ((await chainSome(ctx)) === atOnce);
}

function chainSome(ctx: Ctx): Promise<number> {
  return inTx(ctx, async ({ db }) => {
    const open = await repo.takeOpen(db, atOnce);
    if (open.length === 0) return 0;
    const found = await repo.listEnds(db, [...new Set(open.map(({ subjectId }) => subjectId))]);
    const ends = new Map(found.map((end) => [chainOf(end), end]));
    const links = open.map((entry) => {
      const { subjectKind, subjectId, id } = entry;
      const end = ends.get(chainOf(entry));
      const link = {
        subjectKind,
        subjectId,
        entryId: id,
        position: (end?.position ?? 0) + 1,
        digest: digestOf(entry, end?.digest),
      };
      ends.set(chainOf(entry), link);
      return link;
    });
    await repo.insertLinks(db, links);
    return open.length;
  });
}

/** Walks all chains and returns the entries at which one does not hold: altered, out of place, or taken out. */
export async function findBreaks(ctx: Pick<Ctx, "db">): Promise<string[]> {
  const broken: string[] = [];
  let last: repo.Link | undefined;
  for (;;) {
    const links = await repo.listLinks(ctx.db, last, atOnce);
    for (const link of links) {
      const before = last && chainOf(last) === chainOf(link) ? last : undefined;
      if (!holds(link, before)) broken.push(link.id);
      last = link;
    }
    if (links.length < atOnce) break;
  }
  return [...broken, ...(await repo.listLost(ctx.db, 100))];
}

const mostBreaks = 1000;

/** Walks all chains, keeps what it found, and raises an alarm when the log is not what it was. */
export async function watch(ctx: Ctx): Promise<void> {
  const links = await repo.countLinks(ctx.db);
  const entries = await findBreaks(ctx);
  await repo.insertWatch(ctx.db, {
    id: randomUUIDv7(),
    at: ctx.now(),
    links,
    breaks: [...new Set(entries)].slice(0, mostBreaks),
  });
  if (entries.length > 0) ctx.log.error({ entries: entries.slice(0, 20) }, "the audit log was altered");
}

/** Whether the log was what it should be when it was last walked, and how much no chain holds yet. */
export async function stateOf(ctx: Ctx): Promise<AuditState> {
  const last = await repo.findLastWatch(ctx.db);
  return {
    open: await repo.countOpen(ctx.db),
    last: last ? { at: last.at.toISOString(), links: last.links, breaks: last.breaks } : null,
  };
}

const day = 86_400_000;

/** Who did what to which thing, the newest first. */
export async function listEntries(
  ctx: Ctx,
  { actor, subject, kind, start_date: first, end_date: end, limit, cursor }: AuditQuery,
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const [at = "", id = ""] = cursor === undefined ? [] : readCursor(cursor, ["instant", "id"]);
  const rows = await repo.listEntries(ctx.db, {
    actor: actor || null,
    subjectId: subject ?? null,
    kind: kind ?? null,
    from: first === undefined ? null : new Date(`${first}T00:00Z`),
    until: end === undefined ? null : new Date(new Date(`${end}T00:00Z`).getTime() + day),
    after: cursor === undefined ? null : { at, id },
    limit: limit + 1,
  });
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(viewOf),
    nextCursor: rows.length > limit && last ? writeCursor([last.at.toISOString(), last.id]) : null,
  };
}

const viewOf = (row: repo.ReadEntry): AuditEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: { kind: row.actorKind as AuditEntry["actor"]["kind"], id: row.actorId, name: row.actorName },
  action: row.action,
  subject: { kind: row.subjectKind, id: row.subjectId },
  old: row.old as Record<string, unknown>,
  new: row.new as Record<string, unknown>,
  requestId: row.requestId,
  address: row.address,
});

function holds(link: repo.Link, before: repo.Link | undefined): boolean {
  if (link.position !== (before?.position ?? 0) + 1) return false;
  if (link.salt !== null && !personalDigestOf(link).equals(link.personalDigest)) return false;
  return digestOf(link, before?.digest).equals(link.digest);
}

const chainOf = ({ subjectKind, subjectId }: Pick<repo.End, "subjectKind" | "subjectId">) =>
  `${subjectKind}/${subjectId}`;

const personalDigestOf = ({ salt, address, agent }: repo.Personal): Buffer =>
  createHash("sha256")
    .update(salt)
    .update(JSON.stringify([address, agent]))
    .digest();

/** Over the digest before it and every column of the entry, named one by one so that the order never changes. */
function digestOf(entry: repo.Entry, before: Buffer | undefined): Buffer {
  const { id, at, actorKind, actorId, action, subjectKind, subjectId, old, new: fresh, requestId } = entry;
  return createHash("sha256")
    .update(before ?? Buffer.alloc(32))
    .update(
      JSON.stringify([
        id,
        at,
        actorKind,
        actorId,
        action,
        subjectKind,
        subjectId,
        sorted(old),
        sorted(fresh),
        requestId,
      ]),
    )
    .update(entry.personalDigest)
    .digest();
}

/** The same text for the same values, in whatever order a database gives the keys back. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}

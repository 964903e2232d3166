import { createHash, randomBytes, randomUUIDv7 } from "node:crypto";

import * as repo from "#server/modules/audit/repo.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";

/** What an entry is about. */
export interface Subject {
  kind: "user" | "organizer" | "event" | "gathering" | "ticket_type" | "registration" | "room" | "message" | "file";
  id: string;
}

/** One thing that was done: by whom, what, to which thing. */
export interface Deed {
  by: Pick<Ctx, "actor" | "from">;
  action: string;
  subject: Subject;
  change?: { old?: object; new?: object };
}

/** Writes down who did what to which thing, in the transaction that does it. Values are ids, states and settings, never secrets. */
export async function record(
  tctx: TxCtx,
  action: string,
  subject: Subject,
  change: { old?: object; new?: object } = {},
): Promise<void> {
  await recordAll(tctx, [{ by: tctx, action, subject, change }]);
}

/** The same for many deeds, of one person or of several, in one statement. */
export async function recordAll(tctx: TxCtx, deeds: readonly Deed[]): Promise<void> {
  if (deeds.length === 0) return;
  const at = tctx.now();
  await repo.insertEntries(
    tctx.db,
    deeds.map(({ by: { actor, from }, action, subject, change }) => ({
      id: randomUUIDv7(),
      at,
      actorKind: actor.kind,
      actorId: "userId" in actor ? actor.userId : null,
      action,
      subjectKind: subject.kind,
      subjectId: subject.id,
      old: change?.old ?? {},
      new: change?.new ?? {},
      requestId: from.requestId,
      salt: randomBytes(16),
      address: from.address,
      agent: from.agent,
    })),
  );
}

/**
 * Chains entries that lie open, per subject, so that one taken out or altered later is noticed.
 *
 * The personal part enters as a salted digest: it can be erased and the chain still holds. Runs on one worker at a
 * time; twice does no harm, since a position in a chain is taken once.
 */
export async function chain(ctx: Ctx): Promise<void> {
  const open = await repo.listUnchained(ctx.db, 500);
  for (const entry of open) {
    await inTx(ctx, async ({ db }) => {
      const end = await repo.findChainEnd(db, entry.subjectKind, entry.subjectId);
      await repo.insertLink(db, {
        subjectKind: entry.subjectKind,
        subjectId: entry.subjectId,
        position: (end?.position ?? 0) + 1,
        entryId: entry.id,
        digest: digestOf(entry, end?.digest),
      });
    });
  }
}

type Open = Awaited<ReturnType<typeof repo.listUnchained>>[number];

function digestOf({ salt, address, agent, ...entry }: Open, before: Buffer | undefined): Buffer {
  const personal = createHash("sha256")
    .update(salt)
    .update(JSON.stringify([address, agent]))
    .digest();
  return createHash("sha256")
    .update(before ?? Buffer.alloc(32))
    .update(JSON.stringify(entry))
    .update(personal)
    .digest();
}

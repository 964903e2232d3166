import { randomUUIDv7 } from "node:crypto";

import type { Mailing, MailingChange, MailingDraft, MeantFor } from "#contract/mailings.ts";
import { type MailingAction, type MailingStatus, moveMailing } from "#domain/notifications/mailing.ts";
import { may, mayAs } from "#server/modules/access/service.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { pick } from "#server/modules/gatherings/service/reading.ts";
import { mailingLetter } from "#server/modules/notifications/emails/mailing.ts";
import { mailingDue } from "#server/modules/notifications/facts.ts";
import * as repo from "#server/modules/notifications/repo/mailings.ts";
import { noticeIn } from "#server/modules/notifications/service/telling.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { later, neverMind, record } from "#server/platform/facts.ts";
import { post, unsubscribeLink } from "#server/platform/letters.ts";
import { htmlOf } from "#server/platform/markdown.ts";
import { Problem } from "#server/platform/problem.ts";

const mayWrite = (ctx: Ctx | TxCtx, gatheringId: string) => mayAs(ctx, gatheringId, "edit");

async function gatheringOf(ctx: Ctx, source: string, occurrenceId: string | undefined): Promise<string> {
  const { id } = await pick(ctx, source, occurrenceId);
  if (await mayWrite(ctx, id)) return id;
  throw new Problem((await may(ctx, id, "page")).allowed ? "auth.forbidden" : "event.not_found");
}

/** Finds a letter for its team; to everybody else there is none. */
async function forTeam(ctx: Ctx | TxCtx, row: repo.MailingRow | undefined): Promise<repo.MailingRow> {
  if (row && (await mayWrite(ctx, row.gatheringId))) return row;
  throw new Problem("mailing.not_found");
}

const viewOf = async (ctx: Ctx | TxCtx, row: repo.MailingRow): Promise<Mailing> => ({
  ...row,
  occurrenceId: row.gatheringId,
  // Its time has come, and a worker begins with it in a moment; until then it can be taken back as a draft.
  status: row.status === "scheduled" && row.sendAt && row.sendAt <= ctx.now() ? "sending" : row.status,
  html: htmlOf(row.markdown),
  sendAt: row.sendAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  counts: await repo.countMailing(ctx.db, row),
});

/** The letters of a gathering's team to its people, newest first. */
export async function listMailings(
  ctx: Ctx,
  source: string,
  query: { occurrence_id?: string; limit: number; cursor?: string },
) {
  const gatheringId = await gatheringOf(ctx, source, query.occurrence_id);
  const page = { before: query.cursor ?? null, limit: query.limit + 1 };
  const rows = await repo.listMailings(ctx.db, gatheringId, page);
  const items = rows.slice(0, query.limit);
  const nextCursor = rows.length > query.limit ? (items.at(-1)?.id ?? null) : null;
  return { items: await Promise.all(items.map((row) => viewOf(ctx, row))), nextCursor };
}

/** Shows a letter to its team. */
export const getMailing = async (ctx: Ctx, id: string): Promise<Mailing> =>
  viewOf(ctx, await forTeam(ctx, await repo.findMailing(ctx.db, id)));

const subjectOf = (row: { gatheringId: string }) => ({ kind: "gathering" as const, id: row.gatheringId });

/** Of another event's tickets nobody would ever be found. */
async function refuseOthersTickets(ctx: Ctx | TxCtx, gatheringId: string, { ticketTypeIds }: MeantFor): Promise<void> {
  if (!(await repo.areTicketsOf(ctx.db, gatheringId, ticketTypeIds))) throw new Problem("ticket_type.not_found");
}

/** Writes a draft; nothing is sent. */
export async function createMailing(ctx: Ctx, source: string, draft: MailingDraft): Promise<Mailing> {
  const { occurrenceId, ...written } = draft;
  const gatheringId = await gatheringOf(ctx, source, occurrenceId);
  const id = randomUUIDv7();
  await refuseOthersTickets(ctx, gatheringId, draft.meantFor);
  await inTx(ctx, async (tctx) => {
    const by = { id, gatheringId, createdBy: userOf(tctx).userId, now: tctx.now() };
    await repo.insertMailing(tctx.db, { ...written, ...by });
    await audit(tctx, "mailing.written", subjectOf({ gatheringId }), { new: { mailingId: id } });
  });
  return getMailing(ctx, id);
}

/** One step of a letter, under its lock; refused where its state does not know it. */
function step(
  ctx: Ctx,
  id: string,
  action: MailingAction,
  run: (tctx: TxCtx, row: repo.MailingRow, next: MailingStatus) => Promise<void>,
): Promise<Mailing> {
  return inTx(ctx, async (tctx) => {
    const row = await forTeam(tctx, await repo.lockMailing(tctx.db, id));
    const next = moveMailing(row.status, action);
    if (!next) throw new Problem("mailing.wrong_status", { mailingStatus: row.status });
    await run(tctx, row, next);
    await audit(tctx, `mailing.${action}`, subjectOf(row), { old: { status: row.status }, new: { mailingId: id } });
    const after = await repo.findMailing(tctx.db, id);
    return viewOf(tctx, after ?? row);
  });
}

/** Changes a draft; what is left out stays. */
export const changeMailing = (ctx: Ctx, id: string, change: MailingChange): Promise<Mailing> =>
  step(ctx, id, "change", async (tctx, row) => {
    if (change.meantFor) await refuseOthersTickets(tctx, row.gatheringId, change.meantFor);
    await repo.updateMailing(tctx.db, id, { ...row, ...change }, tctx.now());
  });

/** Throws a draft away. */
export const removeMailing = (ctx: Ctx, id: string): Promise<Mailing> =>
  step(ctx, id, "change", (tctx) => repo.removeMailing(tctx.db, id));

const timerOf = (id: string) => `mailing/${id}`;

const minute = 60_000;

/** Sends a letter now, or at a time that is still to come; the minute that is running is now. */
export function sendMailing(ctx: Ctx, id: string, at: string | undefined): Promise<Mailing> {
  if (ctx.gateways.mail.kind === "off") throw new Problem("mail.off");
  // Whoever has typed the wrong day wants anything but a letter to everybody at once.
  if (at && Date.parse(at) <= ctx.now().getTime() - minute) {
    throw new Problem("request.invalid", { fields: [{ at: "body.at", code: "past" }] });
  }
  return step(ctx, id, "schedule", async (tctx, _row, status) => {
    const now = tctx.now();
    const sendAt = at && new Date(at) > now ? new Date(at) : now;
    await repo.updateStatus(tctx.db, id, { status, sendAt, now });
    const due = mailingDue({ mailingId: id });
    if (sendAt > now) await later(tctx, timerOf(id), sendAt, due);
    else await record(tctx, due);
  });
}

/** Takes a scheduled letter back as a draft, or sends no more of one that is on its way. */
export const stopMailing = (ctx: Ctx, id: string): Promise<Mailing> => step(ctx, id, "stop", stop);

async function stop(tctx: TxCtx, { id }: { id: string }, status: MailingStatus): Promise<void> {
  await neverMind(tctx, timerOf(id));
  await repo.updateStatus(tctx.db, id, { status, sendAt: status === "draft" ? null : undefined, now: tctx.now() });
}

/** Sends no more of what somebody wrote whose account was closed; the others of their team can send it as theirs. */
export async function silence(ctx: Ctx, personId: string): Promise<void> {
  for (const id of await repo.listOfBanned(ctx.db, personId)) {
    await inTx(ctx, async (tctx) => {
      const row = await repo.lockMailing(tctx.db, id);
      const next = row && moveMailing(row.status, "stop");
      if (!next) return;
      await stop(tctx, row, next);
      await audit(tctx, "mailing.stop", subjectOf(row), { old: { status: row.status }, new: { mailingId: id } });
    });
  }
}

const lettered = (ctx: Ctx | TxCtx, row: repo.MailingRow) => ({
  publicUrl: ctx.settings.publicUrl,
  subject: row.subject,
  html: htmlOf(row.markdown),
  title: row.title,
  slug: row.slug,
  gatheringId: row.gatheringId,
  organizer: row.organizer,
});

/** Sends a letter to who asks, and to nobody else. */
export async function testMailing(ctx: Ctx, id: string): Promise<{ to: string }> {
  const row = await forTeam(ctx, await repo.findMailing(ctx.db, id));
  if (ctx.gateways.mail.kind === "off") throw new Problem("mail.off");
  const writer = await repo.findWriter(ctx.db, userOf(ctx).userId);
  const address = writer?.email ?? "";
  const letter = mailingLetter({
    ...lettered(ctx, row),
    locale: writer?.locale ?? ctx.locale,
    to: { address, name: writer?.name ?? "" },
  });
  await inTx(ctx, async (tctx) => {
    await post(tctx, letter, { key: `mailing-test/${id}/${tctx.from.requestId}`, lane: "normal" });
    await audit(tctx, "mailing.test", subjectOf(row), { new: { mailingId: id } });
  });
  return { to: address };
}

const mostAtOnce = 100;

/**
 * Sends a letter to the next hundred, and says that the next part is due; each part is whole or not at all, so that
 * nobody gets it twice. Between two parts everybody else's work has its turn.
 */
export async function sendPart(ctx: Ctx, id: string): Promise<void> {
  await inTx(ctx, async (tctx) => {
    const row = await repo.lockMailing(tctx.db, id);
    const now = tctx.now();
    if (!row || (row.status === "scheduled" && (!row.sendAt || row.sendAt > now))) return;
    if (row.status !== "scheduled" && row.status !== "sending") return;
    const readers = await repo.listNext(tctx.db, row, mostAtOnce);
    for (const reader of readers.filter(({ isMuted }) => !isMuted)) {
      const letter = mailingLetter({
        ...lettered(tctx, row),
        locale: reader.locale,
        to: { address: reader.email, name: reader.name },
        unsubscribeUrl: unsubscribeLink(tctx, reader.personId, "announcements"),
      });
      await post(tctx, letter, { key: `mailing/${id}/${reader.personId}`, lane: "bulk", topic: "announcements" });
    }
    if (readers.length > 0) await repo.insertRecipients(tctx.db, id, readers, now);
    if (row.isAnnounced) await announce(tctx, row, readers);
    const isLast = readers.length < mostAtOnce;
    await repo.updateStatus(tctx.db, id, { status: isLast ? "sent" : "sending", now });
    if (!isLast) await record(tctx, mailingDue({ mailingId: id }));
  });
}

function announce(tctx: TxCtx, { id, gatheringId }: repo.MailingRow, readers: readonly repo.Reader[]): Promise<void> {
  const recipients = readers.flatMap(({ userId, wantsNotice }) =>
    userId && wantsNotice ? [{ userId, gatheringId, eventId: null, registrationId: null, mailingId: id }] : [],
  );
  return noticeIn(tctx, recipients, { kind: "event.announced", key: `mailing/${id}` });
}

/** Who had their turn, and what came of it, for the team. */
export async function listRecipients(ctx: Ctx, id: string, query: { limit: number; cursor?: string }) {
  await forTeam(ctx, await repo.findMailing(ctx.db, id));
  const page = { after: query.cursor ?? null, limit: query.limit + 1 };
  const rows = await repo.listRecipients(ctx.db, id, page);
  const items = rows.slice(0, query.limit);
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Shows a letter to somebody who was written to. */
export async function readMailing(ctx: Ctx, id: string) {
  const row = await repo.findMailing(ctx.db, id);
  if (!row || !(await repo.wasMeant(ctx.db, id, userOf(ctx).personId))) throw new Problem("mailing.not_found");
  const { subject, markdown, title, slug, organizer, sendAt, createdAt } = row;
  return { subject, html: htmlOf(markdown), at: (sendAt ?? createdAt).toISOString(), title, slug, organizer };
}

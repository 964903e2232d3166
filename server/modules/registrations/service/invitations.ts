import type { Invitation, Invited } from "#contract/invitations.ts";
import { findSpoken } from "#domain/language/choose.ts";
import { rightChanged } from "#server/modules/access/facts.ts";
import { record as audit, recordAll } from "#server/modules/audit/service.ts";
import { isOver, pick } from "#server/modules/gatherings/service/reading.ts";
import { invitationsCookie, knowPeople } from "#server/modules/identity/service/people.ts";
import { invitation as invitationLetter } from "#server/modules/registrations/emails/invitation.ts";
import { invited } from "#server/modules/registrations/facts.ts";
import { assertTeam, mayDecide } from "#server/modules/registrations/policy.ts";
import * as repo from "#server/modules/registrations/repo/invitations.ts";
import { cursorOf, occasionOf, readCursor } from "#server/modules/registrations/service/views.ts";
import { type Ctx, inTx, userOf } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { post } from "#server/platform/letters.ts";
import { linkToken, readLinkToken } from "#server/platform/links.ts";
import { Problem } from "#server/platform/problem.ts";
import { locales } from "#server/platform/words.ts";

const invitationOf = ({ id, name, email, status, sentAt }: repo.InvitationRow): Invitation => ({
  id,
  name,
  email,
  status,
  sentAt: sentAt.toISOString(),
});

/** Who is invited to an event, for its team. */
export async function listInvitations(
  ctx: Ctx,
  source: string,
  { cursor, limit, ...filter }: { q?: string; status?: Invitation["status"]; limit: number; cursor?: string },
) {
  const gathering = await pick(ctx, source);
  await assertTeam(ctx, gathering.id, mayDecide);
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await repo.listInvitations(ctx.db, gathering.sourceId, { ...filter, after, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map(invitationOf),
    nextCursor: last ? cursorOf(last.createdAt, last.id) : null,
    counts: await repo.countInvitations(ctx.db, gathering.sourceId),
  };
}

/** Invites people by letter, each once; whoever was withdrawn is invited anew with a new link. */
export async function invite(ctx: Ctx, source: string, people: readonly { email: string; name: string }[]) {
  const gathering = await pick(ctx, source);
  await assertTeam(ctx, gathering.id, mayDecide);
  if (ctx.gateways.mail.kind === "off") throw new Problem("mail.off");
  // Who opens the letter must find something to come to.
  if (gathering.status !== "scheduled" || (await isOver(ctx, gathering.id))) throw new Problem("event.wrong_status");
  const emails = [...new Set(people.map(({ email }) => email))];
  const fresh = await inTx(ctx, async (tctx) => {
    const known = await knowPeople(tctx, people);
    const names = new Map(people.map(({ email, name }) => [email, name]));
    const given = [...known.values()].map(({ id, email }) => ({ personId: id, name: names.get(email) ?? "" }));
    const by = userOf(tctx).userId;
    const rows = await repo.invite(tctx.db, gathering.sourceId, given, { by, now: tctx.now() });
    await record(
      tctx,
      ...rows.flatMap(({ id, personId }) => [
        invited({ invitationId: id, gatheringId: gathering.id }),
        rightChanged({ personId, gatheringId: gathering.id }),
      ]),
    );
    const subject = { kind: "event" as const, id: gathering.sourceId };
    await recordAll(
      tctx,
      rows.map(({ id }) => ({ by: tctx, action: "event.invited", subject, change: { new: { invitationId: id } } })),
    );
    const ids = new Set(rows.map(({ personId }) => personId));
    return new Set([...known.values()].filter(({ id }) => ids.has(id)).map(({ email }) => email));
  });
  return { invited: emails.filter((email) => fresh.has(email)), already: emails.filter((email) => !fresh.has(email)) };
}

async function findForTeam(ctx: Ctx, id: string): Promise<{ row: repo.InvitationRow; gatheringId: string }> {
  const row = await repo.findInvitation(ctx.db, id);
  if (!row) throw new Problem("invitation.not_found");
  const { id: gatheringId } = await pick(ctx, row.sourceId);
  if (!(await mayDecide(ctx, gatheringId))) throw new Problem("invitation.not_found");
  return { row, gatheringId };
}

/** Sends an invitation once more; one that was declined is open again. */
export async function resendInvitation(ctx: Ctx, id: string): Promise<Invitation> {
  const { row, gatheringId } = await findForTeam(ctx, id);
  if (ctx.gateways.mail.kind === "off") throw new Problem("mail.off");
  if (row.status === "withdrawn" || row.status === "accepted")
    throw new Problem("invitation.wrong_status", { invitationStatus: row.status });
  await inTx(ctx, async (tctx) => {
    await repo.touchInvitation(tctx.db, id, tctx.now());
    await record(tctx, invited({ invitationId: id, gatheringId }));
    await audit(tctx, "event.invited_again", { kind: "event", id: row.sourceId }, { new: { invitationId: id } });
  });
  return get(ctx, id);
}

/** Withdraws an invitation; who has taken a place keeps it, since that is another thing to take back. */
export async function withdraw(ctx: Ctx, id: string): Promise<Invitation> {
  const { row, gatheringId } = await findForTeam(ctx, id);
  await inTx(ctx, async (tctx) => {
    if (!(await repo.withdrawInvitation(tctx.db, id, tctx.now()))) return;
    await record(tctx, rightChanged({ personId: row.personId, gatheringId }));
    await audit(tctx, "event.invitation_withdrawn", { kind: "event", id: row.sourceId }, { old: { invitationId: id } });
  });
  return get(ctx, id);
}

async function get(ctx: Ctx, id: string): Promise<Invitation> {
  const row = await repo.findInvitation(ctx.db, id);
  if (!row) throw new Problem("invitation.not_found");
  return invitationOf(row);
}

const most = 10;
const days = 60;

/** Opens the link of an invitation: this browser is invited from now on. */
export async function openInvitation(ctx: Ctx, token: string): Promise<Invited> {
  const { row, view } = await findByToken(ctx, token);
  const held = ctx.holds.filter(({ of, id }) => of === "invitation" && id !== row.id).slice(0, most - 1);
  const others = await Promise.all(held.map(({ id }) => repo.findInvitation(ctx.db, id)));
  const tokens = [row, ...others.filter((one) => one !== undefined)].map((one) => tokenOf(ctx, one));
  ctx.reply.setCookie(invitationsCookie, tokens.join("~"), days * 86_400);
  ctx.reply.hold({ of: "invitation", id: row.id });
  return view;
}

/** Says no; asked again, or by taking a place, it can become a yes. */
export async function declineInvitation(ctx: Ctx, token: string): Promise<Invited> {
  const { row, view } = await findByToken(ctx, token);
  if (row.status === "accepted") throw new Problem("invitation.wrong_status", { invitationStatus: row.status });
  await inTx(ctx, async (tctx) => {
    await repo.declineInvitation(tctx.db, row.id, tctx.now());
    await audit(
      tctx,
      "event.invitation_declined",
      { kind: "event", id: row.sourceId },
      { new: { invitationId: row.id } },
    );
  });
  return { ...view, status: "declined" };
}

async function findByToken(ctx: Ctx, token: string): Promise<{ row: repo.InvitationRow; view: Invited }> {
  const link = readLinkToken(ctx.settings.secrets.links, token);
  const row = link?.kind === "invitation" ? await repo.findInvitation(ctx.db, link.id) : undefined;
  if (!row || row.linkVersion !== link?.version || row.status === "withdrawn") throw new Problem("auth.link_invalid");
  const gathering = await pick(ctx, row.sourceId);
  const occasion = await repo.findOccasion(ctx.db, gathering.id);
  if (!occasion || occasion.gatheringStatus === "planned") throw new Problem("auth.link_invalid");
  const { name, email, status } = row;
  return { row, view: { name, email, status, event: occasionOf(occasion) } };
}

const tokenOf = (ctx: Pick<Ctx, "settings">, { id, linkVersion }: repo.InvitationRow): string =>
  linkToken(ctx.settings.secrets.links, { kind: "invitation", id, version: linkVersion });

/** Who has no account is written to in the language of the event, else in that of who invites them. */
const localeFor = ({ locale, inviterLocale }: repo.InvitationRow, language: string): string =>
  locale ?? findSpoken(locales, language) ?? inviterLocale;

/** Writes to who is invited, unless that has been withdrawn meanwhile; once for each time it was sent. */
export async function sendInvitation(ctx: Ctx, invitationId: string, gatheringId: string): Promise<void> {
  const row = await repo.findInvitation(ctx.db, invitationId);
  const occasion = await repo.findOccasion(ctx.db, gatheringId);
  if (!row || !occasion || row.status === "withdrawn" || occasion.gatheringStatus !== "scheduled") return;
  const { publicUrl } = ctx.settings;
  const about = {
    row: {
      ...occasion,
      ...row,
      locale: localeFor(row, occasion.language),
      side: occasion.format === "hybrid" ? ("both" as const) : ("in_person" as const),
    },
    publicUrl,
    link: `${publicUrl}/invite/${tokenOf(ctx, row)}`,
  };
  const letter = invitationLetter(about);
  const key = `invitation/${row.id}/${row.sentAt.getTime()}`;
  if (letter) await inTx(ctx, (tctx) => post(tctx, letter, { key, lane: "bulk" }));
}

import type { NoticeKind } from "#domain/notifications/topics.ts";
import { findTeamInvitation, listOwners, listWilling } from "#server/modules/notifications/repo/recipients.ts";
import { noticeIn } from "#server/modules/notifications/service/telling.ts";
import type { Change } from "#server/modules/teams/facts.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";

interface About {
  organizerId: string;
  eventId: string | null;
  byUserId?: string;
  role?: string;
}

async function tell(
  ctx: Ctx,
  kind: NoticeKind,
  { to, about, key }: { to: readonly string[]; about: About; key: string },
): Promise<void> {
  const willing = await listWilling(ctx.db, to);
  const told = willing.map((userId) => ({ ...about, userId, gatheringId: null, registrationId: null }));
  await inTx(ctx, (tctx) => noticeIn(tctx, told, { kind, key: `${kind}/${key}` }));
}

/** Tells who has an account that they are invited to a team, while they are. */
export async function tellInvited(ctx: Ctx, invitationId: string): Promise<void> {
  const row = await findTeamInvitation(ctx.db, invitationId);
  if (!row || row.userId === null || row.isClosed) return;
  const { organizerId, eventId, role, invitedBy: byUserId } = row;
  const key = `${invitationId}/${row.sentAt.getTime()}`;
  await tell(ctx, "team.invited", { to: [row.userId], about: { organizerId, eventId, role, byUserId }, key });
}

/** Tells whoever invited that somebody has said yes; of a handover, both. */
export async function tellJoined(ctx: Ctx, invitationId: string, isHandover: boolean): Promise<void> {
  const row = await findTeamInvitation(ctx.db, invitationId);
  if (!row?.acceptedAt || row.userId === null) return;
  const { organizerId, eventId, role, invitedBy, userId } = row;
  const key = `${invitationId}/${row.acceptedAt.getTime()}`;
  const about = { organizerId, eventId, role, byUserId: userId };
  await tell(ctx, isHandover ? "team.gave_over" : "team.joined", { to: [invitedBy], about, key });
  if (!isHandover) return;
  await tell(ctx, "team.handed_over", { to: [userId], about: { ...about, byUserId: invitedBy }, key });
}

/** Tells somebody what they are from now on, unless they have changed it themselves. */
export async function tellRoleChanged(ctx: Ctx, change: Change & { role: string }): Promise<void> {
  const { changeId: key, organizerId, eventId, userId, byUserId, role } = change;
  if (userId === byUserId) return;
  await tell(ctx, "team.role_changed", { to: [userId], about: { organizerId, eventId, byUserId, role }, key });
}

/** Tells somebody that they are in the team no longer; of who has left by themselves, the owners. */
export async function tellRemoved(ctx: Ctx, change: Change): Promise<void> {
  const { changeId: key, organizerId, eventId, userId, byUserId } = change;
  const about = { organizerId, eventId, byUserId };
  if (userId !== byUserId) return tell(ctx, "team.removed", { to: [userId], about, key });
  await tell(ctx, "team.left", { to: await listOwners(ctx.db, organizerId), about, key });
}

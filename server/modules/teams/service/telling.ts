import type { EventRole, MemberRole } from "#domain/organizers/team.ts";
import { listMembers } from "#server/modules/organizers/service.ts";
import { type About, changeLetter, invitationLetter, type TeamLetter } from "#server/modules/teams/emails/team.ts";
import type { Change } from "#server/modules/teams/facts.ts";
import * as repo from "#server/modules/teams/repo.ts";
import { tokenOf } from "#server/modules/teams/service/answering.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { post } from "#server/platform/letters.ts";

/** Writes to who is invited, unless that is over meanwhile; once for each time it was sent. */
export async function sendInvitation(ctx: Ctx, invitationId: string): Promise<void> {
  const row = await repo.find(ctx.db, invitationId, ctx.now());
  if (row?.status !== "invited") return;
  const { publicUrl } = ctx.settings;
  const about = { publicUrl, to: row, ...subjectOf(row), who: row.inviterName, role: row.role };
  const letter = invitationLetter(about, { ...row, link: `${publicUrl}/team-invite/${tokenOf(ctx, row)}` });
  const key = `team-invited/${row.id}/${row.sentAt.getTime()}`;
  await inTx(ctx, (tctx) => post(tctx, letter, { key, lane: "normal" }));
}

const subjectOf = (row: { organizerName: string; eventTitle: string | null }): Pick<About, "organizer" | "event"> => ({
  organizer: row.organizerName,
  event: row.eventTitle,
});

interface Telling extends Pick<About, "organizer" | "event" | "role"> {
  kind: TeamLetter;
  who: string;
  to: readonly string[];
  path: string | null;
  key: string;
}

// Who loses or gains what they own is told in any case; the rest is what people can do without.
const always: readonly TeamLetter[] = ["removed", "handed_over", "gave_over"];

async function tell(ctx: Ctx, { kind, to, path, key, ...about }: Telling): Promise<void> {
  const readers = await repo.listReaders(ctx.db, to);
  await inTx(ctx, async (tctx) => {
    for (const reader of readers) {
      const letter = changeLetter({ ...about, publicUrl: ctx.settings.publicUrl, to: reader }, kind, path);
      const topic = always.includes(kind) ? undefined : ("hosting" as const);
      await post(tctx, letter, { key: `${key}/${reader.userId}`, lane: "normal", ...(topic && { topic }) });
    }
  });
}

const pathOf = ({ organizerId, eventId }: { organizerId: string; eventId: string | null }) =>
  eventId === null ? `/organize/team?organizer=${organizerId}` : `/organize/events/${eventId}/team`;

/** Tells whoever invited that somebody has said yes. */
export async function tellJoined(ctx: Ctx, invitationId: string): Promise<void> {
  const row = await repo.find(ctx.db, invitationId, ctx.now());
  if (!row?.acceptedAt) return;
  const { role, id, invitedBy, name: who } = row;
  const key = `team-joined/${id}/${row.acceptedAt.getTime()}`;
  await tell(ctx, { ...subjectOf(row), kind: "joined", who, role, to: [invitedBy], path: pathOf(row), key });
}

/** Tells the owner of before and the new one. */
export async function tellHandedOver(ctx: Ctx, invitationId: string): Promise<void> {
  const row = await repo.find(ctx.db, invitationId, ctx.now());
  if (!row?.acceptedAt || row.userId === null) return;
  const key = `team-handed-over/${row.id}/${row.acceptedAt.getTime()}`;
  const about = { ...subjectOf(row), path: pathOf(row), key };
  await tell(ctx, { ...about, kind: "handed_over", role: "owner", who: row.inviterName, to: [row.userId] });
  await tell(ctx, { ...about, kind: "gave_over", role: "admin", who: row.name, to: [row.invitedBy] });
}

async function aboutOf(ctx: Ctx, { organizerId, eventId, byUserId, changeId }: Change) {
  const about = await repo.findAbout(ctx.db, organizerId, eventId);
  const [by] = await repo.listReaders(ctx.db, [byUserId]);
  if (!about) return undefined;
  return { ...subjectOf(about), who: by?.name ?? "", key: `team-change/${changeId}` };
}

/** Tells somebody what they are from now on, unless they have changed it themselves. */
export async function tellRoleChanged(ctx: Ctx, change: Change & { role: MemberRole | EventRole }): Promise<void> {
  const about = await aboutOf(ctx, change);
  if (!about || change.userId === change.byUserId) return;
  const { role, userId } = change;
  await tell(ctx, { ...about, kind: "role_changed", role, to: [userId], path: pathOf(change) });
}

/** Tells somebody that they are in the team no longer; of who has left by themselves, the owners. */
export async function tellRemoved(ctx: Ctx, change: Change): Promise<void> {
  const about = await aboutOf(ctx, change);
  if (!about) return;
  if (change.userId !== change.byUserId) {
    return tell(ctx, { ...about, kind: "removed", role: "", to: [change.userId], path: null });
  }
  const owners = (await listMembers(ctx, change.organizerId)).filter(({ role }) => role === "owner");
  const to = owners.map(({ userId }) => userId);
  await tell(ctx, { ...about, kind: "left", role: "", to, path: pathOf(change) });
}

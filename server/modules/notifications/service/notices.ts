import { bell, type Notice } from "#contract/notifications.ts";
import * as repo from "#server/modules/notifications/repo/notices.ts";
import { say } from "#server/platform/channels.ts";
import { type Ctx, inTx, userOf } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";
import { linkToken } from "#server/platform/links.ts";

/** What the account that asks was told, newest first. */
export async function listNotices(ctx: Ctx, query: { unread?: "true" | "false"; limit: number; cursor?: string }) {
  const { userId } = userOf(ctx);
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, ["instant", "id"]);
  const isUnread = query.unread === "true";
  const rows = await repo.listNotices(ctx.db, { userId, isUnread, after, limit: query.limit + 1 });
  const items = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? items.at(-1) : undefined;
  return {
    items: items.map((row) => noticeOf(ctx, row)),
    nextCursor: last ? writeCursor([last.at.toISOString(), last.id]) : null,
    unread: await unreadOf(ctx, userId),
  };
}

async function unreadOf({ db }: Pick<Ctx, "db">, userId: string): Promise<number> {
  return (await repo.countUnread(db, [userId]))[0]?.unread ?? 0;
}

const noticeOf = (ctx: Pick<Ctx, "settings">, row: repo.NoticeRow): Notice => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  organizer: row.organizer,
  hue: row.hue,
  n: row.n,
  by: row.by,
  role: row.role as Notice["role"],
  startTime: row.startTime?.toISOString() ?? null,
  timeZone: row.timeZone,
  path: pathOf(ctx, row),
  at: row.at.toISOString(),
  isRead: row.isRead,
});

type Lead = Pick<
  repo.NoticeRow,
  "kind" | "registrationId" | "linkVersion" | "mailingId" | "eventId" | "slug" | "organizerId"
>;

/** Where a notice leads: to one's ticket or booking, or to where the team can do something about it. */
export function pathOf(ctx: Pick<Ctx, "settings">, lead: Lead): string {
  const { kind, registrationId: id, linkVersion: version, mailingId, eventId, slug, organizerId } = lead;
  if (kind === "team.invited" || kind === "team.removed") return "/organize";
  if (kind.startsWith("team."))
    return eventId === null ? `/organize/team?organizer=${organizerId}` : `/organize/events/${eventId}/team`;
  if (mailingId !== null) return `/me/letters/${mailingId}`;
  if (id !== null && version !== null)
    return `/booking/${linkToken(ctx.settings.secrets.links, { kind: "booking", id, version })}/manage`;
  if (id !== null) return `/me/tickets/${id}`;
  if (kind === "people.waiting") return "/waitlist";
  if (kind === "people.pending") return `/organize/events/${eventId}/people?status=pending`;
  if (kind === "people.confirmed") return `/organize/events/${eventId}/people`;
  if (kind === "review.submitted") return `/admin/events/${eventId}`;
  if (kind.startsWith("review.")) return `/organize/events/${eventId}`;
  return `/events/${slug}`;
}

/** Marks notices of the account that asks as read; without ids, all of them. Every screen of theirs hears of it. */
export function readNotices(ctx: Ctx, ids: readonly string[] | undefined): Promise<{ unread: number }> {
  const { userId } = userOf(ctx);
  return inTx(ctx, async (tctx) => {
    const isNew = await repo.markRead(tctx.db, userId, ids, tctx.now());
    const unread = await unreadOf(tctx, userId);
    if (isNew) await say(tctx, bell, { userId }, "counted", { unread });
    return { unread };
  });
}

const keptMs = 180 * 86_400_000;

/** Lets go of what was told half a year ago. */
export const forgetOld = (ctx: Ctx): Promise<void> => repo.removeOld(ctx.db, new Date(ctx.now().getTime() - keptMs));

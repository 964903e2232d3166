import { randomUUIDv7 } from "node:crypto";

import { bell } from "#contract/notifications.ts";
import { type NoticeKind, noticeKinds, topicOf, type Way } from "#domain/notifications/topics.ts";
import { reminderDue } from "#server/modules/notifications/facts.ts";
import { listMutedAmong } from "#server/modules/notifications/repo/mutes.ts";
import { countUnread, insertNotices, type NewNotice } from "#server/modules/notifications/repo/notices.ts";
import * as repo from "#server/modules/notifications/repo/recipients.ts";
import { ring } from "#server/modules/notifications/service/devices.ts";
import { say } from "#server/platform/channels.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { later, neverMind } from "#server/platform/facts.ts";

interface About {
  kind: NoticeKind;
  key: string;
  at?: Date;
}

/** Keeps a notice for each of them, rings the bells whose count is another now, and their devices; each as they wish. */
export async function noticeIn(
  tctx: TxCtx,
  recipients: readonly (repo.Recipient & Pick<NewNotice, "mailingId" | "organizerId" | "byUserId" | "role">)[],
  { kind, key, at = tctx.now() }: About,
): Promise<void> {
  if (recipients.length === 0) return;
  const mutes = await listMutedAmong(
    tctx.db,
    topicOf(kind),
    recipients.map(({ userId }) => userId),
  );
  const isMuted = (userId: string, way: Way) => mutes.some((mute) => mute.userId === userId && mute.way === way);
  const noticed = recipients.filter(({ userId }) => !isMuted(userId, "notice"));
  const notices = noticed.map((recipient) => ({ ...recipient, id: randomUUIDv7(), kind, key, at }));
  const touched = await insertNotices(tctx.db, notices);
  for (const { userId, unread } of await countUnread(tctx.db, touched.sort()))
    await say(tctx, bell, { userId }, "counted", { unread });
  // Who has a notice of it already was rung with it.
  const isNews = (userId: string) => touched.includes(userId) || isMuted(userId, "notice");
  const rings = recipients.filter(({ userId }) => isNews(userId) && !isMuted(userId, "push"));
  await ring(tctx, rings, { kind, key });
}

const notice = (ctx: Ctx, recipients: readonly repo.Recipient[], about: About): Promise<void> =>
  inTx(ctx, (tctx) => noticeIn(tctx, recipients, about));

const standings = {
  "registration.confirmed": ["confirmed"],
  "registration.declined": ["declined"],
  "registration.offered": ["offered"],
  "registration.lapsed": ["lapsed"],
  "registration.cancelled": ["cancelled"],
  "registration.relocated": ["confirmed"],
  "event.cancelled": ["cancelled"],
} as const satisfies Partial<Record<NoticeKind, readonly string[]>>;

/** Tells who holds a registration how it stands, if it still does; `why` makes it another notice than one before. */
export async function tellHolder(
  ctx: Ctx,
  kind: keyof typeof standings,
  registrationId: string,
  why = "",
): Promise<void> {
  const holders = await repo.listHolders(ctx.db, topicOf(kind), [registrationId], standings[kind]);
  await notice(ctx, holders, { kind, key: `${kind}/${registrationId}${why}` });
}

/** Tells a party that places are kept for it. */
export async function tellParty(ctx: Ctx, entryId: string): Promise<void> {
  for (const id of await repo.listParty(ctx.db, entryId)) await tellHolder(ctx, "registration.offered", id);
}

/** Tells who lost a place: because all was called off, or by the team. Who gave it back knows. */
export async function tellCancelled(ctx: Ctx, registrationId: string): Promise<void> {
  const about = await repo.findNewcomer(ctx.db, registrationId);
  if (!about || about.cancelledBy === "attendee") return;
  await tellHolder(ctx, about.isCalledOff ? "event.cancelled" : "registration.cancelled", registrationId);
}

/** Tells the team that somebody comes; not what it has done itself, by adding or approving them. */
export async function tellOfNewcomer(ctx: Ctx, registrationId: string): Promise<void> {
  const about = await repo.findNewcomer(ctx.db, registrationId);
  if (!about || about.needsApproval || !about.confirmedAt) return;
  const { gatheringId, userId, confirmedAt: at } = about;
  const kind = "people.confirmed";
  await notice(ctx, await repo.listHosts(ctx.db, gatheringId, userId), { kind, key: `${kind}/${gatheringId}`, at });
}

/** Tells the team that somebody asks for a place. */
export async function tellOfRequest(ctx: Ctx, registrationId: string): Promise<void> {
  const about = await repo.findNewcomer(ctx.db, registrationId);
  if (!about) return;
  const { gatheringId, userId, createdAt: at } = about;
  const kind = "people.pending";
  await notice(ctx, await repo.listHosts(ctx.db, gatheringId, userId), { kind, key: `${kind}/${gatheringId}`, at });
}

/** Tells the hosts of a session that somebody waits for seats of it. */
export async function tellOfWaiting(ctx: Ctx, entryId: string): Promise<void> {
  const about = await repo.findWaiting(ctx.db, entryId);
  if (!about) return;
  const { gatheringId, userId, createdAt: at } = about;
  const kind = "people.waiting";
  await notice(ctx, await repo.listBooked(ctx.db, gatheringId, userId), { kind, key: `${kind}/${gatheringId}`, at });
}

const mostAtOnce = 200;

type Part = (after: string | null) => Promise<repo.Recipient[]>;

async function noticeAll(ctx: Ctx, list: Part, about: { kind: NoticeKind; key: string }): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const part: repo.Recipient[] = await list(after);
    await notice(ctx, part, about);
    after = part.at(-1)?.userId ?? null;
    if (part.length < mostAtOnce) return;
  }
}

const living = ["confirmed", "offered", "awaiting_payment", "pending", "waitlisted"];

/** Tells everybody at a gathering that its time, place or name is another. */
export function tellChanged(ctx: Ctx, gatheringId: string, sequence: number): Promise<void> {
  const kind = "event.changed";
  const at = { gatheringId, statuses: living, limit: mostAtOnce };
  const list: Part = (after) => repo.listComing(ctx.db, topicOf(kind), { ...at, after });
  return noticeAll(ctx, list, { kind, key: `${kind}/${gatheringId}/${sequence}` });
}

/** Tells those who follow an event's organizer that it is there for all to find. */
export function tellFollowers(ctx: Ctx, eventId: string): Promise<void> {
  const kind = "event.followed";
  const list: Part = (after) => repo.listFollowers(ctx.db, { eventId, now: ctx.now(), after, limit: mostAtOnce });
  return noticeAll(ctx, list, { kind, key: `${kind}/${eventId}` });
}

const dayMs = 86_400_000;
const timerOf = (gatheringId: string) => `notification-reminder/${gatheringId}`;

/** Sets the reminder of a gathering in the place of the one before; what begins within a day needs none. */
export async function setReminder(ctx: Ctx, gatheringId: string): Promise<void> {
  const startTime = await repo.findStart(ctx.db, gatheringId);
  const dueAt = startTime && new Date(startTime.getTime() - dayMs);
  await inTx(ctx, async (tctx) => {
    if (!dueAt || dueAt <= ctx.now()) return neverMind(tctx, timerOf(gatheringId));
    const due = reminderDue({ gatheringId, startTime: startTime.toISOString() });
    return later(tctx, timerOf(gatheringId), dueAt, due);
  });
}

/** Reminds who comes, unless the time is another by now, or past. */
export async function remind(ctx: Ctx, due: { gatheringId: string; startTime: string }): Promise<void> {
  const { gatheringId, startTime } = due;
  const start = await repo.findStart(ctx.db, gatheringId);
  if (start?.toISOString() !== startTime || start <= ctx.now()) return;
  const kind = "event.reminder";
  const at = { gatheringId, statuses: ["confirmed"], limit: mostAtOnce };
  const list: Part = (after) => repo.listComing(ctx.db, topicOf(kind), { ...at, after });
  await noticeAll(ctx, list, { kind, key: `${kind}/${gatheringId}/${startTime}` });
}

/** Tells of a step of a review: admins of what waits for them, the team of every answer. */
export async function tellOfStep(ctx: Ctx, eventId: string, stepId: string): Promise<void> {
  const step = await repo.findStep(ctx.db, stepId);
  const kind = noticeKinds.find((one) => one === `review.${step}`);
  if (!kind) return;
  const list = kind === "review.submitted" ? repo.listAdmins : repo.listTeam;
  await notice(ctx, await list(ctx.db, eventId), { kind, key: `review/${stepId}` });
}

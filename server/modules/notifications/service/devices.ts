import { createHash, randomUUIDv7 } from "node:crypto";

import type { Device, RingInput } from "#contract/devices.ts";
import { type NoticeKind, topicOf } from "#domain/notifications/topics.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { type Rung, rung } from "#server/modules/notifications/facts.ts";
import * as repo from "#server/modules/notifications/repo/devices.ts";
import { pathOf } from "#server/modules/notifications/service/notices.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { findHouse } from "#server/platform/house.ts";
import { Problem } from "#server/platform/problem.ts";
import { say } from "#server/platform/words.ts";

function sessionOf({ actor }: Pick<Ctx, "actor">): { userId: string; sessionId: string } {
  if (actor.kind !== "user") throw new Problem("auth.required");
  return actor;
}

/** Lists the browsers that are rung for the account that asks, the newest first. */
export async function listDevices(ctx: Ctx): Promise<{ items: Device[]; nextCursor: null; publicKey: string }> {
  const { userId, sessionId } = sessionOf(ctx);
  const rows = await repo.listDevices(ctx.db, userId);
  const items = rows.map((row) => viewOf(row, sessionId));
  return { items, nextCursor: null, publicKey: ctx.gateways.push.publicKey };
}

const viewOf = ({ id, agent, showsTitles, createdAt, ...row }: repo.DeviceRow, sessionId: string): Device => ({
  id,
  agent,
  isHere: row.sessionId === sessionId,
  showsTitles,
  createdAt: createdAt.toISOString(),
});

async function getDevice(ctx: Ctx | TxCtx, isIt: (row: repo.DeviceRow) => boolean): Promise<Device> {
  const { userId, sessionId } = sessionOf(ctx);
  const row = (await repo.listDevices(ctx.db, userId)).find(isIt);
  if (!row) throw new Problem("device.not_found");
  return viewOf(row, sessionId);
}

/** Rings the browser that asks from now on, for as long as somebody is signed in there. */
export async function ringHere(ctx: Ctx, { endpoint, keys }: RingInput): Promise<Device> {
  const { userId, sessionId } = sessionOf(ctx);
  if (!ctx.gateways.push.takes(endpoint)) throw new Problem("device.refused");
  return inTx(ctx, async (tctx) => {
    await repo.putDevice(tctx.db, { id: randomUUIDv7(), userId, sessionId, endpoint, ...keys, now: tctx.now() });
    await audit(tctx, "notification.device_added", { kind: "user", id: userId });
    return getDevice(tctx, (row) => row.sessionId === sessionId);
  });
}

/** Says whether what a browser is rung with may name what it is about. */
export function changeDevice(ctx: Ctx, id: string, { showsTitles }: { showsTitles: boolean }): Promise<Device> {
  const { userId } = sessionOf(ctx);
  return inTx(ctx, async (tctx) => {
    if (!(await repo.setShowsTitles(tctx.db, userId, id, showsTitles))) throw new Problem("device.not_found");
    return getDevice(tctx, (row) => row.id === id);
  });
}

/** Rings a browser of the account that asks no longer. */
export async function removeDevice(ctx: Ctx, id: string): Promise<void> {
  const { userId } = sessionOf(ctx);
  await inTx(ctx, async (tctx) => {
    if (!(await repo.deleteDevice(tctx.db, id, userId))) throw new Problem("device.not_found");
    await audit(tctx, "notification.device_removed", { kind: "user", id: userId });
  });
}

type About = Pick<Rung, "userId" | "eventId" | "gatheringId" | "registrationId"> &
  Partial<Pick<Rung, "mailingId" | "organizerId" | "byUserId" | "role">>;

const nothing = { mailingId: null, organizerId: null, byUserId: null, role: null };

/** Notes that every device of these people is to be rung; it happens after the commit. */
export async function ring(
  tctx: TxCtx,
  people: readonly About[],
  { kind, key }: { kind: NoticeKind; key: string },
): Promise<void> {
  if (people.length === 0) return;
  const byUser = new Map(people.map((about) => [about.userId, about]));
  const at = tctx.now().toISOString();
  const devices = await repo.listRung(tctx.db, [...byUser.keys()]);
  const facts = devices.flatMap(({ id: deviceId, userId }) => {
    const about = byUser.get(userId);
    return about ? [rung({ deviceId, kind, key, at, ...nothing, ...about })] : [];
  });
  await record(tctx, ...facts);
}

const newsMs = 86_400_000;

/**
 * Rings a device: a browser that is no longer there is forgotten, a service that does not answer is tried again
 * as long as it is news.
 *
 * What it shows may stand on a locked screen for all to see. It names nothing, unless its owner has wished so.
 */
export async function ringDevice(ctx: Ctx, what: Rung): Promise<void> {
  if (ctx.now().getTime() - Date.parse(what.at) > newsMs) return;
  const device = await repo.findRingable(ctx.db, what.deviceId, ctx.now());
  // Somebody else has signed in there, or nobody is any more.
  if (device?.userId !== what.userId) return;
  const about = await repo.findAbout(ctx.db, what);
  if (!about) return;
  const { locale, showsTitles } = device;
  const { title, organizer, by } = about;
  const body = showsTitles
    ? say(locale, `notifications.says.${what.kind}`, { title, organizer, n: 1, by: by ?? "", role: what.role ?? "" })
    : say(locale, `notifications.rings.${topicOf(what.kind)}`);
  const topic = createHash("sha256").update(what.key).digest("base64url").slice(0, 32);
  const message = {
    title: await findHouse(ctx.db),
    body,
    lang: locale,
    tag: topic,
    path: pathOf(ctx, { ...what, ...about }),
  };
  const outcome = await ctx.gateways.push.send(device, message, { topic });
  if (outcome === "gone") await repo.deleteDevice(ctx.db, what.deviceId);
  if (outcome === "refused") ctx.log.warn({ deviceId: what.deviceId }, "the push service of a device refused a ring");
}

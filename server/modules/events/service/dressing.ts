import { randomUUIDv7 } from "node:crypto";

import type { EventView } from "#contract/events.ts";
import { mayEnter } from "#domain/entitlement/doors.ts";
import { findSpoken } from "#domain/language/choose.ts";
import { running } from "#domain/language/isolate.ts";
import { hueOf } from "#domain/look/tone.ts";
import { formatRange } from "#domain/time/format.ts";
import { strangerAt } from "#server/modules/access/service.ts";
import * as audit from "#server/modules/audit/service.ts";
import { type Preview, previewOf } from "#server/modules/events/preview.ts";
import * as repo from "#server/modules/events/repo/event.ts";
import { get } from "#server/modules/events/service/reading.ts";
import { insert, open } from "#server/modules/events/service/writing.ts";
import { discard, read, takePicture } from "#server/modules/files/service.ts";
import { copyQuestions } from "#server/modules/questions/service/lists.ts";
import { copyTicketTypes } from "#server/modules/registrations/service/ticket-types.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";
import { locales, say, timeWords } from "#server/platform/words.ts";

/** Gives an event a picture, painted anew; the one before goes. */
export async function setCover(ctx: Ctx, name: string, { bytes }: { bytes: Uint8Array }): Promise<EventView> {
  // Asked before the painting too, so that nobody makes us paint for an event that is not theirs.
  await inTx(ctx, (tctx) => open(tctx, name));
  const { id: coverId } = await takePicture(ctx, bytes, "cover");
  return dress(ctx, name, coverId);
}

/** The picture beside links to an event that strangers may see; of every other event there is none, whoever asks. */
export async function preview(ctx: Ctx, name: string): Promise<Uint8Array> {
  const stranger: Ctx = { ...ctx, actor: { kind: "anonymous" }, holds: [] };
  const row = await repo.findView(ctx.db, name, { now: ctx.now() });
  const question = row && strangerAt(stranger, { ...row, status: row.gatheringStatus });
  if (!row || !question || !mayEnter(question, "page").allowed) throw new Problem("event.not_found");
  const { coverId } = row;
  const picture = await previewOf(previewFrom(row), async () =>
    Buffer.concat(coverId === null ? [] : await Array.fromAsync(await read(stranger, coverId))),
  );
  ctx.reply.header("cache-control", "public, max-age=86400");
  return picture;
}

/** In the event's own language and zone, since one picture is for all. */
function previewFrom(row: repo.ViewRow): Preview {
  const { id, hue, coverId, title, startTime, endTime, timeZone } = row;
  const locale = findSpoken(locales, row.language) ?? "en";
  const words = (key: string) => say(locale, `events.card.${key}`, { place: row.placeName });
  const span = startTime && endTime && formatRange(startTime, endTime, timeZone, locale, timeWords(locale));
  const places = {
    virtual: words("online"),
    in_person: row.placeName || words("inPersonUnknown"),
    hybrid: running(words("placeAndOnline"), locale),
  };
  return {
    id,
    hue,
    coverId,
    title,
    when: [row.status === "cancelled" ? words("cancelled") : null, span].filter(Boolean).join(" · "),
    where: places[row.format],
    organizer: row.organizerName,
  };
}

/** Takes the picture away: the cover is drawn again. */
export const removeCover = (ctx: Ctx, name: string): Promise<EventView> => dress(ctx, name, null);

const dress = (ctx: Ctx, name: string, coverId: string | null): Promise<EventView> =>
  wear(ctx, name, (event) => ({ worn: { ...event, coverId }, gone: event.coverId }));

/** Gives somebody who speaks a picture; the one before goes. */
export async function setSpeakerPicture(
  ctx: Ctx,
  { id: name, speakerId }: { id: string; speakerId: string },
  { bytes }: { bytes: Uint8Array },
): Promise<EventView> {
  await inTx(ctx, async (tctx) => withPicture((await open(tctx, name)).event, speakerId, null));
  const { id } = await takePicture(ctx, bytes, "speaker");
  return wear(ctx, name, (event) => withPicture(event, speakerId, id));
}

export const removeSpeakerPicture = (ctx: Ctx, { id, speakerId }: { id: string; speakerId: string }) =>
  wear(ctx, id, (event) => withPicture(event, speakerId, null));

function withPicture(event: repo.EventRow, speakerId: string, pictureId: string | null) {
  const before = event.speakers.find(({ id }) => id === speakerId);
  if (!before) throw new Problem("speaker.not_found");
  const speakers = event.speakers.map((one) => (one === before ? { ...one, pictureId } : one));
  return { worn: { ...event, speakers }, gone: before.pictureId };
}

/** Changes which pictures an event shows, and throws away the one that it shows no longer. */
async function wear(
  ctx: Ctx,
  name: string,
  change: (event: repo.EventRow) => { worn: repo.EventRow; gone: string | null },
): Promise<EventView> {
  const { event, gone } = await inTx(ctx, async (tctx) => {
    const { event } = await open(tctx, name);
    const { worn, gone } = change(event);
    await repo.update(tctx.db, { ...worn, version: event.version + 1, updatedAt: tctx.now() });
    const fields = audit.fieldsOfChange(event, worn);
    await audit.record(tctx, "event.dressed", { kind: "event", id: event.id }, { new: { fields } });
    return { event, gone };
  });
  if (gone !== null) await discard(ctx, gone);
  return get(ctx, event.id);
}

/** Begins a draft that is like another event, tickets and cover included, but without its time and its people. */
export async function duplicate(ctx: Ctx, name: string): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const { event, whole } = await open(tctx, name);
    await refuseOutsiders(tctx, event.id);
    const copy = copyOf(event, userOf(tctx).userId, tctx.now());
    await insert(tctx, { ...whole, startTime: null, endTime: null, event: copy });
    await copyTicketTypes(tctx, event.id, copy.id);
    await copyQuestions(tctx, event.id, copy.id);
    return copy.id;
  });
  return get(ctx, id);
}

/** The copy is the organizer's, so a cohost of this one event would make what they may not even see. */
async function refuseOutsiders(tctx: TxCtx, eventId: string): Promise<void> {
  const { actor } = tctx;
  if (actor.kind === "user" && actor.isAdmin) return;
  const role = await repo.findRole(tctx.db, eventId, userOf(tctx).userId);
  if (role !== "owner") throw new Problem("auth.forbidden");
}

function copyOf(event: repo.EventRow, createdBy: string, now: Date): repo.EventRow {
  const id = randomUUIDv7();
  return {
    ...event,
    id,
    slug: `${event.slug.slice(0, 60).replace(/-+$/, "")}-${id.slice(-6)}`,
    // A colour that somebody has chosen stays.
    hue: event.coverId === null && event.hue === hueOf(event.id) ? hueOf(id) : event.hue,
    status: "draft",
    metadata: null,
    registrationOpensAt: null,
    registrationClosesAt: null,
    version: 1,
    createdBy,
    publishedAt: null,
    cancelledAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

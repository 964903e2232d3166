import { randomBytes, randomUUIDv7 } from "node:crypto";

import type { EventChange, EventDraft } from "#contract/event-input.ts";
import type { EventView } from "#contract/events.ts";
import { hasRight } from "#domain/entitlement/rights.ts";
import { disorderOf, type Lack, lacksOf } from "#domain/events/complete.ts";
import { isSlugOf, mayBeSlug, slugFrom } from "#domain/events/slug.ts";
import { type EventAction, moveEvent } from "#domain/events/states.ts";
import { findSpoken } from "#domain/language/choose.ts";
import { hueOf } from "#domain/look/tone.ts";
import * as audit from "#server/modules/audit/service.ts";
import * as facts from "#server/modules/events/facts.ts";
import * as repo from "#server/modules/events/repo/event.ts";
import { forgetSteps } from "#server/modules/events/repo/review.ts";
import { changedBy, type Whole, type Written } from "#server/modules/events/service/changing.ts";
import { get } from "#server/modules/events/service/reading.ts";
import { begunFrom } from "#server/modules/events/service/templates.ts";
import { discard } from "#server/modules/files/service.ts";
import * as changing from "#server/modules/gatherings/service/changing.ts";
import * as lifecycle from "#server/modules/gatherings/service/lifecycle.ts";
import * as planning from "#server/modules/gatherings/service/planning.ts";
import * as gatherings from "#server/modules/gatherings/service/reading.ts";
import * as organizers from "#server/modules/organizers/service.ts";
import { forgetQuestions } from "#server/modules/questions/service/lists.ts";
import { addTicketType, forgetTicketTypes, setCapacities } from "#server/modules/registrations/service/ticket-types.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";
import { locales, say } from "#server/platform/words.ts";

/** Begins an event: a draft that only its team sees, with a free ticket type; a title alone is enough, or a template beside it. */
export async function create(ctx: Ctx, { organizerId, ...asked }: EventDraft): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const organizer = await organizers.workFor(tctx, organizerId);
    const { draft, ticketTypes } = await begunFrom(tctx, organizer, asked);
    const written = await settle(tctx, changedBy(fresh(tctx, organizer, draft.title), draft), draft);
    await insert(tctx, written);
    const language = findSpoken(locales, written.event.language) ?? tctx.locale;
    const usual = { name: say(language, "events.defaults.ticketType") };
    for (const type of ticketTypes.length > 0 ? ticketTypes : [usual])
      await addTicketType(tctx, written.event.id, type);
    return written.event.id;
  });
  return get(ctx, id);
}

/** Writes a new event and its gathering. */
export async function insert(tctx: TxCtx, written: Written): Promise<void> {
  const { event } = written;
  refuseLacks(disorderOf({ ...event, ...written }));
  if (!(await repo.insert(tctx.db, event))) throw new Problem("event.slug_taken");
  await planning.plan(tctx, plannedBy(written), [timesOf(written)]);
  await audit.record(tctx, "event.begun", { kind: "event", id: event.id }, { new: { slug: event.slug } });
}

function fresh(tctx: TxCtx, organizer: organizers.Membership, title: string): Whole {
  const id = randomUUIDv7();
  const now = tctx.now();
  const event: repo.EventRow = {
    id,
    organizerId: organizer.id,
    slug: `${slugFrom(title)}-${mark()}`,
    title,
    summary: "",
    description: "",
    coverId: null,
    hue: hueOf(id),
    categoryId: null,
    kind: null,
    format: "virtual",
    visibility: "public",
    language: tctx.locale,
    status: "draft",
    placeName: "",
    placeAddress: "",
    placeNotes: "",
    tags: [],
    minimumAge: null,
    accessibility: "",
    conduct: "",
    contact: "",
    speakers: [],
    agenda: [],
    metadata: null,
    capacity: null,
    inPersonCapacity: null,
    virtualCapacity: null,
    registrationOpensAt: null,
    registrationClosesAt: null,
    needsApproval: false,
    hasWaitlist: true,
    version: 1,
    createdBy: userOf(tctx).userId,
    publishedAt: null,
    cancelledAt: null,
    createdAt: now,
    updatedAt: now,
  };
  const settings = planning.freshSettings(event.format);
  return {
    event,
    startTime: null,
    endTime: null,
    wallStart: null,
    wallEnd: null,
    timeZone: organizer.timeZone,
    settings,
  };
}

/**
 * Changes an event; what the change leaves out stays.
 *
 * A change that began from an older version is refused and says what is there now, so that neither is lost. What is
 * published stays fit to be published. Those who registered hear of another time, place, name or format.
 */
export async function change(
  ctx: Ctx,
  name: string,
  { version, overbook, notify, note, ...body }: EventChange,
): Promise<EventView> {
  const { id, dropped } = await inTx(ctx, async (tctx) => {
    const { event, row, whole } = await open(tctx, name);
    if (version !== undefined && version !== event.version) {
      throw new Problem("event.changed_meanwhile", { version: event.version, current: await get(tctx, event.id) });
    }
    if (event.status === "cancelled") throw new Problem("event.wrong_status");
    const written = await settle(tctx, changedBy(whole, body), body, event);
    refuseUnfit(tctx, row, { before: whole, after: written, asked: body });
    const changed = changedFields(whole, written);
    if (changed.length > 0)
      await write(tctx, row, {
        before: whole,
        after: written,
        changed,
        overbook,
        telling: tellingOf({ notify, note }),
      });
    const kept = new Set(picturesOf(written.event));
    return { id: event.id, dropped: picturesOf(event).filter((picture) => !kept.has(picture)) };
  });
  for (const picture of dropped) await discard(ctx, picture);
  return get(ctx, id);
}

async function write(
  tctx: TxCtx,
  row: repo.ViewRow,
  change: {
    before: Whole;
    after: Written;
    changed: readonly Field[];
    overbook?: boolean;
    telling: gatherings.Telling;
  },
): Promise<void> {
  const { before, after, changed, overbook, telling } = change;
  const event = { ...after.event, version: before.event.version + 1, updatedAt: tctx.now() };
  // Pools are locked before gatherings, here as everywhere.
  if (capacities.some((name) => changed.includes(name))) await resize(tctx, event, overbook);
  await repo.update(tctx.db, event);
  const isElsewhere = event.placeName !== before.event.placeName || event.placeAddress !== before.event.placeAddress;
  const hasTime = (["startTime", "endTime", "timeZone"] as const).some((name) => changed.includes(name));
  await changing.rewrite(tctx, {
    ...plannedBy(after),
    tells: isElsewhere && event.format !== "virtual",
    hosts: await repo.listHosts(tctx.db, event.id),
    telling,
    ...(hasTime ? { time: { gatheringId: row.gatheringId, times: timesOf(after) } } : {}),
  });
  await audit.record(tctx, "event.changed", { kind: "event", id: event.id }, loggedOf(changed, before, after));
}

/** Unless somebody says otherwise, people are told. */
export const tellingOf = ({ notify, note }: Pick<EventChange, "notify" | "note">): gatherings.Telling => ({
  isQuiet: notify === false,
  note: note ?? "",
});

const capacities = ["capacity", "inPersonCapacity", "virtualCapacity"] as const satisfies (keyof repo.EventRow)[];

async function resize(tctx: TxCtx, event: repo.EventRow, overbook?: boolean): Promise<void> {
  const sides = { inPerson: event.inPersonCapacity, virtual: event.virtualCapacity };
  for (const { id, ownCapacity } of await gatherings.listComing(tctx, event.id)) {
    await setCapacities(tctx, id, { total: ownCapacity ?? event.capacity, ...sides }, overbook);
  }
}

/** What is there for its team to change; locked until the transaction ends. */
export async function open(
  tctx: TxCtx,
  name: string,
): Promise<{ event: repo.EventRow; row: repo.ViewRow; whole: Whole }> {
  const event = await repo.lock(tctx.db, name);
  if (!event) throw new Problem("event.not_found");
  await refuseOthers(tctx, event);
  const row = await repo.findView(tctx.db, event.id, { now: tctx.now() });
  if (!row) throw new Error("An event has no gathering.");
  const { startTime, endTime, wallStart, wallEnd, timeZone, settings } = row;
  return { event, row, whole: { event, startTime, endTime, wallStart, wallEnd, timeZone, settings } };
}

async function refuseOthers(tctx: TxCtx, event: repo.EventRow): Promise<void> {
  const { actor } = tctx;
  if (actor.kind === "system" || (actor.kind === "user" && actor.isAdmin)) return;
  const role = await repo.findRole(tctx.db, event.id, userOf(tctx).userId);
  if (hasRight(role, "edit")) return;
  const isHidden = event.status === "draft" || event.status === "in_review" || event.visibility === "private";
  throw new Problem(isHidden && role === null ? "event.not_found" : "auth.forbidden");
}

/** Looks up what a change only names: the category, and an address that is free. */
async function settle(tctx: TxCtx, written: Written, asked: EventChange, before?: repo.EventRow): Promise<Written> {
  const categoryId = await categoryOf(tctx, asked, written.event.categoryId);
  const slug = await slugOf(tctx, written.event, asked, before);
  return { ...written, event: { ...written.event, categoryId, slug } };
}

async function categoryOf(tctx: TxCtx, asked: EventChange, now: string | null): Promise<string | null> {
  const { categoryId, category } = asked;
  if (categoryId === undefined && category === undefined) return now;
  const by = categoryId ? { id: categoryId } : category ? { slug: category } : null;
  if (!by) return null;
  const found = await repo.findCategory(tctx.db, by);
  if (!found) throw new Problem("category.not_found");
  return found.id;
}

const mark = () => randomBytes(3).toString("hex");

/** The address that was asked for; without one, a draft's follows its title until it is published. */
async function slugOf(tctx: TxCtx, event: repo.EventRow, asked: EventChange, before?: repo.EventRow): Promise<string> {
  // A form sends along the address that is there; only another one is a wish.
  if (asked.slug !== undefined && asked.slug !== before?.slug) {
    if (!mayBeSlug(asked.slug)) {
      throw new Problem("request.invalid", {
        fields: [{ at: "body.slug", code: "reserved" }],
      });
    }
    if (await repo.isSlugTaken(tctx.db, asked.slug)) throw new Problem("event.slug_taken");
    return asked.slug;
  }
  const follows = !before || (before.publishedAt === null && isSlugOf(before.slug, before.title));
  if (!follows || (before && isSlugOf(before.slug, event.title))) return event.slug;
  const plain = slugFrom(event.title);
  return (await repo.isSlugTaken(tctx.db, plain)) ? `${plain}-${mark()}` : plain;
}

interface Step {
  before: Whole;
  after: Written;
  asked: EventChange;
}

function refuseUnfit(tctx: TxCtx, row: repo.ViewRow, { before, after, asked }: Step): void {
  refuseLacks(disorderOf({ ...after.event, ...after }));
  if (after.event.status !== "published") return;
  const isSameTime = after.endTime?.getTime() === before.endTime?.getTime();
  const plan = { ...after.event, ...after, ticketTypes: row.ticketTypes.length };
  // An event that is over may still have its words mended.
  refuseLacks(lacksOf(plan, tctx.now(), asked).filter(({ code }) => !(isSameTime && code === "past")));
}

export function refuseLacks(lacks: readonly Lack[]): void {
  if (lacks.length === 0) return;
  const fields = lacks.map(({ at, code }) => ({
    at: `body.${at}`,
    code,
    key: `events.lacks.${at}.${code}` as const,
  }));
  throw new Problem("event.incomplete", { fields });
}

const plannedBy = ({ event, timeZone, settings }: Written) => ({
  sourceId: event.id,
  organizerId: event.organizerId,
  title: event.title,
  format: event.format,
  visibility: event.visibility,
  timeZone,
  settings,
});

function timesOf({ startTime, endTime, timeZone }: Written) {
  if (startTime && endTime) return planning.timesOf(startTime, endTime, timeZone);
  if (startTime || endTime) refuseLacks([{ at: startTime ? "endTime" : "startTime", code: "missing" }]);
  return null;
}

const flat = ({ event, ...rest }: Written) => ({ ...event, ...rest });
type Field = keyof ReturnType<typeof flat>;

function changedFields({ wallStart: _start, wallEnd: _end, ...before }: Whole, after: Written): Field[] {
  return audit.fieldsOfChange(flat(before), flat(after));
}

const logged = new Set<Field>([
  ...(["startTime", "endTime", "timeZone", "format", "visibility", "needsApproval", "hasWaitlist"] as const),
  ...(["capacity", "inPersonCapacity", "virtualCapacity", "registrationOpensAt", "registrationClosesAt"] as const),
]);

/** What changed, by name, and what decides who comes when, with its values: what people wrote is not for the log. */
function loggedOf(fields: readonly Field[], before: Written, after: Written): { old: object; new: object } {
  const pick = (from: ReturnType<typeof flat>) =>
    Object.fromEntries(fields.filter((name) => logged.has(name)).map((name) => [name, from[name]]));
  return { old: pick(flat(before)), new: { ...pick(flat(after)), fields } };
}

/** Cancels an event for good, unless it is over; everybody who registered is told, with the organizer's words. */
export async function cancel(ctx: Ctx, name: string, reason: string): Promise<EventView> {
  const id = await inTx(ctx, async (tctx) => {
    const { event } = await open(tctx, name);
    if (moves(event, "cancel") && !(await cancelNow(tctx, event, reason))) throw new Problem("event.wrong_status");
    return event.id;
  });
  return get(ctx, id);
}

/** The same in the caller's transaction, whoever they are; says whether something was still to come. */
export async function cancelNow(tctx: TxCtx, event: repo.EventRow, reason: string): Promise<boolean> {
  const now = tctx.now();
  const version = event.version + 1;
  await repo.update(tctx.db, { ...event, status: "cancelled", cancelledAt: now, updatedAt: now, version });
  const wasComing = await lifecycle.cancelAll(tctx, event.id, reason);
  await audit.record(tctx, "event.cancelled", { kind: "event", id: event.id });
  await record(tctx, facts.cancelled({ eventId: event.id }));
  return wasComing;
}

/** Whether this changes the event's status; refuses what may not be done in it. */
export function moves(event: repo.EventRow, action: EventAction): boolean {
  const move = moveEvent(event.status, action);
  if (!move.moved) throw new Problem(move.because);
  return move.changed;
}

/** The pictures that an event shows. */
const picturesOf = ({ coverId, speakers }: repo.EventRow): string[] =>
  [coverId, ...speakers.map(({ pictureId }) => pictureId)].filter((id) => id !== null);

async function forgetAll(tctx: TxCtx, eventId: string): Promise<boolean> {
  const all = await planning.lockAll(tctx, eventId);
  return planning.forget(
    tctx,
    all.map(({ id }) => id),
  );
}

/** Makes a draft disappear, with its pictures. What others have had to do with is cancelled instead, as what is published. */
export async function remove(ctx: Ctx, name: string): Promise<void> {
  const pictures = await inTx(ctx, async (tctx) => {
    const { event } = await open(tctx, name);
    if (event.status === "cancelled") return [];
    if (event.status === "published" || !(await forgetAll(tctx, event.id))) {
      await cancelNow(tctx, event, "");
      return [];
    }
    await forgetTicketTypes(tctx, event.id);
    await forgetQuestions(tctx, event.id);
    await forgetSteps(tctx.db, event.id);
    await repo.remove(tctx.db, event.id);
    await audit.record(tctx, "event.removed", { kind: "event", id: event.id }, { old: { slug: event.slug } });
    return picturesOf(event);
  });
  for (const picture of pictures) await discard(ctx, picture);
}

import { randomUUIDv7 } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { EventType, EventTypeChange, EventTypeInput, EventTypeRules } from "#contract/scheduling.ts";
import { type EventTypeRefusal, reachRefusals, refusalsOf } from "#domain/availability/event-type.ts";
import { slugFrom } from "#domain/events/slug.ts";
import { hueOf } from "#domain/look/tone.ts";
import { dayOf } from "#domain/time/days.ts";
import { dateAt } from "#domain/time/wall.ts";
import * as audit from "#server/modules/audit/service.ts";
import { listMine, mayAct, workFor } from "#server/modules/organizers/service.ts";
import { copyQuestions, saveQuestions } from "#server/modules/questions/service/lists.ts";
import { addSeats } from "#server/modules/registrations/service/booked.ts";
import { mayEdit, mayRead } from "#server/modules/scheduling/policy.ts";
import * as repo from "#server/modules/scheduling/repo/event-types.ts";
import * as hosts from "#server/modules/scheduling/repo/hosts.ts";
import { growSessions } from "#server/modules/scheduling/repo/waitlist.ts";
import { recurrenceRefusals } from "#server/modules/scheduling/service/recurrence.ts";
import { assertMayLead } from "#server/modules/scheduling/service/redirects.ts";
import { ensureSchedule } from "#server/modules/scheduling/service/schedules.ts";
import { hostOf, hostsOf, keepTeam } from "#server/modules/scheduling/service/teams.ts";
import { type Ctx, inTx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";
import { type FieldCode, type FieldFault, Problem } from "#server/platform/problem.ts";

const defaults: EventTypeRules = {
  minSchedulingNotice: 120,
  horizon: { type: "rollingDays", days: 60 },
  bufferTimeBefore: 0,
  bufferTimeAfter: 0,
  limits: {},
  maxBookingsPerInvitee: null,
  slotIntervalMinutes: 0,
  slotOffsetMinutes: 0,
  locationType: "video_call",
  locationDetails: "",
  phoneCaller: "host",
  needsApproval: false,
  pendingBlocks: true,
  enableWaitlist: false,
  changeNoticeMinutes: 0,
  recurrenceType: "none",
  recurrenceRule: "",
  maxOccurrences: null,
  recurrenceEndDate: null,
  redirectUrlAfterBooking: "",
  team: null,
  restriction: null,
  maxGuests: 5,
};

const ruleNames = Object.keys(defaults) as (keyof EventTypeRules)[];

/** The event types of an organizer, for its team. */
export async function listEventTypes(
  ctx: Ctx,
  {
    organizer_id: wanted,
    limit,
    cursor,
  }: { organizer_id?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: EventType[]; nextCursor: string | null }> {
  const mine = await listMine(ctx);
  const organizer = wanted === undefined ? mine[0] : mine.find(({ id }) => id === wanted);
  if (!organizer && wanted !== undefined) throw new Problem("organizer.not_found");
  if (!organizer) return { items: [], nextCursor: null };
  const [at = "", id = ""] = cursor === undefined ? [] : readCursor(cursor, ["instant", "id"]);
  const after = cursor === undefined ? null : { at, id };
  const rows = await repo.list(ctx.db, { organizerId: organizer.id, after, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: await viewsOf(ctx, items),
    nextCursor: last ? writeCursor([last.createdAt.toISOString(), last.id]) : null,
  };
}

export async function getEventType(ctx: Ctx, id: string): Promise<EventType> {
  return viewOf(ctx, await findForTeam(ctx, id));
}

/** An event type for its team; nobody else learns that there is one. */
export async function findForTeam(ctx: Ctx | TxCtx, id: string): Promise<repo.EventTypeRow> {
  const row = await repo.find(ctx.db, id);
  if (!row || row.deletedAt || !(await mayRead(ctx, row))) throw new Problem("event_type.not_found");
  return row;
}

/** Makes an event type that can be booked at once; the caller hosts it unless others are named. */
export function createEventType(ctx: Ctx, { organizerId, ...input }: EventTypeInput): Promise<EventType> {
  return inTx(ctx, async (tctx) => {
    const organizer = await workFor(tctx, organizerId);
    const { userId } = userOf(tctx);
    const id = randomUUIDv7();
    await ensureSchedule(tctx, userId);
    const fresh = {
      id,
      organizerId: organizer.id,
      slug: input.eventTypeSlug ?? (await freeSlug(tctx, organizer.id, input.name)),
      name: input.name,
      description: "",
      hue: hueOf(id),
      timeZone: (await hosts.listSchedules(tctx.db, userId))[0]?.timeZone ?? organizer.timeZone,
      durations: [30],
      maxAttendees: 1,
      isActive: true,
      isPrivate: false,
      rules: defaults,
      createdBy: userId,
      hosts: [],
    };
    await write(tctx, fresh, { hosts: [{ userId }], ...input });
    await audit.record(tctx, "event_type.made", { kind: "event_type", id });
    await ask(tctx, id, input);
    return getWritten(tctx, id);
  });
}

/** Changes an event type; what is booked stands. An address it had before leads to the new one. */
export function changeEventType(ctx: Ctx, id: string, change: EventTypeChange): Promise<EventType> {
  return editing(ctx, id, async (tctx, before) => {
    const saved = await write(tctx, before, change);
    await auditChange(tctx, before, saved);
    await ask(tctx, id, change);
  });
}

/** Writes an event type anew: what is left out gets its default; address, hosts and switches stay. */
export function replaceEventType(ctx: Ctx, id: string, input: EventTypeChange): Promise<EventType> {
  return editing(ctx, id, async (tctx, before) => {
    const plain = { ...before, description: "", durations: [30], maxAttendees: 1, rules: defaults };
    const saved = await write(tctx, plain, input, before.slug);
    await auditChange(tctx, before, saved);
    await ask(tctx, id, input);
  });
}

/** Makes another event type like one, under a name of its own; it cannot be booked before it is switched on. */
export function duplicateEventType(ctx: Ctx, id: string): Promise<EventType> {
  return inTx(ctx, async (tctx) => {
    const like = await findForTeam(tctx, id);
    const { userId } = userOf(tctx);
    const names = await repo.listNames(tctx.db, like.organizerId);
    const name = firstFree((n) => `${like.name.slice(0, 180)} (${n + 1})`, names);
    const copy = { ...savedOf(like), id: randomUUIDv7(), name, createdBy: userId, isActive: false };
    const slug = await freeSlug(tctx, like.organizerId, name);
    await write(tctx, { ...copy, slug, hosts: [] }, { hosts: like.hosts });
    await copyQuestions(tctx, id, copy.id);
    await audit.record(tctx, "event_type.made", { kind: "event_type", id: copy.id }, { new: { like: id } });
    return getWritten(tctx, copy.id);
  });
}

/** Takes an event type away: nobody can book it any more, its bookings stand, and it can be restored. */
export async function deleteEventType(ctx: Ctx, id: string): Promise<void> {
  await inTx(ctx, async (tctx) => {
    const row = await lockToEdit(tctx, id);
    if (row.deletedAt) throw new Problem("event_type.not_found");
    await repo.setDeleted(tctx.db, id, tctx.now());
    await audit.record(tctx, "event_type.deleted", { kind: "event_type", id });
  });
}

/** Takes back that an event type was deleted; not while another has its name or address. */
export function restoreEventType(ctx: Ctx, id: string): Promise<EventType> {
  return inTx(ctx, async (tctx) => {
    const row = await lockToEdit(tctx, id);
    if (row.deletedAt) {
      const answer = await repo.setDeleted(tctx.db, id, null);
      if (answer !== "saved") throw new Problem(`event_type.${answer}_taken`);
      await audit.record(tctx, "event_type.restored", { kind: "event_type", id });
    }
    return getWritten(tctx, id);
  });
}

function auditChange(tctx: TxCtx, before: repo.Saved, after: repo.Saved): Promise<void> {
  const flat = ({ rules, ...row }: repo.Saved) => ({ ...row, ...rules });
  const fields = audit.fieldsOfChange(flat(savedOf(before)), flat(savedOf(after)));
  return audit.record(tctx, "event_type.changed", { kind: "event_type", id: after.id }, { new: { fields } });
}

function editing(
  ctx: Ctx,
  id: string,
  edit: (tctx: TxCtx, before: repo.EventTypeRow) => Promise<void>,
): Promise<EventType> {
  return inTx(ctx, async (tctx) => {
    const before = await lockToEdit(tctx, id);
    if (before.deletedAt) throw new Problem("event_type.not_found");
    await edit(tctx, before);
    return getWritten(tctx, id);
  });
}

async function ask(tctx: TxCtx, id: string, { questions }: EventTypeChange): Promise<void> {
  if (questions) await saveQuestions(tctx, { kind: "event_type", id }, { questions });
}

export async function lockToEdit(tctx: TxCtx, id: string): Promise<repo.EventTypeRow> {
  const row = await repo.lock(tctx.db, id);
  if (!row || !(await mayRead(tctx, row))) throw new Problem("event_type.not_found");
  if (!(await mayEdit(tctx, row))) throw new Problem("auth.forbidden");
  return row;
}

async function getWritten(tctx: TxCtx, id: string): Promise<EventType> {
  const row = await repo.find(tctx.db, id);
  if (!row) throw new Error("An event type that was written is not there.");
  return viewOf(tctx, row);
}

/** Writes what is there with what is said over it, once all of it goes together. */
async function write(
  tctx: TxCtx,
  before: repo.Saved,
  said: EventTypeChange,
  slugBefore: string | undefined = before.slug,
): Promise<repo.Saved> {
  const named = said.hosts ? await hostsOf(tctx, before.organizerId, said.hosts) : before.hosts;
  const after: repo.Saved = {
    ...savedOf(before),
    name: said.name ?? before.name,
    slug: said.eventTypeSlug ?? before.slug,
    description: said.description ?? before.description,
    hue: said.hue ?? before.hue,
    timeZone: said.timeZone ?? before.timeZone,
    durations: durationsOf(before.durations, said),
    maxAttendees: said.maxAttendees ?? before.maxAttendees,
    isActive: said.isActive ?? before.isActive,
    isPrivate: said.isPrivate ?? before.isPrivate,
    rules: rulesOf(before.rules, said),
    hosts: named,
  };
  assertFits(after, reachSaid(tctx, before.rules, after));
  await assertMayLead(tctx, before.rules.redirectUrlAfterBooking, after.rules.redirectUrlAfterBooking);
  const answer = await repo.save(tctx.db, after, tctx.now());
  if (answer !== "saved") throw new Problem(`event_type.${answer}_taken`);
  await keepTeam(tctx, after.id, before.hosts, after.hosts);
  if (after.maxAttendees > before.maxAttendees) {
    const sessions = await growSessions(tctx.db, after.id, after.maxAttendees, tctx.now());
    if (sessions.length > 0) await addSeats(tctx, sessions, after.maxAttendees);
  }
  if (slugBefore !== after.slug) await repo.keepSlug(tctx.db, after.organizerId, slugBefore, after.id);
  return after;
}

function durationsOf(before: readonly number[], { duration, durations }: EventTypeChange): number[] {
  const all = durations ?? (duration === undefined ? before : [duration, ...before.slice(1)]);
  return [...new Set(duration === undefined ? all : [duration, ...all])];
}

function rulesOf(before: EventTypeRules, said: EventTypeChange): EventTypeRules {
  const given = Object.fromEntries(ruleNames.flatMap((name) => (said[name] === undefined ? [] : [[name, said[name]]])));
  const rules: EventTypeRules = { ...before, ...given };
  const { maxSchedulingHorizon: minutes, maxBookingsPerDay: perDay } = said;
  if (minutes !== undefined) rules.horizon = minutes === null ? null : { type: "minutes", minutes };
  if (perDay !== undefined) rules.limits = { ...rules.limits, perDay: perDay ?? undefined };
  return rules;
}

/** What is wrong with how soon and how far ahead; what stands since before is not asked again, as days go by. */
function reachSaid(tctx: TxCtx, before: EventTypeRules, { rules, timeZone }: repo.Saved): EventTypeRefusal[] {
  const { minSchedulingNotice: noticeMinutes, horizon } = rules;
  if (noticeMinutes === before.minSchedulingNotice && isDeepStrictEqual(horizon, before.horizon)) return [];
  return reachRefusals({ noticeMinutes, horizon: horizon ?? undefined, today: dayOf(dateAt(tctx.now(), timeZone)) });
}

/** Refuses settings that do not go together, naming each field that is in the way. */
function assertFits(
  { durations, maxAttendees, rules, hosts: team }: repo.Saved,
  more: readonly EventTypeRefusal[],
): void {
  const { bufferTimeBefore, bufferTimeAfter, limits } = rules;
  const refusals = refusalsOf({
    durations,
    bufferBeforeMinutes: bufferTimeBefore,
    bufferAfterMinutes: bufferTimeAfter,
    limits,
  });
  const fields = [...refusals, ...more].map((refusal): FieldFault => {
    if (refusal.because === "notice_beyond_horizon") return field("minSchedulingNotice", refusal.because);
    if (refusal.because === "buffer_exceeds_duration")
      return field(refusal.buffer === "before" ? "bufferTimeBefore" : "bufferTimeAfter", refusal.because);
    return refusal.because === "limits_decrease"
      ? field(`limits.${refusal.to}`, refusal.because)
      : field("durations", refusal.because);
  });
  const needsDetails = rules.locationType === "custom" || rules.locationType === "in_person";
  const isCalled = rules.locationType === "phone_call" && rules.phoneCaller === "invitee";
  if ((needsDetails || isCalled) && rules.locationDetails === "") fields.push(field("locationDetails", "required"));
  if (maxAttendees > 1 && team.length > 1) fields.push(field("hosts", "one_host_for_groups"));
  if (maxAttendees === 1 && rules.enableWaitlist) fields.push(field("enableWaitlist", "only_for_groups"));
  if (maxAttendees > 1 && rules.needsApproval) fields.push(field("needsApproval", "not_for_groups"));
  if (team.length > 1 && rules.team === null) fields.push(field("team", "required"));
  fields.push(...recurrenceRefusals(rules).map(({ name, code }) => field(name, code)));
  if (fields.length > 0) throw new Problem("event_type.invalid", { fields });
}

const field = (name: string, code: FieldCode): FieldFault => ({
  at: `body.${name}`,
  code,
});

async function freeSlug(tctx: TxCtx, organizerId: string, name: string): Promise<string> {
  const base = slugFrom(name, "meeting").slice(0, 50).replace(/-+$/, "");
  const taken = await repo.listSlugs(tctx.db, organizerId, base);
  return firstFree((n) => (n === 0 ? base : `${base}-${n + 1}`), taken);
}

function firstFree(make: (n: number) => string, taken: readonly string[]): string {
  const known = new Set(taken);
  let n = 0;
  while (known.has(make(n).toLowerCase())) n++;
  return make(n);
}

const savedOf = (row: repo.Saved): repo.Saved => {
  const { id, organizerId, slug, name, description, hue, timeZone, durations, maxAttendees } = row;
  const { isActive, isPrivate, rules, createdBy, hosts: team } = row;
  const short = { id, organizerId, slug, name, description, hue, timeZone, durations, maxAttendees };
  return { ...short, isActive, isPrivate, rules, createdBy, hosts: team };
};

const viewOf = async (ctx: Ctx | TxCtx, row: repo.EventTypeRow): Promise<EventType> => {
  const [view] = await viewsOf(ctx, [row]);
  if (!view) throw new Error("An event type has no view.");
  return view;
};

async function viewsOf(ctx: Ctx | TxCtx, rows: readonly repo.EventTypeRow[]): Promise<EventType[]> {
  const ids = rows.map(({ id }) => id);
  const uses = await repo.countUse(ctx.db, ids, ctx.now());
  const isAdmin = rows[0] ? await mayAct(ctx, rows[0].organizerId, "admin") : false;
  const { userId } = userOf(ctx);
  return rows.map((row) => {
    const { rules, organizerId, organizerSlug, name, slug, description, hue, timeZone, durations } = row;
    return {
      ...rules,
      ...{ id: row.id, organizerId, organizerSlug, name, eventTypeSlug: slug, description, hue, timeZone, durations },
      duration: durations[0] ?? 30,
      maxAttendees: row.maxAttendees,
      isActive: row.isActive,
      isPrivate: row.isPrivate,
      maxSchedulingHorizon: rules.horizon?.type === "minutes" ? rules.horizon.minutes : null,
      maxBookingsPerDay: rules.limits.perDay ?? null,
      confirmationWorkflow: null,
      reminderWorkflow: null,
      cancellationWorkflow: null,
      hosts: row.hosts.map(hostOf),
      url: `${ctx.settings.publicUrl}/${organizerSlug}/${slug}`,
      mayEdit: isAdmin || row.createdBy === userId,
      use: { total: uses.get(row.id)?.total ?? 0, upcoming: uses.get(row.id)?.upcoming ?? 0 },
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}

import type { HostConflict } from "#contract/event-team.ts";
import type { Category, EventView } from "#contract/events.ts";
import type { OrganizedEvent, OrganizedQuery } from "#contract/organize.ts";
import { mayEnter } from "#domain/entitlement/doors.ts";
import { allRights } from "#domain/entitlement/rights.ts";
import { wordsOf } from "#domain/events/search.ts";
import { hasRightIn, standingAt, strangerAt } from "#server/modules/access/service.ts";
import * as repo from "#server/modules/events/repo/event.ts";
import * as lists from "#server/modules/events/repo/list.ts";
import { reviewOf } from "#server/modules/events/service/reviews.ts";
import { categoryIn, organizedOf, type Team, viewOf } from "#server/modules/events/service/views.ts";
import * as organizers from "#server/modules/organizers/service.ts";
import { type Ctx, type TxCtx, userOf } from "#server/platform/ctx.ts";
import { readCursor, writeCursor } from "#server/platform/cursor.ts";
import { Problem } from "#server/platform/problem.ts";

/** An event for whoever may see its page; to everybody else there is none. */
export async function get(ctx: Ctx | TxCtx, name: string, occurrenceId?: string): Promise<EventView> {
  const now = ctx.now();
  const row = await repo.findView(ctx.db, name, { occurrenceId, now });
  if (!row) throw new Problem(await missing(ctx, name, occurrenceId));
  return viewOf(row, { now, locale: ctx.locale, team: await teamOf(ctx, row) });
}

const minute = 60_000;

/**
 * Changes with everything a stranger sees at the address of an event's page; undefined for every other address.
 *
 * With each minute too: what such a page says of time ("opens in …", "is on now") turns on full minutes.
 */
export async function versionOfPage(ctx: Ctx, address: string): Promise<string | undefined> {
  const { pathname, searchParams } = new URL(address, ctx.settings.publicUrl);
  const name = /^\/events\/([a-z0-9-]+)\/?$/.exec(pathname)?.[1];
  if (name === undefined) return undefined;
  const occurrenceId = searchParams.get("occurrence_id") ?? undefined;
  if (occurrenceId !== undefined && !repo.isUuid.test(occurrenceId)) return undefined;
  const now = ctx.now();
  const version = await repo.findVersion(ctx.db, name, { occurrenceId, now });
  return version && `${version} ${Math.floor(now.getTime() / minute)}`;
}

/** Only who may know of the event learns that it has no such occurrence. */
async function missing(ctx: Ctx | TxCtx, name: string, occurrenceId?: string) {
  if (occurrenceId === undefined) return "event.not_found";
  await get(ctx, name);
  return "gathering.not_found";
}

/** What the caller may see of an event beside its page; refuses those who may not even see that. */
async function teamOf(ctx: Ctx | TxCtx, row: repo.ViewRow): Promise<Team | null> {
  const stranger = strangerAt(ctx, { ...row, status: row.gatheringStatus });
  if (stranger) {
    if (!mayEnter(stranger, "page").allowed) throw new Problem("event.not_found");
    return null;
  }
  const known = await standingAt(ctx, row.gatheringId);
  if (!known || !mayEnter(known.question, "page").allowed) throw new Problem("event.not_found");
  const { standing } = known.question;
  if (standing.isBanned || (standing.role === null && !standing.isAdmin)) return null;
  const may = allRights.filter((right) => hasRightIn(standing, right));
  const mayEdit = may.includes("edit");
  return {
    role: standing.role,
    mayEdit,
    may,
    people: await repo.countPeople(ctx.db, row.id, ctx.now()),
    review: await reviewOf(ctx, row.id),
    conflicts: mayEdit ? await conflictsOf(ctx, row) : [],
  };
}

/** What else its hosts have at its times. What belongs to another organizer is named to the host alone. */
async function conflictsOf(ctx: Ctx | TxCtx, { id, organizerId }: repo.ViewRow): Promise<HostConflict[]> {
  const reader = "userId" in ctx.actor ? ctx.actor.userId : null;
  const rows = await lists.listConflicts(ctx.db, id, ctx.now());
  return rows.map(({ title, startTime, endTime, hostId, otherOrganizerId, ...row }) => ({
    ...row,
    title: hostId === reader || otherOrganizerId === organizerId ? title : null,
    startTime: startTime.toISOString(),
    endTime: endTime.toISOString(),
  }));
}

function nextCursor<R>(rows: readonly R[], limit: number, keyOf: (row: R) => string[]): string | null {
  const last = rows[limit - 1];
  return rows.length > limit && last ? writeCursor(keyOf(last)) : null;
}

function keyIn(cursor: string | undefined): [string, string] | null {
  if (cursor === undefined) return null;
  const [at = "", id = ""] = readCursor(cursor, ["instant", "id"]);
  return [at, id];
}

/** The categories, in the order in which they are shown. */
export const listCategories = async (ctx: Ctx): Promise<Category[]> =>
  (await repo.listCategories(ctx.db)).map((category) => categoryIn(ctx.locale, category));

/** The events that the caller runs, whatever their state; the one last changed first, of what is still to come the soonest. */
export async function listOrganized(
  ctx: Ctx,
  query: OrganizedQuery,
): Promise<{ items: OrganizedEvent[]; nextCursor: string | null }> {
  const key = keyIn(query.cursor);
  const now = ctx.now();
  const rows = await lists.listOrganized(ctx.db, {
    scope: await scopeOf(ctx, query.organizer_id),
    now,
    words: wordsOf(query.q ?? ""),
    show: query.show,
    after: key && { at: key[0], id: key[1] },
    limit: query.limit + 1,
  });
  return {
    items: rows.slice(0, query.limit).map((row) => organizedOf(row, { now, locale: ctx.locale })),
    nextCursor: nextCursor(rows, query.limit, (row) => lists.placeOf(query.show, row)),
  };
}

const shownAtOnce = 5;

/** What is next of what the caller runs, what is unfinished, and how much there is. */
export async function overview(ctx: Ctx, organizerId?: string) {
  const scope = await scopeOf(ctx, organizerId);
  const now = ctx.now();
  const some = { scope, now, words: [], after: null, limit: shownAtOnce };
  const next = await lists.listOrganized(ctx.db, { ...some, show: "upcoming" });
  const drafts = await lists.listOrganized(ctx.db, { ...some, show: "drafts" });
  return {
    next: next.map((row) => organizedOf(row, { now, locale: ctx.locale })),
    drafts: drafts.map((row) => organizedOf(row, { now, locale: ctx.locale })),
    counts: await lists.countOrganized(ctx.db, scope, now),
  };
}

/** One organizer of the caller's; where none is named, all of them and the events that the caller is named for. */
async function scopeOf(ctx: Ctx, organizerId?: string): Promise<lists.Scope> {
  const { userId } = userOf(ctx);
  const mine = (await organizers.listMine(ctx)).map(({ id }) => id);
  if (organizerId === undefined) return { organizerIds: mine, userId, isNamed: true };
  if (!mine.includes(organizerId)) throw new Problem("organizer.not_found");
  return { organizerIds: [organizerId], userId, isNamed: false };
}

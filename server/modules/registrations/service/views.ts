import { fileUrl } from "#contract/files.ts";
import type { OwnPlacesQuery } from "#contract/own-places.ts";
import type { Registration, RegistrationDetail } from "#contract/registrations.ts";
import { isNothing, leftOf, type Said } from "#domain/entitlement/terms.ts";
import { otherSides } from "#domain/registrations/places.ts";
import { mayChangeHands, type Seat } from "#domain/registrations/seats.ts";
import { isLiving, placeOf } from "#domain/registrations/states.ts";
import { findTermsFor, standingAt } from "#server/modules/access/service.ts";
import { get as getGathering, icsWriter } from "#server/modules/gatherings/service/reading.ts";
import { isHolder, mayDecide, mayRead } from "#server/modules/registrations/policy.ts";
import * as repo from "#server/modules/registrations/repo/views.ts";
import { codesOf, drawCode } from "#server/modules/registrations/service/codes.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { linkToken, readLinkToken } from "#server/platform/links.ts";
import { Problem } from "#server/platform/problem.ts";

export type { ViewRow } from "#server/modules/registrations/repo/views.ts";

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

type OccasionRow = Pick<
  repo.ViewRow,
  | "eventId"
  | "gatheringId"
  | "slug"
  | "title"
  | "language"
  | "hue"
  | "coverId"
  | "format"
  | "gatheringStatus"
  | "cancelReason"
  | "startTime"
  | "endTime"
  | "timeZone"
  | "placeName"
  | "placeAddress"
  | "placeNotes"
  | "organizerName"
  | "organizerSlug"
>;

/** A registration as its holder and the team see it. */
export function registrationOf(row: repo.ViewRow): Registration {
  return {
    id: row.id,
    eventId: row.eventId,
    occurrenceId: row.gatheringId,
    status: row.status,
    attendance: row.attendance,
    side: row.side,
    ...changesOf(row),
    name: row.name,
    isUnnamed: row.personId === null,
    email: row.email ?? "",
    ticketType: row.ticketTypeId === null ? null : { id: row.ticketTypeId, name: row.ticketTypeName ?? "" },
    position: row.position,
    offerEndsAt: iso(row.offerEndsAt),
    note: row.note,
    registeredAt: row.createdAt.toISOString(),
    cancelledAt: iso(row.cancelledAt),
    event: occasionOf(row),
  };
}

/** The other ways in which whoever has a place may come. */
export const changesOf = (row: Parameters<typeof otherSides>[0] & Pick<repo.ViewRow, "status" | "fullWays">) =>
  row.status === "confirmed" ? otherSides(row, row.fullWays) : { otherSides: [], fullSides: [] };

/** What somebody comes to, as pages tell of it. */
export const occasionOf = (row: OccasionRow): Registration["event"] => ({
  eventId: row.eventId,
  gatheringId: row.gatheringId,
  slug: row.slug,
  title: row.title,
  language: row.language,
  hue: row.hue,
  coverUrl: row.coverId === null ? null : fileUrl(row.coverId, 640),
  format: row.format,
  status: row.gatheringStatus,
  cancelReason: row.cancelReason,
  startTime: row.startTime.toISOString(),
  endTime: row.endTime.toISOString(),
  timeZone: row.timeZone,
  placeName: row.placeName,
  placeAddress: row.placeAddress,
  placeNotes: row.placeNotes,
  organizerName: row.organizerName,
  organizerSlug: row.organizerSlug,
});

async function detailOf(ctx: Ctx, row: repo.ViewRow): Promise<RegistrationDetail> {
  const seats = row.personId === null ? [] : await repo.listUnnamed(ctx.db, row.gatheringId, row.personId);
  return {
    ...registrationOf(row),
    ticket: ticketOf(ctx, row),
    cancelledBy: row.cancelledBy,
    party: row.others.map((name) => ({ name })),
    seats: seats.map((seat) => {
      const { id, name, side, status } = seat;
      return { id, name, side, status, claimUrl: claimLinkTo(ctx, seat) };
    }),
    listing: { isListed: row.isListed, displayName: row.displayName },
    claimUrl: mayChangeHands(seatOf(row, ctx.now()), "attendee").allowed ? claimLinkTo(ctx, row) : null,
    terms: await termsOf(ctx, row),
  };
}

/** What was said to the terms with one registration. */
export const saidOf = ({ acceptedConduct, confirmedAge }: repo.ViewRow): Said => ({
  conducts: [acceptedConduct],
  age: confirmedAge,
});

/** What its holder has still to accept: asked of nobody else. */
async function termsOf(ctx: Ctx, row: repo.ViewRow): Promise<RegistrationDetail["terms"]> {
  if (isNothing(leftOf(row, saidOf(row))) || !isLiving(row.status) || !isHolder(ctx, row)) return null;
  const known = await standingAt(ctx, row.gatheringId);
  const terms = known ? await findTermsFor(ctx, row.gatheringId, known) : null;
  return terms && { ...terms, registrationId: row.id };
}

/** A registration as the rules of handing on see it. */
export const seatOf = (row: repo.ViewRow, now: Date): Seat => ({
  status: row.status,
  isUnnamed: row.personId === null,
  wasThere: row.attendance === "attended",
  isCancelled: row.gatheringStatus === "cancelled",
  isOver: row.endTime <= now,
  isShutOut: row.isShutOut,
  isByChoice: row.needsApproval || row.visibility === "invite_only" || row.visibility === "private",
});

/** The address that hands a seat on. Its version is the code's: both die when the seat changes hands. */
const claimLinkTo = (ctx: Pick<Ctx, "settings">, { id, codeVersion }: repo.ViewRow): string =>
  `${ctx.settings.publicUrl}/claim/${linkToken(ctx.settings.secrets.links, { kind: "claim", id, version: codeVersion ?? 0 })}`;

/** The seat that a link hands on now; whoever shows it needs no other right. */
export async function findClaimed(ctx: Ctx, token: string): Promise<repo.ViewRow> {
  const link = readLinkToken(ctx.settings.secrets.links, token);
  const row = link?.kind === "claim" ? await repo.findView(ctx.db, link.id) : undefined;
  const isGood = row && row.codeVersion === link?.version && mayChangeHands(seatOf(row, ctx.now()), "attendee").allowed;
  if (!isGood) throw new Problem("auth.link_invalid");
  return row;
}

/** What the door reads: only while the place is taken. */
export function ticketOf(ctx: Pick<Ctx, "settings">, row: repo.ViewRow): RegistrationDetail["ticket"] {
  if (placeOf(row.status) !== "taken" || row.ticketId === null || row.codeVersion === null) return null;
  return codesOf(ctx, row.ticketId, row.codeVersion);
}

/** Finds a registration for its holder, or for the team where it may know of it. Nobody else learns that there is one. */
export async function findFor(
  ctx: Ctx,
  id: string,
  mayTeam: (ctx: Ctx, gatheringId: string) => Promise<boolean> = mayRead,
): Promise<{ row: repo.ViewRow; isOwn: boolean }> {
  const row = await repo.findView(ctx.db, id);
  if (row && (isHolder(ctx, row) || (await tookIt(ctx, row)))) return { row, isOwn: true };
  if (row && (await mayTeam(ctx, row.gatheringId))) return { row, isOwn: false };
  throw new Problem("registration.not_found");
}

/** A seat without a name is theirs who took it. */
async function tookIt(ctx: Ctx, { personId, registeredBy, gatheringId }: repo.ViewRow): Promise<boolean> {
  if (personId !== null || registeredBy === null) return false;
  if ("personId" in ctx.actor && ctx.actor.personId === registeredBy) return true;
  const ids = ctx.holds.filter(({ of }) => of === "registration").map(({ id }) => id);
  return ids.length > 0 && repo.isHeldBy(ctx.db, ids, gatheringId, registeredBy);
}

/** One registration, for its holder and the team; those who only read lists get no code and no link that would be theirs. */
export async function get(ctx: Ctx, id: string): Promise<RegistrationDetail> {
  const { row, isOwn } = await findFor(ctx, id);
  const detail = await detailOf(ctx, row);
  if (isOwn || (await mayDecide(ctx, row.gatheringId))) return detail;
  return { ...detail, ticket: null, seats: [], claimUrl: null };
}

/** The same for a registration that the caller has just made or moved. */
export async function getDetail(ctx: Ctx, id: string): Promise<RegistrationDetail> {
  const row = await repo.findView(ctx.db, id);
  if (!row) throw new Problem("registration.not_found");
  return detailOf(ctx, row);
}

export const findOwnAddress = (ctx: Ctx, personId: string) => repo.findAddress(ctx.db, personId);

const holderOf = (ctx: Ctx): repo.Holder => ({
  personId: "personId" in ctx.actor ? ctx.actor.personId : null,
  ids: ctx.holds.filter(({ of }) => of === "registration").map(({ id }) => id),
});

/** The caller's living registrations at one gathering. */
export async function listMine(ctx: Ctx, gatheringId: string): Promise<Registration[]> {
  const holder = holderOf(ctx);
  if (holder.personId === null && holder.ids.length === 0) return [];
  return (await repo.listHeldAt(ctx.db, gatheringId, holder)).map(registrationOf);
}

/** The caller's registrations: what is to come soonest first, else newest first. */
export async function listHeld(ctx: Ctx, { when, before, limit, cursor }: OwnPlacesQuery) {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const filter = { when, before: before ? new Date(before) : null, after, limit: limit + 1, now: ctx.now() };
  const rows = await repo.listHeld(ctx.db, holderOf(ctx), filter);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items: items.map(registrationOf), nextCursor: last ? cursorOf(last.startTime, last.id) : null };
}

/** A place in a list ordered by time and id. */
export const cursorOf = (at: Date, id: string): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString("base64url");

export function readCursor(cursor: string): repo.Key {
  const [time = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  const at = new Date(time);
  if (Number.isNaN(at.getTime()) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    throw new Problem("request.invalid", {
      fields: [{ at: "query.cursor", code: "cursor" }],
    });
  return { at, id };
}

const linksCookie = "plenary_links";
const mostLinks = 20;
const hourMs = 3_600_000;

/** Opens a guest's own page: this browser holds the registration from now on, until two hours after the end. */
export async function openLink(ctx: Ctx, token: string): Promise<RegistrationDetail> {
  const link = readLinkToken(ctx.settings.secrets.links, token);
  const row = link?.kind === "registration" ? await repo.findView(ctx.db, link.id) : undefined;
  if (!row || row.linkVersion !== link?.version) throw new Problem("auth.link_invalid");
  await keepLink(ctx, row.id);
  return detailOf(ctx, row);
}

/** This browser holds a registration from now on, until two hours after its end. */
export async function keepLink(ctx: Ctx, registrationId: string): Promise<void> {
  const held = new Set([registrationId, ...ctx.holds.map(({ id }) => id)]);
  const links = await repo.listLinks(ctx.db, [...held]);
  const newest = [
    ...links.filter(({ id }) => id === registrationId),
    ...links.filter(({ id }) => id !== registrationId),
  ].slice(0, mostLinks);
  const until = Math.max(...newest.map(({ endTime }) => endTime.getTime())) + 2 * hourMs;
  const seconds = Math.max(3600, Math.ceil((until - ctx.now().getTime()) / 1000));
  ctx.reply.setCookie(linksCookie, newest.map((one) => tokenOf(ctx, one)).join("~"), seconds);
  ctx.reply.hold({ of: "registration", id: registrationId });
}

const tokenOf = (ctx: Pick<Ctx, "settings">, { id, version }: { id: string; version: number }) =>
  linkToken(ctx.settings.secrets.links, { kind: "registration", id, version });

/** The address of a guest's own page, for letters. */
export const linkTo = (ctx: Pick<Ctx, "settings">, row: repo.ViewRow): string =>
  `${ctx.settings.publicUrl}/t/${tokenOf(ctx, { id: row.id, version: row.linkVersion })}`;

/** The QR code of a ticket as a picture. */
export async function code(ctx: Ctx, id: string): Promise<string> {
  const { row } = await findFor(ctx, id, mayDecide);
  const ticket = ticketOf(ctx, row);
  if (!ticket) throw new Problem("registration.wrong_status", { registrationStatus: row.status });
  return drawCode(ticket.code);
}

/** The entry holds the link of the holder, so it is for nobody else, the team neither. */
export async function calendar(ctx: Ctx, id: string): Promise<string> {
  const { row } = await findFor(ctx, id, async () => false);
  const entry = await calendarFor(ctx, row);
  if (entry === undefined) throw new Problem("registration.wrong_status", { registrationStatus: row.status });
  ctx.reply.header("content-disposition", 'attachment; filename="event.ics"');
  return entry;
}

/**
 * The calendar entry of a registration; it leads to its holder's own page. Of a place that was given up it takes the entry
 * away, and whoever comes back gets one that is newer still. Nothing for whoever never had a place, or has another.
 */
export async function calendarFor(ctx: Ctx | TxCtx, row: repo.ViewRow): Promise<string | undefined> {
  return (await calendarsFor(ctx, row.gatheringId, [row])).get(row.id);
}

/** The same for many who come to one gathering, by their ids: what it says to all of them is read once. */
export async function calendarsFor(
  ctx: Ctx | TxCtx,
  gatheringId: string,
  rows: readonly repo.ViewRow[],
): Promise<Map<string, string>> {
  const known = await repo.findCalendarRows(
    ctx.db,
    rows.map(({ id }) => id),
  );
  const write = await icsWriter(ctx, await getGathering(ctx, gatheringId));
  const files = new Map<string, string>();
  for (const row of rows) {
    const entry = known.get(row.id);
    const isGivenUp = row.status === "cancelled";
    if (!entry || (isGivenUp && (!entry.hadPlace || entry.hasAnother))) continue;
    // Where all is cancelled, the gathering's own number has grown.
    const isWithdrawn = isGivenUp && row.gatheringStatus !== "cancelled";
    const steps = 2 * entry.givenUpBefore + (isWithdrawn ? 1 : 0);
    files.set(row.id, write({ url: linkTo(ctx, row), steps, isWithdrawn }));
  }
  return files;
}

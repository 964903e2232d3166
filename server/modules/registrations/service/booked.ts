import { placesLeft } from "#domain/capacity/decide.ts";
import { poolOf } from "#domain/registrations/places.ts";
import {
  moveRegistration,
  placeOf,
  type RegistrationAction,
  type RegistrationStatus,
} from "#domain/registrations/states.ts";
import { claimMinutes, nextOffers, offerEnds } from "#domain/registrations/waitlist.ts";
import { rightChanged } from "#server/modules/access/facts.ts";
import { recordAll as audit } from "#server/modules/audit/service.ts";
import {
  type Asked,
  changeWithin,
  type Decided,
  type Next,
  type Plan,
  readPools,
  serveWaiting,
  setPools,
  type Use,
} from "#server/modules/capacity/service.ts";
import { get as getGathering } from "#server/modules/gatherings/service/reading.ts";
import { lapsed, offerDue, offered, waitlisted } from "#server/modules/registrations/facts.ts";
import * as repo from "#server/modules/registrations/repo/booked.ts";
import * as places from "#server/modules/registrations/repo/places.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { later, neverMind, record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

export type { NewInvitee } from "#server/modules/registrations/repo/booked.ts";

/** What becomes of the places of a booking's session. */
interface Sitting {
  gatheringId: string;
  /** Somebody who comes, with how many seats; a guest comes along with none. */
  takes?: { invitee: repo.NewInvitee; seats: number };
  /** Those who are there already. */
  moves?: {
    ids: readonly string[];
    action: Extract<RegistrationAction, "approve" | "decline" | "offer" | "accept" | "lapse" | "cancel">;
    seats: number;
    /** Of an offer: how long they may think about it. */
    offerEndsAt?: Date;
    /** Above what there is. */
    overbook?: boolean;
  };
  /** The party of one of them becomes larger or smaller. */
  resizes?: { id: string; seats: number };
  by: places.Moved["by"];
  note?: string | undefined;
}

type Row = places.PlaceRow;
interface Planned {
  moved: places.Moved[];
  rows: Row[];
}

const sitting: Use<Sitting, Planned, void> = { plan, write };

/** When an offer of seats made now ends: after its window, but always before the session begins. */
export const seatOfferEnds = (now: Date, startTime: Date): Date =>
  offerEnds(now, claimMinutes(now, startTime), startTime);

/** Offers the seats that came free to the parties that wait for them, in their turn. */
const offerSeats: Next = async (tctx, gatheringId, pools, touched) => {
  const pool = poolOf.gathering(gatheringId);
  const now = pools.get(pool);
  if (!now || placesLeft(now) === 0) return [];
  const fitting = { most: Math.min(placesLeft(now), mostSeats), without: [...touched], now: tctx.now() };
  const waiting = await repo.listWaiting(tctx.db, gatheringId, fitting);
  if (waiting.length === 0) return [];
  const { startTime } = await getGathering(tctx, gatheringId);
  if (!startTime) return [];
  const queue = waiting.map((one) => ({ ...one, wants: [{ pool, as: "held" as const, quantity: one.seats }] }));
  const offerEndsAt = seatOfferEnds(tctx.now(), startTime);
  return nextOffers(queue, pools).offered.map(({ id, seats }) => {
    const moves = { ids: [id], action: "offer" as const, seats, offerEndsAt };
    return { ...requestOf(null, { gatheringId, moves, by: "system" }), by: tctx };
  });
};

const mostSeats = 100;

const requestOf = (capacity: number | null, note: Sitting) => ({
  use: sitting,
  lane: note.gatheringId,
  pools: [{ key: poolOf.gathering(note.gatheringId), capacity }],
  note,
  next: offerSeats,
});

/**
 * Takes seats of a booking's session, gives them back, or changes how many a party has, in the caller's transaction.
 *
 * The session's pool gets its capacity at its first use. What there are no seats for is refused whole; what comes free
 * is offered to those who wait before anybody new can take it.
 */
export async function sit(tctx: TxCtx, capacity: number, note: Sitting): Promise<void> {
  await changeWithin(tctx, [requestOf(capacity, note)]);
}

/**
 * Gives a party of a session other seats: those that it has, those that are kept for it, or those that it waits for.
 *
 * Who waits for more than before goes to the end of the queue. What comes free, or fits by now, is offered in turn.
 */
export async function resizeParty(
  tctx: TxCtx,
  capacity: number,
  {
    gatheringId,
    party: { id, entryId, status, seats: before },
    seats,
  }: {
    gatheringId: string;
    party: { id: string; entryId: string | null; status: RegistrationStatus; seats: number };
    seats: number;
  },
): Promise<void> {
  const waits = status === "waitlisted";
  if (entryId !== null) await repo.resizeEntry(tctx.db, entryId, seats, { goesLast: waits && seats > before });
  if (!waits) return sit(tctx, capacity, { gatheringId, resizes: { id, seats }, by: "attendee" });
  await serveWaiting(
    tctx,
    { lane: gatheringId, pools: [{ key: poolOf.gathering(gatheringId), capacity }] },
    offerSeats,
  );
}

/** Takes seats at many sessions: all of them, or the first refusal. */
export async function takeSeats(
  tctx: TxCtx,
  all: readonly (Required<Pick<Sitting, "gatheringId" | "takes">> & { capacity: number })[],
): Promise<void> {
  const requests = all.map(({ capacity, ...note }) => {
    // Nothing comes free, so nobody who waits is asked.
    const { next: _next, ...request } = requestOf(capacity, { ...note, by: "attendee" });
    return request;
  });
  await changeWithin(tctx, requests);
}

/** Gives sessions more seats than they had, and offers them to those who wait. */
export async function addSeats(tctx: TxCtx, gatheringIds: readonly string[], capacity: number): Promise<void> {
  const pools = gatheringIds.map((id) => ({ key: poolOf.gathering(id), capacity }));
  await setPools(tctx, pools);
  for (const [n, lane] of gatheringIds.entries())
    await serveWaiting(tctx, { lane, pools: pools.slice(n, n + 1) }, offerSeats);
}

/** How many seats of a session are left to be taken. */
export async function seatsLeft(tctx: TxCtx, gatheringId: string): Promise<number> {
  const key = poolOf.gathering(gatheringId);
  const pool = (await readPools(tctx, [key])).get(key);
  return pool ? placesLeft(pool) : Number.POSITIVE_INFINITY;
}

async function plan(tctx: TxCtx, asked: readonly Asked<Sitting>[]): Promise<Plan<Planned>[]> {
  const ids = asked.flatMap(({ note }) => [...(note.moves?.ids ?? []), ...(note.resizes ? [note.resizes.id] : [])]);
  const rows = ids.length > 0 ? await places.listPlaces(tctx.db, { ids, entryIds: [] }) : [];
  return asked.map(({ note }) =>
    planOne(
      note,
      rows.filter(({ gatheringId }) => gatheringId === note.gatheringId),
    ),
  );
}

function planOne(note: Sitting, rows: Row[]): Plan<Planned> {
  const pool = poolOf.gathering(note.gatheringId);
  const want = (subjectId: string, amount: number, status: RegistrationStatus = "confirmed") => {
    const as = placeOf(status);
    return as === "none" || amount === 0 ? [] : [{ subjectId, pool, as, amount }];
  };
  const { takes, moves, resizes } = note;
  const moved: places.Moved[] = [];
  for (const row of moves ? rows.filter(({ id }) => moves.ids.includes(id)) : []) {
    const answer = moveRegistration(row.status, moves?.action ?? "cancel");
    if (!answer.moved) return new Problem("booking.wrong_status");
    if (!answer.changed) continue;
    const { id, gatheringId, ticketTypeId, side } = row;
    moved.push({ id, gatheringId, ticketTypeId, side, status: answer.to, note: note.note ?? null, by: note.by });
  }
  const hadPlace = rows.filter(({ status }) => placeOf(status) !== "none").map(({ id }) => id);
  const moving = moved.map(({ id }) => id);
  return {
    frees: [...moving.filter((id) => hadPlace.includes(id)), ...(resizes ? [resizes.id] : [])],
    wants: [
      ...(takes ? want(takes.invitee.registrationId, takes.seats, takes.invitee.status) : []),
      ...moved.flatMap(({ id, status }) => want(id, moves?.seats ?? 1, status)),
      ...(resizes ? want(resizes.id, resizes.seats, rows.find(({ id }) => id === resizes.id)?.status) : []),
    ],
    overbooks: moves?.overbook,
    touches: [...moving, ...(takes ? [takes.invitee.registrationId] : []), ...(resizes ? [resizes.id] : [])],
    with: { moved, rows },
  };
}

async function write(tctx: TxCtx, decided: readonly Decided<Sitting, Planned>[]): Promise<(undefined | Problem)[]> {
  const granted = decided.filter(({ outcome }) => outcome.granted);
  const invitees = granted.flatMap(({ note }) => note.takes?.invitee ?? []);
  const moved = granted.flatMap(({ plan: planned }) => planned.moved);
  const persons = new Map(
    granted.flatMap(({ plan: planned }) => planned.rows.map(({ id, personId }) => [id, personId])),
  );
  for (const { note } of granted)
    if (note.takes?.invitee.entryId) await enqueue(tctx, note.takes.invitee, note.takes.seats);
  await repo.insertInvitees(tctx.db, invitees, tctx.now());
  if (moved.length > 0) await places.updatePlaces(tctx.db, moved, tctx.now());
  for (const { note, plan: planned } of granted) await moveEntries(tctx, note, planned);
  await record(
    tctx,
    ...moved.map(({ id, gatheringId }) => rightChanged({ personId: persons.get(id) ?? undefined, gatheringId })),
  );
  const about = (id: string) => ({ by: tctx, subject: { kind: "registration" as const, id } });
  await audit(tctx, [
    ...moved.map(({ id, status, gatheringId }) => ({
      ...about(id),
      action: `registration.${status}` as const,
      change: { new: { status, gatheringId } },
    })),
    ...invitees.map(({ registrationId, status, side, gatheringId }) => ({
      ...about(registrationId),
      action: "registration.made" as const,
      change: { new: { status, side, gatheringId } },
    })),
  ]);
  return decided.map(({ outcome }) => (outcome.granted ? undefined : new Problem("booking.capacity_exceeded")));
}

async function enqueue(tctx: TxCtx, { entryId, gatheringId, personId }: repo.NewInvitee, seats: number): Promise<void> {
  if (entryId === null) return;
  await repo.insertEntry(tctx.db, { entryId, gatheringId, personId, seats }, tctx.now());
  await record(tctx, waitlisted({ entryId, gatheringId }));
}

const entryStatuses: Partial<Record<RegistrationStatus, places.MovedEntry["status"]>> = {
  offered: "offered",
  confirmed: "accepted",
  lapsed: "lapsed",
  cancelled: "cancelled",
};

/** The places in the queue of those who were moved: an offer is timed, and told of. */
async function moveEntries(tctx: TxCtx, { gatheringId, moves }: Sitting, { moved, rows }: Planned): Promise<void> {
  for (const { id, status: to } of moved) {
    const entryId = rows.find((row) => row.id === id)?.entryId;
    const status = entryStatuses[to];
    if (!entryId || !status) continue;
    const offerEndsAt = (status === "offered" && moves?.offerEndsAt) || null;
    await places.updateEntries(tctx.db, [{ entryId, status, partySize: null, offerEndsAt }], tctx.now());
    const key = `offer/${entryId}`;
    if (offerEndsAt) await later(tctx, key, offerEndsAt, offerDue({ entryId, gatheringId }));
    else await neverMind(tctx, key);
    if (status === "offered") await record(tctx, offered({ entryId, gatheringId }));
    if (status === "lapsed") await record(tctx, lapsed({ registrationId: id, gatheringId }));
  }
}

/** Writes what a party says of itself, or what the host says of it. */
export const changeInvitee = (
  tctx: TxCtx,
  id: string,
  change: Parameters<typeof repo.updateInvitee>[2],
): Promise<void> => repo.updateInvitee(tctx.db, id, change, tctx.now());

/** Makes all links of a party void; the next letter brings a new one. */
export const raiseLink = (tctx: TxCtx, id: string): Promise<void> => repo.raiseLink(tctx.db, id, tctx.now());

import { type Pools, placesLeft } from "#domain/capacity/decide.ts";
import { partsFor, poolOf, poolsFor, type Side, sidesFor } from "#domain/registrations/places.ts";
import {
  isLiving,
  moveRegistration,
  placeOf,
  type RegistrationAction,
  takenBack,
} from "#domain/registrations/states.ts";
import { claimMinutes, nextOffers, offerEnds } from "#domain/registrations/waitlist.ts";
import { rightChanged } from "#server/modules/access/facts.ts";
import { type Deed, recordAll } from "#server/modules/audit/service.ts";
import type { Asked, Decided, Next, Plan, Use } from "#server/modules/capacity/service.ts";
import {
  cancelled,
  confirmed,
  declined,
  lapsed,
  offerDue,
  offered,
  relocated,
  restored,
  sideSwapped,
} from "#server/modules/registrations/facts.ts";
import * as repo from "#server/modules/registrations/repo/places.ts";
import { findSale, holdSale, type SaleRow } from "#server/modules/registrations/repo/sale.ts";
import { poolsOf } from "#server/modules/registrations/service/sale.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { type Fact, later, neverMind, record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

/** A step of registrations that exist: of some, or of a whole party that waits. */
export interface Step {
  ids: readonly string[];
  entryId?: string;
  action: Exclude<RegistrationAction, "submit" | "confirm" | "await_payment" | "expire"> | "swap" | "move" | "restore";
  by: repo.Moved["by"];
  note?: string;
  /** Where a place is changed to. */
  to?: { gatheringId?: string; ticketTypeId?: string; side?: Side };
  /** Above what there is. */
  overbook?: boolean;
  offerEndsAt?: Date;
}

interface Moving {
  moved: (repo.Moved & { from: repo.PlaceRow })[];
  entries: repo.MovedEntry[];
}

/** Moves registrations from state to state, with the places that each state has. */
export const moving: Use<Step, Moving, void> = { plan, write };

async function plan(tctx: TxCtx, asked: readonly Asked<Step>[]): Promise<Plan<Moving>[]> {
  const rows = await repo.listPlaces(tctx.db, {
    ids: asked.flatMap(({ note }) => note.ids),
    entryIds: asked.flatMap(({ note }) => note.entryId ?? []),
  });
  const known = await knownOf(tctx, asked, rows);
  return asked.map(({ note }) => {
    const targets = rows.filter(
      ({ id, entryId }) => note.ids.includes(id) || (note.entryId !== undefined && entryId === note.entryId),
    );
    // A party goes on with those who are still in it.
    const party = note.entryId === undefined ? targets : targets.filter(({ status }) => isLiving(status));
    const [gone] = targets;
    if (!gone) return new Problem("registration.not_found");
    if (party.length === 0) return new Problem("registration.wrong_status", { registrationStatus: gone.status });
    return planOne(note, party, rows, known, tctx.now());
  });
}

/**
 * What changing places asks beside the places: the sales there, and what else these people have. They are held as for
 * who registers: one that is cancelled meanwhile would not know of a place that comes to life in it.
 */
interface Known {
  sales: ReadonlyMap<string, SaleRow>;
  living: readonly (repo.LivingRow & { gatheringId: string })[];
}

async function knownOf(tctx: TxCtx, asked: readonly Asked<Step>[], rows: readonly repo.PlaceRow[]): Promise<Known> {
  const changes = asked.filter(({ note }) => note.to || note.action === "restore");
  if (changes.length === 0) return { sales: new Map(), living: [] };
  const here = rows.map(({ gatheringId }) => gatheringId);
  const gatheringIds = [...new Set([...here, ...changes.flatMap(({ note }) => note.to?.gatheringId ?? [])])];
  const personIds = rows.flatMap(({ personId }) => personId ?? []);
  const sales = new Map<string, SaleRow>();
  const living: Known["living"][number][] = [];
  for (const gatheringId of gatheringIds.sort()) {
    const sale = await holdSale(tctx.db, gatheringId);
    if (sale) sales.set(gatheringId, sale);
    const there = await repo.listLiving(tctx.db, gatheringId, personIds);
    living.push(...there.map((row) => ({ ...row, gatheringId })));
  }
  return { sales, living };
}

function planOne(
  step: Step,
  targets: readonly repo.PlaceRow[],
  rows: readonly repo.PlaceRow[],
  known: Known,
  now: Date,
): Plan<Moving> {
  const moved: Moving["moved"] = [];
  for (const row of targets) {
    const next = stepOf(step, row, known, now);
    if (next instanceof Problem) return next;
    if (next) moved.push({ ...next, id: row.id, note: step.note ?? null, by: step.by, from: row });
  }
  return {
    frees: moved.filter(({ from }) => placeOf(from.status) !== "none").map(({ id }) => id),
    wants: moved.flatMap(wantsOf),
    overbooks: step.overbook,
    // Who leaves a party that waits makes it fit where it did not.
    wakes: moved.some(({ from }) => from.status === "waitlisted"),
    touches: targets.flatMap(({ id, entryId }) => (entryId ? [id, entryId] : [id])),
    with: { moved, entries: entriesOf(step, moved, rows) },
  };
}

/** What becomes of one registration; null when it is there already. */
function stepOf(step: Step, row: repo.PlaceRow, known: Known, now: Date): Placed | Problem | null {
  if (step.action === "swap" || step.action === "move") return placeAt(step.to ?? {}, row, known, now);
  const { gatheringId, ticketTypeId, side } = row;
  const wrong = new Problem("registration.wrong_status", { registrationStatus: row.status });
  if (step.action === "restore") {
    if (known.sales.get(gatheringId)?.status === "cancelled") return new Problem("gathering.cancelled");
    const status = takenBack(row.status, row.cancelledBy);
    if (status === null) return wrong;
    if (hasAnother(row, { gatheringId, ticketTypeId }, known)) return new Problem("registration.duplicate");
    return status === row.status ? null : { status, gatheringId, ticketTypeId, side };
  }
  const answer = moveRegistration(row.status, step.action);
  if (!answer.moved) return wrong;
  if (!answer.changed) return null;
  // A yes comes too late then, and nobody can give up where they have been.
  if (isOver(row, now) && (step.action === "approve" || step.by === "attendee"))
    return new Problem("registration.closed");
  return { status: answer.to, gatheringId, ticketTypeId, side };
}

const isOver = ({ endTime }: { endTime: Date | null }, now: Date) => endTime !== null && endTime <= now;

type Placed = Pick<repo.Moved, "status" | "gatheringId" | "ticketTypeId" | "side">;

/** The place that a confirmed one becomes; null when it is that already. */
function placeAt(to: NonNullable<Step["to"]>, row: repo.PlaceRow, known: Known, now: Date): Placed | Problem | null {
  const { status } = row;
  if (status !== "confirmed") return new Problem("registration.wrong_status", { registrationStatus: status });
  const gatheringId = to.gatheringId ?? row.gatheringId;
  const ticketTypeId = to.ticketTypeId ?? row.ticketTypeId;
  const sale = known.sales.get(gatheringId);
  if (!sale) return new Problem("gathering.not_found");
  if (sale.status === "cancelled") return new Problem("gathering.cancelled");
  if (isOver(sale, now)) return new Problem("registration.closed");
  const type = sale.types.find(({ id }) => id === ticketTypeId);
  if (to.ticketTypeId && !type) return new Problem("ticket_type.not_found");
  const allowed = sidesFor(sale.format, type?.side ?? row.ticketSide ?? "any");
  const side = to.side ?? (allowed.includes(row.side) ? row.side : allowed[0]);
  if (!side || !allowed.includes(side)) return new Problem("registration.side_not_offered", { sides: allowed });
  if (gatheringId === row.gatheringId && ticketTypeId === row.ticketTypeId)
    return side === row.side ? null : { status, gatheringId, ticketTypeId, side };
  if (hasAnother(row, { gatheringId, ticketTypeId }, known)) return new Problem("registration.duplicate");
  return { status, gatheringId, ticketTypeId, side };
}

/** Whether somebody has a living registration of this kind there already, beside which no other can stand. */
const hasAnother = (
  { id, personId }: repo.PlaceRow,
  { gatheringId, ticketTypeId }: Pick<Placed, "gatheringId" | "ticketTypeId">,
  { living }: Known,
): boolean =>
  personId !== null &&
  living.some(
    (other) =>
      !other.repeatable &&
      other.id !== id &&
      other.personId === personId &&
      other.gatheringId === gatheringId &&
      other.ticketTypeId === ticketTypeId,
  );

function wantsOf({ id, status, side, gatheringId, ticketTypeId }: Moving["moved"][number]) {
  const as = placeOf(status);
  if (as === "none") return [];
  return poolsFor({ gatheringId, ticketTypeId, side }).map((pool) => ({ subjectId: id, pool, as, amount: 1 }));
}

/** What becomes of the waitlist entries behind: an entry lives as long as somebody of its party waits. */
function entriesOf(step: Step, moved: Moving["moved"], rows: readonly repo.PlaceRow[]): repo.MovedEntry[] {
  const entryIds = new Set(moved.flatMap(({ from }) => from.entryId ?? []));
  return [...entryIds].map((entryId) => {
    const after = rows
      .filter((row) => row.entryId === entryId)
      .map((row) => moved.find(({ id }) => id === row.id)?.status ?? row.status);
    const left = after.filter(isLiving);
    return {
      entryId,
      status: entryStatus(after),
      partySize: Math.max(1, left.length),
      offerEndsAt: step.offerEndsAt ?? null,
    };
  });
}

function entryStatus(after: readonly repo.PlaceRow["status"][]): repo.MovedEntry["status"] {
  if (after.includes("waitlisted")) return "waiting";
  if (after.includes("offered")) return "offered";
  if (after.includes("confirmed")) return "accepted";
  return after.includes("lapsed") ? "lapsed" : "cancelled";
}

async function write(tctx: TxCtx, decided: readonly Decided<Step, Moving>[]): Promise<(undefined | Problem)[]> {
  const served = decided.filter(({ outcome }) => outcome.granted);
  const moved = served.flatMap(({ plan }) => plan.moved);
  const entries = served.flatMap(({ plan }) => plan.entries);
  if (moved.length > 0)
    await repo.updatePlaces(
      tctx.db,
      moved.map(({ from: _from, ...row }) => row),
      tctx.now(),
    );
  if (entries.length > 0) await repo.updateEntries(tctx.db, entries, tctx.now());
  await record(tctx, ...served.flatMap(factsOf));
  await recordAll(tctx, served.flatMap(deedsOf));
  for (const { note, plan } of served) await setTimers(tctx, note, plan);
  return decided.map(({ outcome }) => (outcome.granted ? undefined : new Problem("registration.sold_out")));
}

async function setTimers(tctx: TxCtx, step: Step, { moved, entries }: Moving): Promise<void> {
  const gatheringId = moved[0]?.from.gatheringId;
  for (const { entryId, status } of entries) {
    const key = `offer/${entryId}`;
    if (status !== "offered") await neverMind(tctx, key);
    else if (step.offerEndsAt && gatheringId)
      await later(tctx, key, step.offerEndsAt, offerDue({ entryId, gatheringId }));
  }
}

const told = { confirmed, cancelled, declined, lapsed } as const;

function factsOf({ note, plan }: Decided<Step, Moving>): Fact[] {
  return plan.moved.flatMap(({ id, status, side, gatheringId, from }): Fact[] => {
    const about = { registrationId: id, gatheringId: from.gatheringId };
    const rights =
      from.status === "confirmed"
        ? [rightChanged({ personId: from.personId ?? undefined, gatheringId: from.gatheringId })]
        : [];
    if (note.action === "swap") return [sideSwapped({ ...about, side }), ...rights];
    if (note.action === "move") {
      const there = { personId: from.personId ?? undefined, gatheringId };
      return [relocated({ registrationId: id, gatheringId }), rightChanged(there), ...rights];
    }
    if (note.action === "restore")
      return [restored(about), rightChanged({ personId: from.personId ?? undefined, gatheringId })];
    // A party is written to once.
    if (status === "offered")
      return from.entryId && plan.moved[0]?.id === id
        ? [offered({ entryId: from.entryId, gatheringId: from.gatheringId })]
        : [];
    return status in told ? [told[status as keyof typeof told](about), ...rights] : rights;
  });
}

const deedsOf = ({ by, note, plan, outcome }: Decided<Step, Moving>): Deed[] =>
  plan.moved.map(({ id, status, side, gatheringId, ticketTypeId, from }) => {
    const place = note.action === "move" ? { gatheringId, ticketTypeId } : {};
    const before = note.action === "move" ? { gatheringId: from.gatheringId, ticketTypeId: from.ticketTypeId } : {};
    const overbooked = outcome.granted && outcome.overbooked ? { overbooked: outcome.overbooked } : {};
    return {
      by,
      action: `registration.${note.action}`,
      subject: { kind: "registration", id },
      change: {
        old: { status: from.status, side: from.side, ...before },
        new: { status, side, ...place, ...overbooked },
      },
    };
  });

const mostAtOnce = 50;

/** Offers what came free to those who wait, in their turn, before anybody new can take it. */
export const offerNext: Next = async (tctx, gatheringId, pools, touched) => {
  const sale = await findSale(tctx.db, gatheringId);
  if (!sale?.startTime || !sale.endTime) return [];
  const offerEndsAt = offerEnds(tctx.now(), claimMinutes(tctx.now(), sale.startTime), sale.endTime);
  const chosen = await fitting(tctx, sale, pools, touched);
  return chosen.map((entryId) => ({
    use: moving,
    by: tctx,
    lane: gatheringId,
    pools: poolsOf(sale),
    note: { ids: [], entryId, action: "offer", by: "system", offerEndsAt } satisfies Step,
  }));
};

/** All parties that get an offer now, in turn: asked again after each handful, until nobody fits what is left. */
async function fitting(tctx: TxCtx, sale: SaleRow, before: Pools, touched: ReadonlySet<string>): Promise<string[]> {
  const chosen: string[] = [];
  let pools = before;
  for (;;) {
    const waiting = await repo.listFitting(tctx.db, sale.gatheringId, {
      left: leftOf(sale, pools),
      without: [...touched, ...chosen],
      now: tctx.now(),
      most: mostAtOnce,
    });
    if (waiting.length === 0) return chosen;
    const rows = await repo.listPlaces(tctx.db, { ids: [], entryIds: waiting.map(({ entryId }) => entryId) });
    const queue = waiting.map(({ entryId, position }) => {
      const party = rows.filter((row) => row.entryId === entryId && row.status === "waitlisted");
      return { id: entryId, position, wants: partsFor(party, "held") };
    });
    const { offered, pools: after } = nextOffers(queue, pools);
    // Nobody can be chosen where a pool is not there yet: it was never full.
    if (offered.length === 0) return chosen;
    chosen.push(...offered.map(({ id }) => id));
    pools = after;
  }
}

function leftOf(sale: SaleRow, pools: Pools): repo.Left {
  const left = (key: string) => {
    const pool = pools.get(key);
    return !pool || pool.capacity === null ? null : placesLeft(pool);
  };
  const { gatheringId } = sale;
  const types = sale.types.flatMap(({ id }) => {
    const most = left(poolOf.type(id, gatheringId));
    return most === null ? [] : [[id, most] as const];
  });
  return {
    total: left(poolOf.gathering(gatheringId)),
    inPerson: left(poolOf.side("in_person", gatheringId)),
    virtual: left(poolOf.side("virtual", gatheringId)),
    types: Object.fromEntries(types),
  };
}

import { poolOf } from "#domain/registrations/places.ts";
import { moveRegistration, placeOf, type RegistrationAction } from "#domain/registrations/states.ts";
import { rightChanged } from "#server/modules/access/facts.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { type Asked, changeWithin, type Decided, type Plan, type Use } from "#server/modules/capacity/service.ts";
import * as repo from "#server/modules/registrations/repo/booked.ts";
import * as places from "#server/modules/registrations/repo/places.ts";
import type { TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
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
    action: Extract<RegistrationAction, "approve" | "decline" | "cancel">;
    seats: number;
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

/**
 * Takes seats of a booking's session, gives them back, or changes how many a party has, in the caller's transaction.
 *
 * The session's pool gets its capacity at its first use. What there are no seats for is refused whole.
 */
export async function sit(tctx: TxCtx, capacity: number, note: Sitting): Promise<void> {
  const pools = [{ key: poolOf.gathering(note.gatheringId), capacity }];
  await changeWithin(tctx, [{ use: sitting, lane: note.gatheringId, pools, note }]);
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
  const want = (subjectId: string, amount: number) => ({ subjectId, pool, as: "taken" as const, amount });
  const { takes, moves, resizes } = note;
  const moved: places.Moved[] = [];
  for (const row of moves ? rows.filter(({ id }) => moves.ids.includes(id)) : []) {
    const answer = moveRegistration(row.status, moves?.action ?? "cancel");
    if (!answer.moved) return new Problem("booking.wrong_status");
    if (!answer.changed) continue;
    const { id, gatheringId, ticketTypeId, side } = row;
    moved.push({ id, gatheringId, ticketTypeId, side, status: answer.to, note: note.note ?? null, by: note.by });
  }
  const frees = moved.filter(({ status }) => placeOf(status) === "none").map(({ id }) => id);
  const wants = [
    ...(takes && placeOf(takes.invitee.status) !== "none" ? [want(takes.invitee.registrationId, takes.seats)] : []),
    ...moved.filter(({ status }) => placeOf(status) !== "none").map(({ id }) => want(id, moves?.seats ?? 1)),
    ...(resizes ? [want(resizes.id, resizes.seats)] : []),
  ].filter(({ amount }) => amount > 0);
  return { frees: resizes ? [...frees, resizes.id] : frees, wants, touches: [note.gatheringId], with: { moved, rows } };
}

async function write(tctx: TxCtx, decided: readonly Decided<Sitting, Planned>[]): Promise<(undefined | Problem)[]> {
  const answers: (undefined | Problem)[] = [];
  for (const { note, plan: planned, outcome } of decided) {
    if (outcome.granted) await writeOne(tctx, note, planned);
    answers.push(outcome.granted ? undefined : new Problem("booking.capacity_exceeded"));
  }
  return answers;
}

async function writeOne(tctx: TxCtx, { takes, gatheringId }: Sitting, { moved, rows }: Planned): Promise<void> {
  if (takes) await repo.insertInvitees(tctx.db, [takes.invitee], tctx.now());
  if (moved.length > 0) await places.updatePlaces(tctx.db, moved, tctx.now());
  const persons = moved.map(({ id }) => rows.find((row) => row.id === id)?.personId ?? undefined);
  await record(tctx, ...persons.map((personId) => rightChanged({ personId, gatheringId })));
  for (const { id, status } of moved)
    await audit(tctx, `registration.${status}`, { kind: "registration", id }, { new: { status, gatheringId } });
  if (takes) {
    const { registrationId: id, status, side } = takes.invitee;
    await audit(tctx, "registration.made", { kind: "registration", id }, { new: { status, side, gatheringId } });
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

import type { AddPeopleInput, BulkInput } from "#contract/people.ts";
import type { ProblemCode } from "#contract/problems.ts";
import type { Participant } from "#contract/registrations.ts";
import { recordAll } from "#server/modules/audit/service.ts";
import { change } from "#server/modules/capacity/service.ts";
import { get as getGathering, pick } from "#server/modules/gatherings/service/reading.ts";
import { letterAsked } from "#server/modules/registrations/facts.ts";
import { assertTeam, mayDecide } from "#server/modules/registrations/policy.ts";
import * as repo from "#server/modules/registrations/repo/participants.ts";
import { findSale } from "#server/modules/registrations/repo/sale.ts";
import { moving, offerNext, type Step } from "#server/modules/registrations/service/move.ts";
import { getParticipant } from "#server/modules/registrations/service/participants.ts";
import { poolsOf } from "#server/modules/registrations/service/sale.ts";
import { taking } from "#server/modules/registrations/service/take.ts";
import { cursorOf, findFor, readCursor } from "#server/modules/registrations/service/views.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

/** As many wait in nobody's way. */
const fewAtOnce = 10;

/**
 * Adds people as the team, each for themselves: whoever fits has a place, whatever becomes of the others.
 *
 * Windows and approval are no bar. Above the limit only when asked to, and that is written down.
 */
export async function add(ctx: Ctx, source: string, input: AddPeopleInput) {
  const gathering = await pick(ctx, source, input.occurrenceId);
  await assertTeam(ctx, gathering.id, mayDecide);
  const sale = await findSale(ctx.db, gathering.id);
  if (!sale) throw new Problem("event.not_found");
  if (sale.status === "cancelled") throw new Problem("gathering.cancelled");
  if (input.ticketTypeId && !sale.types.some(({ id }) => id === input.ticketTypeId))
    throw new Problem("ticket_type.not_found");
  if (input.letter && ctx.gateways.mail.kind === "off") throw new Problem("mail.off");
  const { ticketTypeId, overbook, letter } = input;
  const settled = await Promise.all(
    input.people.map(async (person) => {
      const added = { overbook, isQuiet: !letter, isOneOfMany: input.people.length > fewAtOnce };
      const note = { gatheringId: gathering.id, ticketTypeId, attendees: [person], unnamed: 0, selfId: null, added };
      const request = { use: taking, lane: gathering.id, pools: poolsOf(sale), note: { ...note, byTeam: true } };
      return { email: person.email, ...(await settle(() => change(ctx, request))) };
    }),
  );
  return {
    added: settled.filter(({ value }) => value && value.made > 0).map(({ email }) => email),
    already: settled.filter(({ value }) => value?.isRepeat).map(({ email }) => email),
    refused: settled.flatMap(({ email, code, value }) => {
      if (code) return [{ email, code }];
      return value && value.made === 0 && !value.isRepeat ? [{ email, code: "access.banned" }] : [];
    }),
  };
}

/** A refusal as an answer; everything else flies on. */
async function settle<T>(run: () => Promise<T>): Promise<{ value?: T; code?: ProblemCode }> {
  try {
    return { value: await run() };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code };
  }
}

/** Gives somebody another time, side or ticket: in one transaction the old place is free and the new one taken. */
export async function move(
  ctx: Ctx,
  id: string,
  {
    occurrenceId,
    ticketTypeId,
    side,
    overbook,
  }: NonNullable<Step["to"]> & { occurrenceId?: string; overbook: boolean },
): Promise<Participant> {
  const { row } = await findFor(ctx, id, mayDecide);
  await assertTeam(ctx, row.gatheringId, mayDecide);
  const here = await findSale(ctx.db, row.gatheringId);
  const target = occurrenceId === undefined ? here : await findSale(ctx.db, occurrenceId);
  if (!here || !target || target.sourceId !== here.sourceId) throw new Problem("gathering.not_found");
  if (target.status !== "scheduled") throw new Problem("gathering.cancelled");
  const to = { gatheringId: target.gatheringId, ticketTypeId, side };
  const note: Step = { ids: [id], action: "move", by: "organizer", to, overbook };
  const pools = target === here ? poolsOf(here) : [...poolsOf(here), ...poolsOf(target)];
  await change(ctx, { use: moving, lane: row.gatheringId, pools, note, next: offerNext });
  return getParticipant(ctx, id);
}

const mostAtOnce = 100;

/**
 * Does one thing to many, a hundred at a time; each for themselves, so that one refusal holds up nobody.
 *
 * Whoever asked first is served first, where there is not enough for all.
 */
export async function bulk(ctx: Ctx, source: string, input: BulkInput) {
  const gathering = await pick(ctx, source, input.occurrenceId);
  await assertTeam(ctx, gathering.id, mayDecide);
  const { ids, matching = {}, cursor, action, note } = input;
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const filter = { ...matching, ids, isOldestFirst: true };
  const rows = await repo.listParticipants(ctx.db, gathering.id, { ...filter, after, limit: mostAtOnce + 1 });
  const some = rows.slice(0, mostAtOnce);
  const settled =
    action === "letter"
      ? await writeAgain(ctx, gathering.id, some)
      : await stepAll(ctx, gathering.id, some, { action, note });
  const last = rows.length > mostAtOnce ? some.at(-1) : undefined;
  return {
    done: settled.filter(({ code }) => !code).map(({ id }) => id),
    refused: settled.flatMap(({ id, name, code }) => (code ? [{ id, name, code }] : [])),
    nextCursor: last ? cursorOf(last.registeredAt, last.id) : null,
    matching: await repo.countMatching(ctx.db, gathering.id, filter),
  };
}

interface SettledRow {
  id: string;
  name: string;
  code?: ProblemCode;
}

async function stepAll(
  ctx: Ctx,
  gatheringId: string,
  rows: readonly repo.ParticipantRow[],
  { action, note }: { action: Exclude<BulkInput["action"], "letter">; note: string },
): Promise<SettledRow[]> {
  const sale = await findSale(ctx.db, gatheringId);
  if (!sale) throw new Problem("gathering.not_found");
  const lane = { use: moving, lane: gatheringId, pools: poolsOf(sale), next: offerNext };
  return Promise.all(
    rows.map(async ({ id, name }) => {
      const step: Step = { ids: [id], action, note: note || undefined, by: "organizer" };
      return { id, name, ...(await settle(() => change(ctx, { ...lane, note: step }))) };
    }),
  );
}

const writable = ["pending", "confirmed", "waitlisted", "offered"];

/** Has the letter that tells how each stands sent once more. */
async function writeAgain(ctx: Ctx, gatheringId: string, rows: readonly repo.ParticipantRow[]): Promise<SettledRow[]> {
  const { status } = await getGathering(ctx, gatheringId);
  const isGood = (row: repo.ParticipantRow) =>
    status === "scheduled" && writable.includes(row.status) && !row.isUnnamed;
  const { requestId } = ctx.from;
  await inTx(ctx, async (tctx) => {
    const good = rows.filter(isGood);
    await record(tctx, ...good.map(({ id }) => letterAsked({ registrationId: id, gatheringId, requestId })));
    await recordAll(
      tctx,
      good.map(({ id }) => ({
        by: tctx,
        action: "registration.letter",
        subject: { kind: "registration" as const, id },
      })),
    );
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    code: isGood(row) ? undefined : "registration.wrong_status",
  }));
}

import { randomUUIDv7 } from "node:crypto";

import type { CheckIn, CheckInInput, Door, DoorCounts } from "#contract/tickets.ts";
import { looksLikeCode, readTyped } from "#domain/ticketing/code.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { type Gathering, get as getGathering, pick } from "#server/modules/gatherings/service/reading.ts";
import { checkedIn, checkInUndone } from "#server/modules/registrations/facts.ts";
import { assertTeam, mayKeepDoor } from "#server/modules/registrations/policy.ts";
import * as repo from "#server/modules/registrations/repo/check-ins.ts";
import { verifiedClaim } from "#server/modules/registrations/service/codes.ts";
import { writeAttendance } from "#server/modules/registrations/service/participants.ts";
import { type Ctx, inTx, userOf } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

const entrance = "entrance";
const mostRecent = 20;

const checkInOf = ({ gatheringId: _gatheringId, ...row }: repo.CheckInRow): CheckIn => ({
  ...row,
  at: row.at.toISOString(),
});

/** What a door needs to know: where it is, how many are in, and who came last. */
export async function openDoor(
  ctx: Ctx,
  source: string,
  query: { occurrence_id?: string; list?: string },
): Promise<Door> {
  const gathering = await pick(ctx, source, query.occurrence_id);
  await assertTeam(ctx, gathering.id, mayKeepDoor);
  const { id, sourceId, title, startTime, endTime, timeZone } = gathering;
  if (!startTime || !endTime) throw new Problem("event.not_found");
  const list = query.list ?? entrance;
  return {
    eventId: sourceId,
    gatheringId: id,
    title,
    startTime: startTime.toISOString(),
    endTime: endTime.toISOString(),
    timeZone,
    counts: await repo.countDoor(ctx.db, id, list),
    recent: (await repo.listRecent(ctx.db, id, list, mostRecent)).map(checkInOf),
  };
}

/**
 * Lets somebody in, once per list, however many scanners read the ticket at once.
 *
 * Who was let in already is refused with where and when.
 */
export async function checkIn(
  ctx: Ctx,
  source: string,
  input: CheckInInput,
): Promise<CheckIn & { counts: DoorCounts }> {
  const gathering = await pick(ctx, source, input.occurrenceId);
  await assertTeam(ctx, gathering.id, mayKeepDoor);
  const holder = await findHolder(ctx, gathering.id, input);
  refuseUnadmitted(gathering, holder);
  const row = {
    id: randomUUIDv7(),
    gatheringId: gathering.id,
    registrationId: holder.registrationId,
    list: input.list ?? entrance,
    gate: input.gate ?? "",
    at: ctx.now(),
    byUserId: userOf(ctx).userId,
  };
  await inTx(ctx, async (tctx) => {
    if (!(await repo.insertCheckIn(tctx.db, row))) return;
    await writeAttendance(tctx, gathering.id, [{ id: row.registrationId, attendance: "attended", source: "check_in" }]);
    const about = { registrationId: row.registrationId, gatheringId: gathering.id };
    await record(tctx, checkedIn({ ...about, checkInId: row.id, list: row.list }));
    const { list, gate } = row;
    await audit(
      tctx,
      "registration.checked_in",
      { kind: "registration", id: row.registrationId },
      { new: { list, gate } },
    );
  });
  const standing = await repo.findStanding(ctx.db, row.registrationId, row.list);
  // Neither in nor let in: the place was given up between our look and the lock.
  if (!standing) throw new Problem("check_in.not_admitted", { name: holder.name, registrationId: row.registrationId });
  if (standing.id !== row.id) throw used(holder, standing);
  return { ...checkInOf(standing), counts: await repo.countDoor(ctx.db, gathering.id, row.list) };
}

const used = ({ name, registrationId }: repo.Holder, { id, at, gate, list }: repo.CheckInRow) =>
  new Problem("check_in.used", { name, registrationId, checkInId: id, at: at.toISOString(), gate, list });

async function findHolder(ctx: Ctx, gatheringId: string, { code, registrationId }: CheckInInput): Promise<repo.Holder> {
  if (registrationId !== undefined) {
    const holder = await repo.findById(ctx.db, gatheringId, registrationId);
    if (!holder) throw new Problem("registration.not_found");
    return holder;
  }
  const claim = verifiedClaim(ctx, code ?? "");
  if (claim) {
    const { ticketId, version } = claim;
    const holder = await repo.findByTicket(ctx.db, { gatheringId, ticketId, version });
    if (holder) return holder;
  }
  const tail = claim ? null : readTyped(code ?? "");
  const holder = tail === null ? undefined : await repo.findByTail(ctx.db, gatheringId, tail);
  if (!holder) throw new Problem("check_in.unknown_code", { isCode: looksLikeCode(code ?? "") });
  return holder;
}

function refuseUnadmitted(gathering: Gathering, { name, status, side, registrationId }: repo.Holder): void {
  const about = { name, registrationId, registrationStatus: status, side };
  if (gathering.status !== "scheduled")
    throw new Problem("check_in.not_admitted", { ...about, because: "gathering.cancelled" });
  if (status !== "confirmed") throw new Problem("check_in.not_admitted", about);
  // Where there is a house to enter, a ticket for the stream does not open its door.
  if (side === "virtual" && gathering.format !== "virtual")
    throw new Problem("check_in.not_admitted", { ...about, because: "access.other_side" });
}

/** Takes an admission back; the row stays as what happened, and the ticket is good again. */
export async function undo(ctx: Ctx, id: string): Promise<{ counts: DoorCounts }> {
  const standing = await repo.findCheckIn(ctx.db, id);
  if (!standing) throw new Problem("check_in.not_found");
  const gathering = await getGathering(ctx, standing.gatheringId);
  await assertTeam(ctx, gathering.id, mayKeepDoor);
  await inTx(ctx, async (tctx) => {
    if (!(await repo.undoCheckIn(tctx.db, id, { userId: userOf(ctx).userId, at: ctx.now() }))) return;
    const { registrationId, gatheringId, list } = standing;
    if (!(await repo.isStillIn(tctx.db, registrationId)))
      await writeAttendance(tctx, gatheringId, [{ id: registrationId, attendance: "unknown", source: "check_in" }]);
    await record(tctx, checkInUndone({ registrationId, gatheringId, checkInId: id, list }));
    await audit(tctx, "registration.check_in_undone", { kind: "registration", id: registrationId }, { old: { list } });
  });
  return { counts: await repo.countDoor(ctx.db, gathering.id, standing.list) };
}

/** How many are in, for every device at every door. */
export const countDoor = (ctx: Pick<Ctx, "db">, gatheringId: string, list: string): Promise<DoorCounts> =>
  repo.countDoor(ctx.db, gatheringId, list);

import type { Participant } from "#contract/registrations.ts";
import { recordAll } from "#server/modules/audit/service.ts";
import { get as getGathering, pick } from "#server/modules/gatherings/service/reading.ts";
import { attendanceSet } from "#server/modules/registrations/facts.ts";
import { assertTeam, mayDecide, mayRead } from "#server/modules/registrations/policy.ts";
import * as repo from "#server/modules/registrations/repo/participants.ts";
import { withAnswers } from "#server/modules/registrations/service/answering.ts";
import { changesOf, cursorOf, findFor, readCursor } from "#server/modules/registrations/service/views.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

export interface ParticipantQuery extends Omit<repo.Filter, "after" | "limit" | "ids"> {
  occurrence_id?: string;
  limit: number;
  cursor?: string;
}

/** Who is registered, for the team: searched, filtered, newest first. */
export async function listParticipants(ctx: Ctx, source: string, query: ParticipantQuery) {
  const gathering = await pick(ctx, source, query.occurrence_id);
  await assertTeam(ctx, gathering.id, mayRead);
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
  const rows = await repo.listParticipants(ctx.db, gathering.id, { ...query, after, limit: query.limit + 1 });
  const items = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? items.at(-1) : undefined;
  return {
    items: await participantsOf(ctx, items, gathering.id),
    nextCursor: last ? cursorOf(last.registeredAt, last.id) : null,
    matching: await repo.countMatching(ctx.db, gathering.id, query),
    counts: await repo.countParticipants(ctx.db, gathering.id),
  };
}

/** With what they answered; what is sensitive is for those who decide. */
async function participantsOf(
  ctx: Ctx,
  rows: readonly repo.ParticipantRow[],
  gatheringId: string,
): Promise<Participant[]> {
  const answered = await withAnswers(ctx, rows, await mayDecide(ctx, gatheringId));
  return answered.map((row) => ({
    ...row,
    ...changesOf(row),
    checkedInAt: row.checkedInAt?.toISOString() ?? null,
    registeredAt: row.registeredAt.toISOString(),
  }));
}

/** One of them, to a caller who may know of it already. */
export async function getParticipant(ctx: Ctx, id: string): Promise<Participant> {
  const row = await repo.findParticipant(ctx.db, id);
  const [participant] = row ? await participantsOf(ctx, [row], row.gatheringId) : [];
  if (!participant) throw new Problem("registration.not_found");
  return participant;
}

/** Says who was there: the host's word stands above what doors and rooms have seen. */
export async function setAttendance(
  ctx: Ctx,
  source: string,
  { registrationId, attendance }: { registrationId: string; attendance: Participant["attendance"] },
): Promise<Participant> {
  const { row } = await findFor(ctx, registrationId, mayDecide);
  if (row.eventId !== source && row.slug !== source) throw new Problem("registration.not_found");
  await assertTeam(ctx, row.gatheringId, mayDecide);
  if (row.status !== "confirmed") throw new Problem("registration.wrong_status", { registrationStatus: row.status });
  await inTx(ctx, (tctx) =>
    writeAttendance(tctx, row.gatheringId, [{ id: registrationId, attendance, source: "host" }]),
  );
  return getParticipant(ctx, registrationId);
}

type Said = Parameters<typeof repo.updateAttendance>[1][number];

/** Writes attendance where it changes something, and says so. */
export async function writeAttendance(tctx: TxCtx, gatheringId: string, said: readonly Said[]): Promise<void> {
  if (said.length === 0) return;
  const changed = await repo.updateAttendance(tctx.db, said, tctx.now());
  await record(tctx, ...changed.map((registrationId) => attendanceSet({ registrationId, gatheringId })));
  await recordAll(
    tctx,
    said
      .filter(({ id }) => changed.includes(id))
      .map(({ id, attendance, source }) => ({
        by: tctx,
        action: "registration.attendance",
        subject: { kind: "registration" as const, id },
        change: { new: { attendance, source } },
      })),
  );
}

/**
 * Derives from doors and rooms who was there, once a gathering is over.
 *
 * Nobody is said to have stayed away where nobody looked: no-shows are only told of a side that had a door or a room.
 */
export async function deriveAttendance(ctx: Ctx, gatheringId: string): Promise<void> {
  const gathering = await getGathering(ctx, gatheringId);
  if (gathering.status !== "scheduled" || gathering.endTime === null || gathering.endTime > ctx.now()) return;
  const signs = await repo.listSigns(ctx.db, gatheringId);
  const hadDoor = signs.some(({ wasIn }) => wasIn);
  const hadRoom = signs.some(({ wasOnline }) => wasOnline);
  const said = signs.flatMap(({ id, side, wasIn, wasOnline }): Said[] => {
    if (wasIn) return [{ id, attendance: "attended", source: "check_in" }];
    if (wasOnline) return [{ id, attendance: "attended", source: "room" }];
    const looked = (side !== "virtual" && hadDoor) || (side !== "in_person" && hadRoom);
    return looked ? [{ id, attendance: "no_show", source: side === "virtual" ? "room" : "check_in" }] : [];
  });
  await inTx(ctx, (tctx) => writeAttendance(tctx, gatheringId, said));
}

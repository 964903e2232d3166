import { randomUUIDv7 } from "node:crypto";

import type { CustomAnswers, Question } from "#contract/questions.ts";
import type { SeriesScope } from "#contract/scheduling-recurrence.ts";
import * as audit from "#server/modules/audit/service.ts";
import { byQuestion, changeAnswers, listAsked, readAnswers } from "#server/modules/questions/service/answers.ts";
import { answersChanged } from "#server/modules/scheduling/facts.ts";
import type * as repo from "#server/modules/scheduling/repo/bookings.ts";
import { changesUntil, isLiving, isWaiting } from "#server/modules/scheduling/service/booking-views.ts";
import { lockMeant, type Member } from "#server/modules/scheduling/service/series-changes.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

const isOpen = (row: repo.BookingRow, party: repo.AttendeeRow): boolean =>
  (row.status === "pending" || row.status === "confirmed") && (isLiving(party) || isWaiting(party));

/** What a party was asked and has answered, and whether it may still say something else. */
export async function showQuestions(
  ctx: Ctx,
  { row, party }: Member,
): Promise<{ questions: Question[]; customAnswers: CustomAnswers; mayAnswer: boolean }> {
  // Guests were asked nothing.
  if (party.guestOf !== null) return { questions: [], customAnswers: {}, mayAnswer: false };
  const said = await readAnswers(ctx, [party.id], { withSensitive: false });
  return {
    questions: await listAsked(ctx, party.id, row.eventTypeId),
    customAnswers: byQuestion(said.get(party.id) ?? []),
    mayAnswer: isOpen(row, party) && ctx.now() < changesUntil(row),
  };
}

/** Lets an invitee say something else to what they were asked, as long as they may move; the hosts are told. */
export async function answerAgain(
  tctx: TxCtx,
  { row, party }: Member,
  { customAnswers: given, scope }: { customAnswers: CustomAnswers; scope: SeriesScope },
): Promise<void> {
  if (party.guestOf !== null) throw new Problem("booking.guests_follow");
  if (!isOpen(row, party)) throw new Problem("booking.wrong_status", { bookingStatus: row.status });
  if (tctx.now() >= changesUntil(row))
    throw new Problem("booking.too_late", { until: changesUntil(row).toISOString() });
  const about: Member[] = [];
  for (const one of await lockMeant(tctx, { row, party, scope, by: "invitee" })) {
    const { id: attendeeId } = one.party;
    const source = { registrationId: attendeeId, sourceId: row.eventTypeId };
    const questions = await changeAnswers(tctx, { ...source, given });
    if (questions.length === 0) continue;
    about.push(one);
    const change = { new: { attendeeId, questions } };
    await audit.record(tctx, "booking.answers_changed", { kind: "booking", id: one.row.id }, change);
  }
  // Of a series its hosts hear once, each of those that they host.
  const byHosts = Map.groupBy(about, (one) => one.row.hostIds.toSorted().join());
  for (const members of byHosts.values()) {
    const attendeeIds = members.map((one) => one.party.id);
    await record(tctx, answersChanged({ attendeeIds, change: randomUUIDv7() }));
  }
}

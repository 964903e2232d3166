import type { ImportLine } from "#contract/exchange.ts";
import type { WordedAnswer } from "#contract/questions.ts";
import { readPeople } from "#domain/registrations/importing.ts";
import { sidesFor } from "#domain/registrations/places.ts";
import { writeCsv } from "#domain/tables/csv.ts";
import { toWall } from "#domain/time/wall.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { pick } from "#server/modules/gatherings/service/reading.ts";
import { answerText } from "#server/modules/questions/service/answers.ts";
import { listQuestions } from "#server/modules/questions/service/lists.ts";
import { assertTeam, mayDecide } from "#server/modules/registrations/policy.ts";
import * as repo from "#server/modules/registrations/repo/participants.ts";
import { findSale } from "#server/modules/registrations/repo/sale.ts";
import { withAnswers } from "#server/modules/registrations/service/answering.ts";
import { readTable, writeWorkbook } from "#server/modules/registrations/tables.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";
import { say } from "#server/platform/words.ts";

type Which = Omit<repo.Filter, "after" | "limit" | "ids"> & { occurrence_id?: string };

const columns = [
  "name",
  "email",
  "state",
  "side",
  "ticket",
  "attendance",
  "checkedIn",
  "gate",
  "with",
  "since",
] as const;
const atOnce = 1000;

/** Everybody who matches, as a table with a heading in the reader's language; that it was taken out is written down. */
async function table(ctx: Ctx, source: string, { occurrence_id, ...filter }: Which, format: "csv" | "xlsx") {
  const gathering = await pick(ctx, source, occurrence_id);
  // Addresses leave the house: that is for those who decide, not for everybody who may look.
  await assertTeam(ctx, gathering.id, mayDecide);
  const people: Answering[] = [];
  let after: repo.Filter["after"];
  for (;;) {
    const some: repo.ParticipantRow[] = await repo.listParticipants(ctx.db, gathering.id, {
      ...filter,
      after,
      limit: atOnce,
    });
    people.push(...(await withAnswers(ctx, some, true)));
    const last = some.at(-1);
    if (!last || some.length < atOnce) break;
    after = { at: last.registeredAt, id: last.id };
  }
  const about = { format, people: people.length };
  await inTx(ctx, (tctx) =>
    audit(tctx, "event.people_exported", { kind: "event", id: gathering.sourceId }, { new: about }),
  );
  ctx.reply.header("content-disposition", `attachment; filename="people.${format}"`);
  const asked = await questionsIn(ctx, gathering.sourceId, people);
  const terms = termColumns.filter((column) => people.some((person) => person[column] !== null));
  const cellsOf = cellsIn(ctx.locale, gathering.timeZone);
  const timed: readonly string[] = ["checkedIn", "since"];
  const heading = columns.map((column) => {
    const says = say(ctx.locale, `registrations.table.${column}`);
    return timed.includes(column) ? `${says} (${gathering.timeZone})` : says;
  });
  return [
    [...heading, ...terms.map((column) => say(ctx.locale, `registrations.table.${column}`)), ...asked.values()],
    ...people.map((row) => [
      ...cellsOf(row),
      ...terms.map((column) => say(ctx.locale, `registrations.table.${row[column] ? "accepted" : "notAccepted"}`)),
      ...[...asked.keys()].map((id) => answerText(ctx.locale, row.answers, id)),
    ]),
  ];
}

/** What was accepted; a column for each that the event asks for. */
const termColumns = ["acceptsConduct", "confirmsAge"] as const;

type Answering = repo.ParticipantRow & { answers: WordedAnswer[] };

/** A column for each question that is asked, in its order, and for each that was and has answers, in its last wording. */
async function questionsIn(ctx: Ctx, sourceId: string, people: readonly Answering[]): Promise<Map<string, string>> {
  const { questions } = await listQuestions(ctx, sourceId);
  const asked = new Map(questions.map(({ id, questionText }) => [id, questionText]));
  for (const { questionId, questionText } of people.flatMap(({ answers }) => answers)) {
    if (!asked.has(questionId)) asked.set(questionId, questionText);
  }
  return asked;
}

/** A line in the reader's words, with times as the clocks of the event show them. */
function cellsIn(locale: string, zone: string): (row: repo.ParticipantRow) => string[] {
  const wall = (at: Date | null) => (at ? toWall(at, zone).replace("T", " ").slice(0, 16) : "");
  const word = (of: "status" | "side" | "attendance", value: string) =>
    say(locale, `registrations.people.${of}`, { [of]: value });
  return (row) => [
    row.name,
    row.email,
    word("status", row.status),
    word("side", row.side),
    row.ticketTypeName ?? "",
    row.attendance === "unknown" ? "" : word("attendance", row.attendance),
    wall(row.checkedInAt),
    row.gate ?? "",
    row.registeredBy ?? "",
    wall(row.registeredAt),
  ];
}

export const exportCsv = async (ctx: Ctx, source: string, which: Which): Promise<string> =>
  writeCsv(await table(ctx, source, which, "csv"));

export const exportXlsx = async (ctx: Ctx, source: string, which: Which): Promise<Uint8Array> =>
  writeWorkbook(await table(ctx, source, which, "xlsx"));

/** Says line by line what would come of a table of people; changes nothing. */
export async function preview(
  ctx: Ctx,
  source: string,
  { bytes, occurrenceId }: { bytes: Uint8Array; occurrenceId: string | undefined },
): Promise<{ lines: ImportLine[] }> {
  const gathering = await pick(ctx, source, occurrenceId);
  await assertTeam(ctx, gathering.id, mayDecide);
  const sale = await findSale(ctx.db, gathering.id);
  if (!sale) throw new Problem("event.not_found");
  const lines = readPeople(await readTable(bytes), { types: sale.types, sides: sidesFor(sale.format, "any") });
  const fit = lines.filter(({ problem }) => problem === null);
  const known = await repo.listKnown(
    ctx.db,
    gathering.id,
    fit.map(({ email }) => email),
  );
  const first = sale.types[0]?.id;
  const isKnown = ({ email, ticketTypeId }: ImportLine) =>
    known.some((one) => one.email === email && one.ticketTypeId === (ticketTypeId ?? first));
  return {
    lines: lines.map((line) =>
      line.problem === null && isKnown(line) ? { ...line, problem: "known" as const } : line,
    ),
  };
}

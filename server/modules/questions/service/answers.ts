import { isDeepStrictEqual } from "node:util";

import type { CustomAnswers, Question, WordedAnswer } from "#contract/questions.ts";
import type { Answer, Answers } from "#domain/questions/question.ts";
import { type AnswerFault, settle } from "#domain/questions/settle.ts";
import { matches } from "#server/modules/questions/patterns.ts";
import * as repo from "#server/modules/questions/repo.ts";
import { type Ctx, inTx, type TxCtx } from "#server/platform/ctx.ts";
import { type FieldFault, Problem } from "#server/platform/problem.ts";
import { seal, unseal } from "#server/platform/seal.ts";
import { say } from "#server/platform/words.ts";

/** Good answers to the list of one version. */
export interface GoodAnswers {
  set: repo.SetRow;
  answers: Record<string, Answer>;
}

interface Asking {
  /** Where the answers stand in the request. */
  at: string;
  given: CustomAnswers;
  puts?: (question: Pick<Question, "scope">) => boolean;
  known?: Answers;
  isLenient?: boolean;
}

/** The questions of a source as they are asked now, with all that was found wrong with the answers so far. */
export interface Round {
  set: repo.SetRow | undefined;
  sourceId: string;
  fields: FieldFault[];
}

/** Begins to ask: every part of a request is asked by `take`, and `finish` refuses them together. */
export const begin = async (ctx: Ctx | TxCtx, sourceId: string): Promise<Round> => ({
  set: await repo.findSet(ctx.db, sourceId),
  sourceId,
  fields: [],
});

/** Takes the answers of one form; nothing where nothing is asked. */
export function take(ctx: Pick<Ctx, "locale">, round: Round, asking: Asking): GoodAnswers | undefined {
  const { set, fields } = round;
  if (!set) return undefined;
  const { at, given, ...how } = asking;
  const { answers, faults } = settle(set.questions, given, { matches, ...how });
  fields.push(
    ...faults.map(({ question, fault }) => ({
      at: `${at}.${question.id}`,
      ...faultOf(ctx.locale, question.validationRules.patternMessage, fault),
    })),
  );
  return { set, answers };
}

/** Refuses what was found wrong, all of it at once; answers to what was never asked here are wrong too. */
export async function finish(ctx: Ctx | TxCtx, round: Round, all: readonly Omit<Asking, "puts">[]): Promise<void> {
  const asked = new Set(round.set?.questions.map(({ id }) => id));
  const strange = all.flatMap(({ at, given }) => Object.keys(given).map((id) => ({ at, id })));
  const unknown = strange.filter(({ id }) => !asked.has(id));
  // What was taken from the list while somebody answered is dropped, and no fault of theirs.
  const ever =
    unknown.length > 0
      ? await repo.listEverAsked(
          ctx.db,
          round.sourceId,
          unknown.map(({ id }) => id),
        )
      : [];
  for (const { at, id } of unknown) {
    if (ever.includes(id)) continue;
    round.fields.push({ at: `${at}.${id}`, code: "unknown", key: "questions.faults.unknown" });
  }
  if (round.fields.length > 0) throw new Problem("answers.invalid", { fields: round.fields });
}

/** The answers of a request that holds one form only; refuses what is wrong with them. */
export async function takeAnswers(
  ctx: Ctx | TxCtx,
  sourceId: string,
  asking: Omit<Asking, "at">,
): Promise<GoodAnswers | undefined> {
  const round = await begin(ctx, sourceId);
  const whole = { at: "body.customAnswers", ...asking };
  const good = take(ctx, round, whole);
  await finish(ctx, round, [whole]);
  return good;
}

function faultOf(locale: string, patternMessage: string | undefined, fault: AnswerFault) {
  const { code } = fault;
  if (code === "pattern" && patternMessage) return { code, says: patternMessage };
  const limit = "limit" in fault ? limitIn(locale, fault.limit) : "";
  return { code, key: `questions.faults.${code}` as const, values: { limit } };
}

/** Dates are told as the reader's language has them; times are what clocks show everywhere. */
function limitIn(locale: string, limit: number | string): number | string {
  const isDay = typeof limit === "string" && /^\d{4}-\d{2}-\d{2}$/.test(limit);
  if (!isDay) return limit;
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return format.format(new Date(`${limit}T00:00:00Z`));
}

const about = (registrationId: string) => `answers/${registrationId}`;

/** Keeps what was answered with each of these registrations; what is sensitive is sealed. */
export async function keepAnswers(
  tctx: TxCtx,
  all: readonly { registrationId: string; good: GoodAnswers | undefined }[],
): Promise<void> {
  const rows = all.flatMap(({ registrationId, good }): repo.NewAnswers[] => {
    if (!good || Object.keys(good.answers).length === 0) return [];
    const { set, answers } = good;
    const isSensitive = new Map(set.questions.map((question) => [question.id, question.isSensitive]));
    const part = (sensitive: boolean) =>
      Object.fromEntries(Object.entries(answers).filter(([id]) => isSensitive.get(id) === sensitive));
    const secret = part(true);
    const plain = Buffer.from(JSON.stringify(secret));
    const sealed =
      Object.keys(secret).length > 0 ? seal(tctx.settings.secrets.seals, about(registrationId), plain) : null;
    return [{ registrationId, setId: set.id, answers: part(false), sealed }];
  });
  await repo.insertAnswers(tctx.db, rows, tctx.now());
}

/** Who reads: sensitive answers are for those who decide alone. */
interface Reading {
  withSensitive: boolean;
}

/** What was answered with registrations, in the order and the wording in which it was asked. */
export async function readAnswers(
  ctx: Ctx | TxCtx,
  registrationIds: readonly string[],
  { withSensitive }: Reading,
): Promise<Map<string, WordedAnswer[]>> {
  const rows = registrationIds.length > 0 ? await repo.listAnswers(ctx.db, registrationIds) : [];
  return new Map(rows.map((row) => [row.registrationId, wordedOf(ctx, row, withSensitive)]));
}

/** Everything that was answered with a registration, what is sensitive too. */
function openOf(ctx: Ctx | TxCtx, { registrationId, answers, sealed }: repo.AnswersRow): Answers {
  if (!sealed) return answers;
  return { ...answers, ...JSON.parse(unseal(ctx.settings.secrets.seals, about(registrationId), sealed).toString()) };
}

function wordedOf(ctx: Ctx | TxCtx, row: repo.AnswersRow, withSensitive: boolean): WordedAnswer[] {
  const all = openOf(ctx, row);
  return row.questions.flatMap(({ id, questionText, questionType, isSensitive, options }) => {
    const answer = all[id];
    if (answer === undefined) return [];
    const inOrder = Array.isArray(answer) ? options.filter((option) => answer.includes(option)) : answer;
    return [
      {
        questionId: id,
        ...{ questionText, questionType, isSensitive },
        answer: isSensitive && !withSensitive ? null : inOrder,
      },
    ];
  });
}

/** What a registration was asked, as it was worded then; where it has answered nothing yet, what is asked now. */
export const listAsked = async (ctx: Ctx | TxCtx, registrationId: string, sourceId: string): Promise<Question[]> =>
  ((await repo.findAnswered(ctx.db, registrationId)) ?? (await repo.findSet(ctx.db, sourceId)))?.questions ?? [];

/**
 * Lets somebody say something else to what they were asked, and returns to which questions.
 *
 * Who answers by a link does not see what is sensitive: left empty, it stays.
 */
export async function changeAnswers(
  tctx: TxCtx,
  { registrationId, sourceId, given }: { registrationId: string; sourceId: string; given: CustomAnswers },
): Promise<string[]> {
  const answered = await repo.findAnswered(tctx.db, registrationId);
  const set = answered ?? (await repo.findSet(tctx.db, sourceId));
  const before = answered ? openOf(tctx, answered) : {};
  const stays = ({ id, isSensitive }: Question) => isSensitive && isEmpty(given[id]) && before[id] !== undefined;
  const kept = set?.questions.filter(stays).map(({ id }) => [id, before[id] ?? null] as const) ?? [];
  const whole = { at: "body.customAnswers", given: { ...given, ...Object.fromEntries(kept) } };
  const round: Round = { set, sourceId, fields: [] };
  const good = take(tctx, round, whole);
  await finish(tctx, round, [whole]);
  const after = good?.answers ?? {};
  const ids = set?.questions.map(({ id }) => id) ?? [];
  const changed = ids.filter((id) => !isDeepStrictEqual(before[id], after[id]));
  if (changed.length === 0) return [];
  if (Object.keys(after).length === 0) await repo.deleteAnswers(tctx.db, registrationId);
  else await keepAnswers(tctx, [{ registrationId, good }]);
  return changed;
}

const isEmpty = (given: CustomAnswers[string] | undefined): boolean =>
  given === undefined || given === null || given === "" || (Array.isArray(given) && given.length === 0);

/** The answer to one question, as a table shows it. */
export function answerText(locale: string, answers: readonly WordedAnswer[], questionId: string): string {
  const answer = answers.find((one) => one.questionId === questionId)?.answer ?? "";
  if (typeof answer === "boolean") return say(locale, answer ? "questions.yes" : "questions.no");
  return Array.isArray(answer) ? answer.join("; ") : String(answer);
}

/** By question, as 001 has it. */
export const byQuestion = (answers: readonly WordedAnswer[]): CustomAnswers =>
  Object.fromEntries(answers.map(({ questionId, answer }) => [questionId, answer]));

/** Takes back what was answered with a seat that is somebody else's now. */
export const dropAnswers = (tctx: TxCtx, registrationId: string): Promise<void> =>
  repo.deleteAnswers(tctx.db, registrationId);

/** Forgets all that somebody has answered. */
export const forgetPerson = (ctx: Ctx, personId: string): Promise<void> =>
  inTx(ctx, (tctx) => repo.deleteOfPerson(tctx.db, personId));

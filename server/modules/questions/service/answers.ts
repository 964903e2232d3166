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

function wordedOf(ctx: Ctx | TxCtx, row: repo.AnswersRow, withSensitive: boolean): WordedAnswer[] {
  const { registrationId, questions, answers, sealed } = row;
  const secret: Answers = sealed
    ? JSON.parse(unseal(ctx.settings.secrets.seals, about(registrationId), sealed).toString())
    : {};
  return questions.flatMap(({ id, questionText, questionType, isSensitive, options }) => {
    const answer = answers[id] ?? secret[id];
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

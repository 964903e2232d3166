import type { CustomAnswers, Question, WordedAnswer } from "#contract/questions.ts";
import {
  begin,
  finish,
  type GoodAnswers,
  keepAnswers,
  readAnswers,
  take,
} from "#server/modules/questions/service/answers.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";

/** What a party has answered: once for all of it, and each for themselves. */
export interface PartyAnswers {
  party: GoodAnswers | undefined;
  each: readonly (GoodAnswers | undefined)[];
}

interface Given {
  /** Of the party; of whoever comes alone without being named, all of them. */
  customAnswers?: CustomAnswers | undefined;
  attendees?: readonly { customAnswers?: CustomAnswers | undefined }[] | undefined;
}

const isOf = (scope: Question["scope"]) => (question: Pick<Question, "scope">) => question.scope === scope;

/** Takes the answers of all who are named; whatever is wrong is refused at once, before anybody is looked up. */
export async function answerParty(ctx: Ctx, sourceId: string, given: Given): Promise<PartyAnswers> {
  const round = await begin(ctx, sourceId);
  const whole = { at: "body.customAnswers", given: given.customAnswers ?? {} };
  const forms = given.attendees?.map(({ customAnswers = {} }, index) => ({
    at: `body.attendees.${index}.customAnswers`,
    given: customAnswers,
  })) ?? [whole];
  const party = take(ctx, round, { ...whole, puts: isOf("party") });
  const known = party?.answers ?? {};
  const each = forms.map((form) => take(ctx, round, { ...form, puts: isOf("attendee"), known }));
  await finish(ctx, round, given.attendees ? [whole, ...forms] : forms);
  return { party, each };
}

/** What the first of a party who has a place answered, with what was answered for all. */
export function joined(own: GoodAnswers | undefined, party: GoodAnswers | undefined): GoodAnswers | undefined {
  if (!own || !party) return own ?? party;
  return { set: own.set, answers: { ...party.answers, ...own.answers } };
}

/** An answer is of the place that was taken with it. */
export interface Answered {
  registrationId: string;
  good: GoodAnswers | undefined;
}

/** Keeps the answers of those places that were written. */
export const keepOf = (tctx: TxCtx, answered: readonly Answered[], places: readonly { registrationId: string }[]) => {
  const written = new Set(places.map(({ registrationId }) => registrationId));
  return keepAnswers(
    tctx,
    answered.filter(({ registrationId }) => written.has(registrationId)),
  );
};

/** Lays what was answered beside each row of a list of people. */
export async function withAnswers<Row extends { id: string }>(
  ctx: Ctx,
  rows: readonly Row[],
  withSensitive: boolean,
): Promise<(Row & { answers: WordedAnswer[] })[]> {
  const ids = rows.map(({ id }) => id);
  const said = await readAnswers(ctx, ids, { withSensitive });
  return rows.map((row) => ({ ...row, answers: said.get(row.id) ?? [] }));
}

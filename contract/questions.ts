import { z } from "zod";

import { named } from "#contract/issue.ts";
import { route } from "#contract/route.ts";
import { Line } from "#contract/values.ts";
import { operators, questionTypes } from "#domain/questions/question.ts";

const Count = z.int().min(0).max(5000);
const Limit = z.union([z.number(), z.string().max(10)]);

/** What an answer must be like; which of these fit depends on the question's type. */
const ValidationRules = z.strictObject({
  minLength: Count.optional(),
  maxLength: Count.min(1).optional(),
  /** Of numbers, dates (`2030-05-01`) and times (`09:30`). */
  min: Limit.optional(),
  max: Limit.optional(),
  minSelected: Count.max(100).optional(),
  maxSelected: Count.min(1).max(100).optional(),
  /** RE2: what a whole answer looks like. */
  pattern: z.string().min(1).max(200).optional(),
  /** What is said of an answer that looks otherwise. */
  patternMessage: z.string().trim().max(200).optional(),
});

const Condition = z.strictObject({
  /** A question that stands before this one. */
  questionId: z.uuid(),
  operator: z.enum(operators),
  value: z.union([Line.max(200), z.number(), z.boolean()]).optional(),
});

const question = {
  questionText: z.string().trim().min(1).max(500),
  helpText: z.string().trim().max(500).default(""),
  questionType: z.enum(questionTypes),
  isRequired: z.boolean().default(false),
  options: z.array(Line.min(1).max(200)).max(100).default([]),
  validationRules: ValidationRules.default({}),
  /** It is asked only where these hold. */
  conditions: z
    .strictObject({ match: z.enum(["all", "any"]).default("all"), rules: z.array(Condition).min(1).max(10) })
    .nullable()
    .default(null),
  /** Encrypted where it is kept, and shown to nobody but those who decide. */
  isSensitive: z.boolean().default(false),
  /** At events: asked of everybody who comes, or once of whoever registers them. */
  scope: z.enum(["attendee", "party"]).default("attendee"),
};

export const QuestionInput = z.strictObject({
  /** Kept over changes; conditions name it. */
  id: z.uuid().optional(),
  ...question,
  /** Where it stands; left out, as in the list. */
  order: z.int().min(0).max(10_000).optional(),
});
export type QuestionInput = z.infer<typeof QuestionInput>;
export const QuestionInputs = z.array(QuestionInput).max(50);

export const Question = z.object({ id: z.uuid(), ...question, order: Count });
export type Question = z.infer<typeof Question>;

export const QuestionList = z.object({
  /** Raised by every change; 0 while nothing was ever asked. */
  version: z.int().min(0),
  questions: z.array(Question),
});
export type QuestionList = z.infer<typeof QuestionList>;

const AnswerValue = z.union([
  z.string().max(10_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(200)).max(100),
  z.null(),
]);

/** Answers by the id of their question. */
export const CustomAnswers = z
  .record(z.uuid(), AnswerValue)
  .refine((answers) => Object.keys(answers).length <= 100, named("answers", { most: 100 }))
  .meta({ example: {} });
export type CustomAnswers = z.infer<typeof CustomAnswers>;

/** One answer, with the wording that it was given to. */
export const WordedAnswer = z.object({
  questionId: z.uuid(),
  questionText: z.string(),
  questionType: z.enum(questionTypes),
  isSensitive: z.boolean(),
  /** Null: it is there, but not for the reader. */
  answer: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
});
export type WordedAnswer = z.infer<typeof WordedAnswer>;

const Saving = z.strictObject({
  questions: QuestionInputs,
  /** The version that was changed: a newer one is not written over. */
  version: z.int().min(0).optional(),
});
export type QuestionSaving = z.infer<typeof Saving>;

const ofEvent = z.object({ id: z.string().min(1).max(200) });
const ofEventType = z.strictObject({ id: z.uuid() });
const saving = ["questions.invalid", "questions.changed_meanwhile", "auth.forbidden"] as const;

export const questions = {
  ofEvent: route({
    method: "GET",
    path: "/events/:id/questions",
    summary: "What is asked of those who register for an event",
    status: 200,
    who: "anyone",
    params: ofEvent,
    reply: QuestionList,
    problems: ["event.not_found", "gathering.not_found"],
  }),
  saveOfEvent: route({
    method: "PUT",
    path: "/events/:id/questions",
    summary: "Make the questions of an event these, in this order; answers keep the wording they were given to",
    status: 200,
    who: "signedIn",
    params: ofEvent,
    body: Saving,
    reply: QuestionList,
    problems: ["event.not_found", ...saving],
  }),
  ofEventType: route({
    method: "GET",
    path: "/events/event-types/:id/questions",
    summary: "What is asked of those who book an event type, for its team",
    status: 200,
    who: "signedIn",
    params: ofEventType,
    reply: QuestionList,
    problems: ["event_type.not_found"],
  }),
  saveOfEventType: route({
    method: "PUT",
    path: "/events/event-types/:id/questions",
    summary: "Make the questions of an event type these, in this order; answers keep the wording they were given to",
    status: 200,
    who: "signedIn",
    params: ofEventType,
    body: Saving,
    reply: QuestionList,
    problems: ["event_type.not_found", ...saving],
  }),
};

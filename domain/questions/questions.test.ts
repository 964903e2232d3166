import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { refusalsOf } from "#domain/questions/definition.ts";
import { type Condition, kindOf, operatorsOf, type Question, questionTypes } from "#domain/questions/question.ts";
import { type AnswerFault, settle } from "#domain/questions/settle.ts";
import { listAsked } from "#domain/questions/visible.ts";

const plain: Question = {
  id: "q",
  questionText: "Why do you come?",
  questionType: "text",
  isRequired: false,
  options: [],
  validationRules: {},
  conditions: null,
  scope: "attendee",
};
const ask = (over: Partial<Question>): Question => ({ ...plain, ...over });
const matches = (pattern: string, text: string) => new RegExp(`^(?:${pattern})$`).test(text);
const onlyIf = (questionId: string, operator: "equals" | "greater" | "contains", value: string | number | boolean) =>
  ({ match: "all", rules: [{ questionId, operator, value }] }) as const;

const faultOf = (over: Partial<Question>, given: unknown): AnswerFault["code"] | undefined =>
  settle([ask(over)], { q: given }, { matches }).faults[0]?.fault.code;
const answerTo = (over: Partial<Question>, given: unknown) => settle([ask(over)], { q: given }, { matches }).answers.q;

describe("settle", () => {
  it("reads what forms send, and what clients send, alike", () => {
    expect(answerTo({}, "  for the music ")).toBe("for the music");
    expect(answerTo({ questionType: "number" }, "1,5")).toBe(1.5);
    expect(answerTo({ questionType: "number" }, 1.5)).toBe(1.5);
    expect(answerTo({ questionType: "checkbox" }, "on")).toBe(true);
    expect(answerTo({ questionType: "checkbox" }, undefined)).toBe(false);
    expect(answerTo({ questionType: "multiselect", options: ["a", "b"] }, "b")).toEqual(["b"]);
    expect(answerTo({ questionType: "multiselect", options: ["a", "b"] }, ["b", "", "a", "b"])).toEqual(["a", "b"]);
    expect(answerTo({ questionType: "textarea" }, "one\r\ntwo")).toBe("one\ntwo");
  });

  it.each([
    [{ isRequired: true }, "  ", "required"],
    [{ isRequired: true, questionType: "checkbox" }, false, "required"],
    [{}, 7, "unfit"],
    [{}, { deep: true }, "unfit"],
    [{ questionType: "checkbox" }, "perhaps", "unfit"],
    [{ questionType: "multiselect", options: ["a"] }, [1], "unfit"],
    [{ questionType: "number" }, "many", "number"],
    [{ questionType: "number" }, "1e400", "number"],
    [{ questionType: "number" }, 1e16, "number"],
    [{ questionType: "number", validationRules: { min: 1 } }, 0, "below"],
    [{ questionType: "number", validationRules: { max: 1 } }, "2", "above"],
    [{ questionType: "date" }, "2030-02-30", "date"],
    [{ questionType: "date" }, "0000-01-01", "date"],
    [{ questionType: "date", validationRules: { max: "2030-01-01" } }, "2030-01-02", "above"],
    [{ questionType: "time" }, "24:00", "time"],
    [{ questionType: "time", validationRules: { min: "09:00" } }, "08:59", "below"],
    [{ questionType: "email" }, "nowhere", "email"],
    [{ questionType: "email" }, "a@b", "email"],
    [{ questionType: "url" }, "javascript:alert(1)", "url"],
    [{ questionType: "phone" }, "call me", "phone"],
    [{ questionType: "radio", options: ["a"] }, "b", "option"],
    [{ questionType: "multiselect", options: ["a"] }, ["a", "b"], "option"],
    [{ questionType: "multiselect", options: ["a", "b"], validationRules: { minSelected: 2 } }, ["a"], "fewer"],
    [{ questionType: "multiselect", options: ["a", "b"], validationRules: { maxSelected: 1 } }, ["a", "b"], "more"],
    [{ validationRules: { minLength: 3 } }, "ab", "shorter"],
    [{ validationRules: { maxLength: 3 } }, "abcd", "longer"],
    [{}, "x".repeat(501), "longer"],
    [{ validationRules: { pattern: "[A-Z]{2}" } }, "abc", "pattern"],
  ] as [Partial<Question>, unknown, string][])("refuses %j with %j as %s", (over, given, code) => {
    expect(faultOf(over, given)).toBe(code);
  });

  it.each([
    [{ questionType: "email" }, "ada@example.org"],
    [{ questionType: "url" }, "https://example.org/a?b"],
    [{ questionType: "phone" }, "+49 (30) 1234"],
    [{ questionType: "date" }, "2028-02-29"],
    [{ questionType: "time" }, "23:59"],
    [{ questionType: "number", validationRules: { min: 1, max: 1 } }, 1],
    [{ validationRules: { pattern: "[A-Z]{2}", minLength: 2, maxLength: 2 } }, "AB"],
  ] as [Partial<Question>, string | number][])("takes %j with %j", (over, given) => {
    expect(faultOf(over, given)).toBeUndefined();
    expect(answerTo(over, given)).toBe(given);
  });

  it("asks what a condition says, and drops what nobody was asked", () => {
    const eats = ask({ id: "eats", questionType: "radio", options: ["meat", "plants"] });
    const cut = ask({ id: "cut", isRequired: true, conditions: onlyIf("eats", "equals", "meat") });
    const sauce = ask({ id: "sauce", conditions: onlyIf("cut", "contains", "steak") });
    const list = [eats, cut, sauce];

    const plants = settle(list, { eats: "plants", cut: "Steak", sauce: "pepper" }, { matches });
    const meat = settle(list, { eats: "meat", cut: "Rump Steak", sauce: "pepper" }, { matches });
    const bare = settle(list, { eats: "meat" }, { matches });

    expect(plants).toEqual({ answers: { eats: "plants" }, faults: [] });
    expect(Object.keys(meat.answers)).toEqual(["eats", "cut", "sauce"]);
    expect(bare.faults.map(({ question, fault }) => [question.id, fault.code])).toEqual([["cut", "required"]]);
  });

  it("lets a condition look at what was answered elsewhere", () => {
    const firm = ask({ id: "firm", questionType: "checkbox", scope: "party" });
    const team = ask({ id: "team", isRequired: true, conditions: onlyIf("firm", "equals", true) });
    const puts = ({ scope }: Question) => scope === "attendee";

    const settled = settle([firm, team], { team: "Blue", firm: true }, { matches, puts, known: { firm: true } });

    expect(settled.answers).toEqual({ team: "Blue" });
    expect(settle([firm, team], { team: "Blue" }, { matches, puts, known: { firm: false } }).answers).toEqual({});
  });

  it("lets somebody who answers for another leave out what they do not know, but not say what is wrong", () => {
    const age = ask({ questionType: "number", isRequired: true });
    expect(settle([age], {}, { matches, isLenient: true }).faults).toEqual([]);
    expect(settle([age], { q: "old" }, { matches, isLenient: true }).faults).toHaveLength(1);
    const box = ask({ questionType: "checkbox" });
    expect(settle([box], {}, { matches }).answers).toEqual({ q: false });
    expect(settle([box], {}, { matches, isLenient: true }).answers).toEqual({});
  });
});

describe("refusalsOf", () => {
  const codesOf = (...list: Question[]) => refusalsOf(list, (pattern) => pattern !== "(").map(({ code }) => code);

  it.each([
    [[ask({}), ask({})], "id_repeated"],
    [[ask({ questionType: "select" })], "options_required"],
    [[ask({ options: ["a"] })], "options_not_taken"],
    [[ask({ questionType: "radio", options: ["a", "A "] })], "options_repeated"],
    [[ask({ questionType: "checkbox", validationRules: { pattern: "a" } })], "rule_not_taken"],
    [[ask({ questionType: "number", validationRules: { min: "1" } })], "range_unfit"],
    [[ask({ questionType: "date", validationRules: { max: "2030-02-30" } })], "range_unfit"],
    [[ask({ validationRules: { minLength: 3, maxLength: 2 } })], "range_reversed"],
    [[ask({ questionType: "multiselect", options: ["a"], validationRules: { minSelected: 2 } })], "range_impossible"],
    [[ask({ validationRules: { pattern: "(" } })], "pattern_unreadable"],
    [[ask({ conditions: onlyIf("nobody", "equals", "a") })], "condition_unknown"],
    [[ask({ conditions: onlyIf("q", "equals", "a") })], "condition_not_earlier"],
    [[ask({ id: "a", conditions: onlyIf("q", "equals", "a") }), ask({})], "condition_not_earlier"],
    [[ask({}), ask({ id: "b", scope: "party", conditions: onlyIf("q", "equals", "a") })], "condition_scope"],
    [[ask({}), ask({ id: "b", conditions: onlyIf("q", "greater", 1) })], "condition_operator"],
    [
      [ask({ questionType: "radio", options: ["a"] }), ask({ id: "b", conditions: onlyIf("q", "equals", "gone") })],
      "condition_value",
    ],
    [
      [ask({ questionType: "number" }), ask({ id: "b", conditions: onlyIf("q", "greater", "a lot") })],
      "condition_value",
    ],
  ] as [Question[], string][])("says what is wrong with %j: %s", (list, code) => {
    expect(codesOf(...list)).toEqual([code]);
  });

  it("has nothing against a list that goes together", () => {
    const list = questionTypes.map((questionType, n) =>
      ask({ id: `${n}`, questionType, options: /select|radio/.test(questionType) ? ["a", "b"] : [] }),
    );
    expect(codesOf(...list, ask({ id: "code", validationRules: { minLength: 2, maxLength: 2 } }))).toEqual([]);
  });
});

describe("a condition", () => {
  const holds = (about: Partial<Question>, given: unknown, rule: Omit<Condition, "questionId">) => {
    const conditions = { match: "all", rules: [{ questionId: "q", ...rule }] } as const;
    return listAsked([ask(about), ask({ id: "more", conditions })], { q: given }).has("more");
  };
  const some: Partial<Question> = { questionType: "multiselect", options: ["a", "ab"] };

  it.each([
    [{}, " Rump Steak ", "contains", "steak", "not_contains"],
    [{}, "Steak", "equals", "steak", "not_equals"],
    [some, ["ab"], "not_contains", "a", "contains"],
    [some, ["a"], "equals", "a", "not_equals"],
    [some, ["a", "ab"], "not_equals", "a", "equals"],
    [{ questionType: "number" }, "5,0", "equals", "5", "not_equals"],
    [{ questionType: "number" }, "5", "at_least", 5, "less"],
    [{ questionType: "number" }, "5", "at_most", 5, "greater"],
    [{ questionType: "date" }, "2030-05-02", "greater", "2030-05-01", "at_most"],
    [{ questionType: "checkbox" }, undefined, "equals", false, "not_equals"],
    [{}, "", "unanswered", undefined, "answered"],
    [{}, "a", "answered", undefined, "unanswered"],
  ] as const)("on %j with %j: %s %j holds, %s does not", (about, given, operator, value, opposite) => {
    expect(holds(about, given, { operator, value })).toBe(true);
    expect(holds(about, given, { operator: opposite, value })).toBe(false);
  });

  it("says nothing of what has not been answered", () => {
    for (const operator of ["equals", "not_equals", "contains", "not_contains"] as const)
      expect(holds({}, "", { operator, value: "a" })).toBe(false);
  });

  it("is met by all of its rules or by any, and not by what was not asked itself", () => {
    const rules = ["a", "b"].map((value) => ({ questionId: "q", operator: "equals" as const, value }));
    const asked = (match: "all" | "any", given: string) =>
      [
        ...listAsked([ask({}), ask({ id: "more", conditions: { match, rules } }), after], { q: given, more: "x" }),
      ].join();
    const after = ask({ id: "after", conditions: onlyIf("more", "equals", "x") });

    expect([asked("any", "a"), asked("any", "c"), asked("all", "a")]).toEqual(["q,more,after", "q", "q"]);
  });
});

/** Lists whose conditions look anywhere, most of them at what they may. */
const aList = fc
  .array(
    fc.record({
      questionType: fc.constantFrom(...questionTypes),
      isRequired: fc.boolean(),
      match: fc.constantFrom("all" as const, "any" as const),
      rules: fc.array(fc.tuple(fc.nat(7), fc.nat(20), fc.constantFrom("a", "b", "1", "true")), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) =>
    parts.map(({ questionType, isRequired, match, rules }, n): Question => {
      const conditions = rules.map(([to, pick, value]) => {
        const about = parts[to % parts.length] ?? parts[0];
        const known = operatorsOf[kindOf({ questionType: about?.questionType ?? "text" })];
        return { questionId: `${to % parts.length}`, operator: known[pick % known.length] ?? "answered", value };
      });
      return ask({
        id: `${n}`,
        questionType,
        isRequired,
        options: /select|radio/.test(questionType) ? ["a", "b"] : [],
        conditions: conditions.length > 0 ? { match, rules: conditions } : null,
      });
    }),
  );
const anything = fc.oneof(
  fc.constantFrom("a", "b", "", "1", 1, true, false, null, "2030-01-01", "10:00", "a@b.cd", "https://a.bc"),
  fc.array(fc.constantFrom("a", "b"), { maxLength: 2 }),
  fc.string(),
);
const someAnswers = fc.dictionary(fc.nat(9).map(String), anything);

describe("the laws of questions", () => {
  it("what was not asked is never kept, and never missed", () => {
    fc.assert(
      fc.property(aList, someAnswers, (list, given) => {
        const { answers, faults } = settle(list, given, { matches });
        const asked = listAsked(list, faults.length === 0 ? given : answers);
        for (const id of Object.keys(answers)) expect(asked.has(id)).toBe(true);
        for (const { question } of faults) expect(asked.has(question.id)).toBe(true);
      }),
    );
  });

  it("what is kept is settled: asked once more with it, the same comes out", () => {
    fc.assert(
      fc.property(aList, someAnswers, (list, given) => {
        const { answers, faults } = settle(list, given, { matches });
        fc.pre(faults.length === 0);
        expect(settle(list, answers, { matches })).toEqual({ answers, faults });
      }),
    );
  });

  it("the order in which answers come is of no matter", () => {
    fc.assert(
      fc.property(aList, someAnswers, (list, given) => {
        const turned = Object.fromEntries(Object.entries(given).reverse());
        expect(settle(list, turned, { matches })).toEqual(settle(list, given, { matches }));
      }),
    );
  });

  it("the page and the house agree on what is asked, as long as all that was typed is good", () => {
    fc.assert(
      fc.property(aList, someAnswers, (list, given) => {
        const settled = settle(list, given, { matches });
        fc.pre(settled.faults.length === 0);
        const kept = listAsked(list, settled.answers);
        expect(listAsked(list, given)).toEqual(kept);
      }),
    );
  });

  it("no list with a circle is ever accepted", () => {
    fc.assert(
      fc.property(aList, (list) => {
        const looksAt = new Map(
          list.map(({ id, conditions }) => [id, conditions?.rules.map((r) => r.questionId) ?? []]),
        );
        const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
          (looksAt.get(from) ?? []).some(
            (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
          );
        fc.pre(list.some(({ id }) => reaches(id, id)));
        expect(refusalsOf(list, () => true).map(({ code }) => code)).toContain("condition_not_earlier");
      }),
    );
  });
});

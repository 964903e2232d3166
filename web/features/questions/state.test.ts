import { describe, expect, it } from "vitest";

import { blank, changed, duplicated, joined, moved, restored, without } from "#web/features/questions/state.ts";

const draft = ["a", "b", "c"].map((id) => ({ ...blank(id), questionText: id }));
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join("");

describe("a list of questions while it is written", () => {
  it("moves a question to where another stands, both ways", () => {
    expect(ids(moved(draft, "a", "c"))).toBe("bca");
    expect(ids(moved(draft, "c", "a"))).toBe("cab");
    expect(ids(moved(draft, "a", "gone"))).toBe("abc");
  });

  it("puts back what was removed, once, where it stood", () => {
    const [, b = blank("b")] = draft;
    const left = without(draft, "b");
    expect(ids(left)).toBe("ac");
    expect(ids(restored(left, b, 1))).toBe("abc");
    expect(ids(restored(draft, b, 1))).toBe("abc");
  });

  it("puts a copy behind its original", () => {
    expect(ids(duplicated(draft, "b", "x"))).toBe("abxc");
  });

  it("takes from a question what another kind of answer cannot have", () => {
    const radio = changed(draft, "a", { questionType: "radio", options: ["x"] });
    expect(changed(radio, "a", { questionType: "select" })[0]?.options).toEqual(["x"]);
    expect(changed(radio, "a", { questionType: "text" })[0]?.options).toEqual([]);
    const dated = changed(changed(draft, "a", { questionType: "date" }), "a", {
      validationRules: { min: "2030-01-01" },
    });
    expect(changed(dated, "a", { questionType: "time" })[0]?.validationRules).toEqual({});
  });

  it("gives questions of a file ids of their own, and their conditions too", () => {
    const rules = [{ questionId: "a", operator: "answered" as const }];
    const others = [blank("a"), { ...blank("b"), conditions: { match: "all" as const, rules } }];
    let n = 0;
    const all = joined(draft, others, () => `new${n++}`);
    expect(ids(all)).toBe("abcnew0new1");
    expect(all[4]?.conditions?.rules[0]?.questionId).toBe("new0");
  });
});

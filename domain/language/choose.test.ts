import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { chooseLanguage, findSpoken, isRightToLeft } from "#domain/language/choose.ts";

const spoken = ["de", "en"];

describe("the language to speak", () => {
  it.each([
    [{}, "en"],
    [{ header: "fr;q=0.9, de-AT, en;q=0.8" }, "de"],
    [{ header: "de;q=0, en;q=0.1" }, "en"],
    [{ header: "de ; q=0.5,en;q=0.7" }, "en"],
    [{ header: "en", cookie: "de" }, "de"],
    [{ header: "en", cookie: "en", account: "de" }, "de"],
    [{ header: "en", cookie: "en", account: "en", address: "de-CH" }, "de"],
    [{ address: "tlh", account: "tlh", cookie: "tlh", header: "tlh, de" }, "de"],
  ])("goes by the nearest wish: %o", (wishes, says) => {
    expect(chooseLanguage(spoken, wishes)).toBe(says);
  });

  it("is always one that is spoken, whatever was sent", () => {
    const any = fc.record({ address: fc.string(), account: fc.string(), cookie: fc.string(), header: fc.string() });
    fc.assert(fc.property(any, (wishes) => spoken.includes(chooseLanguage(spoken, wishes))));
  });

  it("takes a tag for the very language before its kin", () => {
    expect(findSpoken(["pt", "pt-BR"], "PT-br")).toBe("pt-BR");
    expect(findSpoken(["pt", "pt-BR"], "pt-PT")).toBe("pt");
    expect(findSpoken(["pt", "pt-BR"], "")).toBeUndefined();
  });

  it("runs from right to left in some", () => {
    expect(["ar-XB", "he", "en", "arn", "de"].filter(isRightToLeft)).toEqual(["ar-XB", "he"]);
  });
});

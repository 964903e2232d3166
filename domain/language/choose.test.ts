import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { chooseLanguage, chooseRegion, findSpoken, isRightToLeft } from "#domain/language/choose.ts";

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

  it.each([
    ["en", "en-GB,en;q=0.9", "en-GB"],
    ["en", "de-DE, EN-au;q=0.5", "en-AU"],
    ["en", "en-US,en-GB;q=0.9", "en"],
    ["en", "de-CH,de;q=0.9,en;q=0.8", "en"],
    ["de", "de-CH,de;q=0.9,en;q=0.8", "de-CH"],
    ["de", "en-GB", "de"],
    ["ar-XB", "en-GB", "ar-XB"],
  ])("is written, being %s, for %s as in %s", (language, header, says) => {
    expect(chooseRegion(language, header)).toBe(says);
  });

  it("is written in few ways, whatever was sent", () => {
    const tags = fc.array(fc.tuple(fc.constantFrom("en", "de", "fr"), fc.stringMatching(/^[A-Za-z]{2}$/)));
    const ways = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...spoken), tags, (language, sent) => {
        const way = chooseRegion(language, sent.map((tag) => tag.join("-")).join(","));
        ways.add(way);
        return way.split("-")[0] === language && ways.size <= 12;
      }),
      { numRuns: 3000 },
    );
  });

  it("runs from right to left in some", () => {
    expect(["ar-XB", "he", "en", "arn", "de"].filter(isRightToLeft)).toEqual(["ar-XB", "he"]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type Block, frame } from "#server/platform/letter-frame.ts";

const letter = (blocks: Block[], over: Partial<Parameters<typeof frame>[0]> = {}) =>
  frame({ locale: "en", publicUrl: "http://localhost:3000", heading: "Your place is yours", blocks, ...over });

describe("frame", () => {
  it("says in plain text every link, fact and code that the html shows", () => {
    const { html, text } = letter([
      "Hello Ada,",
      { facts: [["When", "Friday"]] },
      { action: { label: "Open your ticket", url: "http://localhost:3000/t/1.a?b=c&d=e" } },
      { links: [{ label: "Add to calendar", url: "https://calendar.example/add" }] },
      { code: "123456" },
      { picture: { url: "cid:qr", alt: "Ticket ABC-DEF", width: 200 } },
      { quote: "See you\nthere" },
      { quiet: "The link works until Friday." },
    ]);

    for (const said of [
      "Hello Ada,",
      "When: Friday",
      "http://localhost:3000/t/1.a?b=c&d=e",
      "https://calendar.example/add",
    ])
      expect(text).toContain(said);
    for (const said of ["123456", "[Ticket ABC-DEF]", "> See you\n> there", "The link works until Friday."])
      expect(text).toContain(said);
    expect(html).toContain('href="http://localhost:3000/t/1.a?b=c&amp;d=e"');
    expect(html).toContain('src="cid:qr"');
    expect(html).toContain("See you<br>there");
  });

  it("never lets what somebody typed become markup, a place to fill, or a further line", () => {
    const typed = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("<script>alert(1)</script>", "{{url}}", '"><img src=x>', "a\r\nBcc: b@c.example", "$& $1 \u0007"),
    );
    const plain = letter([{ facts: [["", ""]] }, ""], { heading: "" }).html;
    const tags = (html: string) => html.match(/<(?!br>)/g)?.length;
    fc.assert(
      fc.property(typed, typed, (one, other) => {
        const { html, text } = letter([{ facts: [[one, other]] }, other], { heading: one });
        expect(tags(html)).toBe(tags(plain));
        expect(text.split("\n")[0]).not.toMatch(/[^\P{Cc}]/u);
      }),
    );
  });

  it("fetches nothing from anywhere: opening a letter is nobody's business", () => {
    const { html } = letter(["Hello"], { publicUrl: "http://here.example" });

    expect(html.match(/https?:\/\/[^"' )<]+/g)?.filter((url) => !/here\.example|w3\.org/.test(url)) ?? []).toEqual([]);
    expect(html).not.toContain("@import");
  });

  it("refuses a link that is no whole address", () => {
    expect(() => letter([{ action: { label: "Go", url: "javascript:alert(1)" } }])).toThrow();
    expect(() => letter([{ action: { label: "Go", url: "/t/1" } }])).toThrow();
  });
});

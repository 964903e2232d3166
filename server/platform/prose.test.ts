import fc from "fast-check";
import { expect, it } from "vitest";

import { htmlOf } from "#server/platform/markdown.ts";
import { proseText } from "#server/platform/prose.ts";

const read = (markdown: string) => proseText(htmlOf(markdown));

it.each([
  ["marks", "We have **tea**, *cake* and `2 < 3`, not ~~coffee~~.", "We have tea, cake and 2 < 3, not ~~coffee~~."],
  ["headings", "# When\nAt six.\n\n### Where", "When\n\nAt six.\n\nWhere"],
  ["line breaks", "One\ntwo\n\nthree", "One\ntwo\n\nthree"],
  [
    "links",
    "See [the way **there**](https://x.example/a?b=1&c=2).",
    "See the way there (https://x.example/a?b=1&c=2).",
  ],
  ["bare links", "https://x.example/a and www.x.example", "https://x.example/a and www.x.example"],
  ["mail", "[Ada](mailto:ada@x.example) or ada@x.example", "Ada (ada@x.example) or ada@x.example"],
  ["a link to nowhere", "[a](javascript:alert(1))", "a"],
  [
    "lists",
    "Bring:\n- a **cup**\n- a chair\n  - or two\n    and more",
    "Bring:\n\n- a cup\n- a chair\n  - or two\n    and more",
  ],
  ["loose lists", "* a\n\n  b\n\n* c", "- a\n  b\n- c"],
  ["numbers", "9. a\n10. b\n    1. c", "9. a\n10. b\n    1. c"],
  ["quotes", "> a\n>\n> - b\n\nc", "> a\n>\n> - b\n\nc"],
  ["code", "```\nif (a < b)\n  c();\n\nd\n```", "    if (a < b)\n      c();\n\n    d"],
  ["tables", "| a | b |\n|---|---|\n| *1* | 2 |", "a | b\n1 | 2"],
  ["rules", "a\n\n***\n\nb", "a\n\n---\n\nb"],
  ["signs", "AT&T &copy; 5 &lt; 6 \\*as it is\\* &amp;lt;", "AT&T © 5 < 6 *as it is* &lt;"],
  ["tags", "<b>a</b> <script>alert(1)</script><p style='x'>b</p>", "a\n\nb"],
  ["nothing", "", ""],
])("says %s in words", (_what, markdown, text) => {
  expect(read(markdown)).toBe(text);
});

it.each([
  ["<blockquote>", 3900],
  ["<ul><li>", 1900],
  ["<b>", 3900],
])("says what lies at the bottom of many %s", (tag, n) => {
  expect(read(`${tag.repeat(n)}Hello<br>there`)).toMatch(/Hello[\s>-]*there/);
});

it("says every word that the page says, whatever was written", () => {
  const part = fc.constantFrom(
    ..."abc".split(""),
    "**",
    "_",
    "- ",
    "1. ",
    "> ",
    "\n",
    "\n\n",
    "    ",
    "# ",
    "`",
    "<b>",
    "<ul>",
    "</ul>",
    "<li>",
    "<table>",
    "<tr>",
    "<td>",
    "</p>",
    "|",
    "&lt;",
    "[a](https://x.example)",
  );

  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const html = htmlOf(parts.join(""));
      const lettersOf = (text: string) => text.replaceAll("(https://x.example)", "").replace(/[^abc]/g, "");
      expect(lettersOf(proseText(html))).toBe(lettersOf(html.replace(/<[^>]*>|&\w+;/g, "")));
    }),
  );
});

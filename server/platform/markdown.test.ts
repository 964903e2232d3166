import { expect, it } from "vitest";

import { htmlOf } from "#server/platform/markdown.ts";

it.each([
  ["quotes without end", ">".repeat(50_000)],
  ["lists without end", "1. ".repeat(16_000)],
  ["marks without end", "*a".repeat(25_000)],
  ["brackets without end", "[".repeat(50_000)],
])("shows %s as they were typed", (_what, text) => {
  expect(htmlOf(text)).toBe(`<p>${text.replaceAll(">", "&gt;")}</p>`);
});

it("reads what people write", () => {
  expect(htmlOf("> a\n> - *b*\n>   1. c")).toContain("<em>b</em>");
});

it.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "[a](javascript:alert(1))",
  "[a](JaVaScRiPt&#58;alert(1))",
  "[a](data:text/html;base64,PHNjcmlwdD4=)",
  "<a href='//evil.example' onclick=alert(1)>a</a>",
  "<svg/onload=alert(1)>",
  "<math><mi xlink:href=javascript:alert(1)>a",
  "<style>*{display:none}</style>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<p style='position:fixed'>a</p>",
  "![a](https://tracker.example/a.png)",
  "</p></article><form action=https://evil.example><input name=password>",
  "`<script>`<!-- --><script>alert(1)//",
])("lets no script, form, picture or style of others in: %s", (text) => {
  const html = htmlOf(text);

  expect(html).not.toMatch(
    /<(?:script|img|svg|math|style|iframe|form|input)|<[^>]*(?:\son\w+=|style=|javascript:|data:|="\/\/)/i,
  );
});

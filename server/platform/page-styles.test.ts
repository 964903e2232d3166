import { expect, it } from "vitest";

import { gatherStyles } from "#server/platform/page-styles.ts";

const page = (body: string) => `<html><head><title>x</title></head><body>${body}</body></html>`;

it("gathers what elements wear in one sheet with the nonce, each garment once", () => {
  const html = gatherStyles(
    page('<p style="--hue:1">a</p><p class="b" style="--hue:1">b</p><i style="color:red"></i>'),
    "n",
  );

  expect(html).toContain('<style nonce="n">[data-wears="0"]{--hue:1}[data-wears="1"]{color:red}</style></head>');
  expect(html).toContain('<p data-wears="0">a</p><p class="b" data-wears="0">b</p><i data-wears="1"></i>');
});

it("leaves texts alone, and pages without styles", () => {
  const html = page('<p>say style="color:red" &lt;b style="x"&gt;</p>');

  expect(gatherStyles(html, "n")).toBe(html);
});

it("never lets a value end its rule or the sheet", () => {
  for (const bad of ["a:b}*{c:d", "a:&lt;/style&gt;", "a:url(&quot;x&quot;)", "a:\\31"]) {
    expect(gatherStyles(page(`<p style="${bad}"></p>`), "n")).toBe(page("<p></p>"));
  }
});

import { expect, it } from "vitest";

import { mayLeadTo } from "#domain/scheduling/redirect.ts";

const sites = ["example.org"];

it.each(["https://example.org/", "https://EXAMPLE.org/thanks?from=plenary#done", "https://www.example.org/thanks"])(
  "leads to %s",
  (address) => expect(mayLeadTo(address, sites)).toBe(true),
);

it.each([
  "http://example.org/",
  "https://example.com/",
  "https://badexample.org/",
  "https://example.org.evil.example/",
  "https://example.org@evil.example/",
  "https://user:word@example.org/",
  "https://example.org:8443/",
  "javascript:alert(1)",
  "//example.org/",
  "",
])("does not lead to %s", (address) => expect(mayLeadTo(address, sites)).toBe(false));

import { describe, expect, it } from "vitest";

import { localPath } from "#web/platform/next.ts";

describe("localPath", () => {
  it.each(["/", "/me", "/events/open-house?occurrence=2#seats"])("goes to %s", (path) => {
    expect(localPath(path, "/home")).toBe(path);
  });

  it.each([
    "https://elsewhere.example",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "/\t/elsewhere.example",
    "/a\\..\\b",
    "javascript:alert(1)",
    "me",
    "",
    null,
    undefined,
    7,
  ])("never leaves the house by %s", (path) => {
    expect(localPath(path, "/home")).toBe("/home");
  });
});

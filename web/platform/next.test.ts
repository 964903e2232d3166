import { describe, expect, it } from "vitest";

import { localPath, nextOf, signInFrom } from "#web/platform/next.ts";

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

describe("the way in", () => {
  const leadsOn = (search: string) => nextOf(new Request(`https://here.example/sign-in${search}`));

  it("leads back to what was seen, in the language that an address named", () => {
    expect(leadsOn("")).toBe("");
    expect(leadsOn("?next=%2Fevents%3Fq%3Dtea%23top&lang=de")).toBe("/events?q=tea&lang=de#top");
    expect(leadsOn("?next=%2Fevents%3Flang%3Den&lang=de")).toBe("/events?lang=en");
    expect(leadsOn("?lang=de")).toBe("/me?lang=de");
    expect(leadsOn("?next=%2F.%2F%2Felsewhere.example&lang=de")).toBe("/.//elsewhere.example");
    expect(signInFrom({ pathname: "/events", search: "?lang=de" })).toBe("/sign-in?next=%2Fevents%3Flang%3Dde");
    expect(signInFrom({ pathname: "/events", search: `?q=${"a".repeat(500)}` })).toBe("/sign-in?next=%2Fevents");
  });
});

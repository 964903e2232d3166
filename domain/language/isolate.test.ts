import { describe, expect, it } from "vitest";

import { isolated, withoutIsolates } from "#domain/language/isolate.ts";

describe("isolated", () => {
  it.each(["עדה לבלייס", "ندى", "Ada עדה", "Ada\u202eevil"])("sets %j apart, which runs the other way", (name) => {
    expect(isolated(name, "en")).toBe(`\u2068${name}\u2069`);
    expect(withoutIsolates(`Hello ${isolated(name, "de")}, 3 seats`)).toBe(`Hello ${name}, 3 seats`);
  });

  it.each(["Ada", "Zoë Müller", "Ольга", "青木", "12:30", ""])("leaves %j as it is where all runs one way", (name) => {
    expect(isolated(name, "en")).toBe(name);
  });

  it("sets names apart in a sentence that runs from right to left", () => {
    expect(isolated("Ada (Berlin)", "ar")).toBe("\u2068Ada (Berlin)\u2069");
    expect(isolated("", "ar")).toBe("");
  });
});

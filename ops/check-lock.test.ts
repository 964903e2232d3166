import { describe, expect, it } from "vitest";

import { missingFromLock, readLock } from "#ops/check-lock.ts";

describe("the lockfile", () => {
  it("is refused when it lacks a package for another platform", () => {
    const packages = {
      "": {},
      "node_modules/tool": { optionalDependencies: { "tool-linux": "1.0.0", "tool-darwin": "1.0.0" } },
      "node_modules/tool-linux": {},
    };

    expect(missingFromLock({ packages })).toEqual([
      "node_modules/tool wants tool-darwin, which package-lock.json does not hold",
    ]);
  });

  it("may hold it inside the package that asks", () => {
    const packages = {
      "node_modules/tool": { optionalDependencies: { "tool-linux": "1.0.0" } },
      "node_modules/tool/node_modules/tool-linux": {},
    };

    expect(missingFromLock({ packages })).toEqual([]);
  });

  it("is whole as it stands", () => {
    expect(missingFromLock(readLock())).toEqual([]);
  });
});

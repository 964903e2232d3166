import { describe, expect, it } from "vitest";

import { judge } from "#ops/check-audit.ts";

const report = (severity: string) =>
  JSON.stringify({ vulnerabilities: { leftpad: { severity, range: "<2", fixAvailable: true } } });

describe("an audit", () => {
  it("fails on what is grave, and only notes what is not", () => {
    expect(judge(report("critical")).complaint).toBe("leftpad <2: critical, mended in a newer one");
    expect(judge(report("moderate"))).toEqual({ complaint: "", note: "1 lesser advisories" });
    expect(judge('{"vulnerabilities":{}}')).toEqual({ complaint: "", note: "0 lesser advisories" });
  });

  it("says that nothing was asked where there is no answer, and fails nobody for it", () => {
    expect(judge("")).toEqual({ complaint: "", note: "not asked, the registry did not answer" });
    expect(judge('{"message":"405 Method Not Allowed"}')).toEqual({
      complaint: "",
      note: "not asked, 405 Method Not Allowed",
    });
  });
});

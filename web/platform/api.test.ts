import { describe, expect, it } from "vitest";

import { AuditQuery } from "#contract/audit.ts";
import { queryAsked } from "#web/platform/api.ts";

describe("queryAsked", () => {
  const asked = (query: string) => queryAsked(new Request(`http://localhost/admin/audit${query}`), AuditQuery);

  it("reads an address the same for a page and for its data, and asks for nothing that makes no sense", () => {
    expect(asked("?actor=ada&kind=")).toMatchObject({ actor: "ada" });
    expect(asked(".data?actor=ada&kind=&_routes=features%2Fadmin%2Faudit-page")).toEqual(asked("?actor=ada"));
    expect(asked("?actor=ada&start_date=never")).toEqual({});
  });
});
